//! Every event that Juju can send, each with its own type; those that can wait are deferred.

use charm_runtime::prelude::*;

#[charm(metadata = "every_event.yaml", state = sled)]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "every_event.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _event: Install) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(start)]
    fn start(&mut self, _event: Start) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(stop)]
    fn stop(&mut self, _event: Stop) -> Result<()> {
        Ok(())
    }

    #[on(remove)]
    fn remove(&mut self, _event: Remove) -> Result<()> {
        Ok(())
    }

    #[on(config_changed)]
    fn config_changed(&mut self, _event: ConfigChanged) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(update_status)]
    fn update_status(&mut self, _event: UpdateStatus) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(upgrade_charm)]
    fn upgrade_charm(&mut self, _event: UpgradeCharm) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(leader_elected)]
    fn leader_elected(&mut self, _event: LeaderElected) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(leader_settings_changed)]
    fn leader_settings_changed(&mut self, _event: LeaderSettingsChanged) -> Result<()> {
        Ok(())
    }

    #[on(pre_series_upgrade)]
    fn pre_series_upgrade(&mut self, _event: PreSeriesUpgrade) -> Result<()> {
        Ok(())
    }

    #[on(post_series_upgrade)]
    fn post_series_upgrade(&mut self, _event: PostSeriesUpgrade) -> Result<()> {
        Ok(())
    }

    #[on(collect_metrics)]
    fn collect_metrics(&mut self, _event: CollectMetrics) -> Result<()> {
        Ok(())
    }

    #[on(meter_status_changed)]
    fn meter_status_changed(&mut self, _event: MeterStatusChanged) -> Result<()> {
        Ok(())
    }

    #[on(relation_created = "website")]
    fn relation_created(&mut self, _event: RelationCreated<endpoint::Website>) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(relation_joined = "website")]
    fn relation_joined(&mut self, _event: RelationJoined<endpoint::Website>) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(relation_changed = "website")]
    fn relation_changed(&mut self, _event: RelationChanged<endpoint::Website>) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(relation_departed = "website")]
    fn relation_departed(&mut self, _event: RelationDeparted<endpoint::Website>) -> Result<()> {
        Ok(())
    }

    #[on(relation_broken = "website")]
    fn relation_broken(&mut self, _event: RelationBroken<endpoint::Website>) -> Result<()> {
        Ok(())
    }

    #[on(storage_attached = "data")]
    fn storage_attached(&mut self, _event: StorageAttached<storage::Data>) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(storage_detaching = "data")]
    fn storage_detaching(&mut self, _event: StorageDetaching<storage::Data>) -> Result<()> {
        Ok(())
    }

    #[on(secret_changed)]
    fn secret_changed(&mut self, _event: SecretChanged) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(secret_rotate)]
    fn secret_rotate(&mut self, _event: SecretRotate) -> Result<()> {
        Ok(())
    }

    #[on(secret_expired)]
    fn secret_expired(&mut self, _event: SecretExpired) -> Result<()> {
        Ok(())
    }

    #[on(secret_remove)]
    fn secret_remove(&mut self, _event: SecretRemove) -> Result<()> {
        Ok(())
    }

    #[on(pebble_ready = "web")]
    fn pebble_ready(&mut self, _event: PebbleReady<container::Web>) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(pebble_custom_notice = "web")]
    fn pebble_custom_notice(&mut self, _event: PebbleCustomNotice<container::Web>) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(pebble_check_failed = "web")]
    fn pebble_check_failed(&mut self, _event: PebbleCheckFailed<container::Web>) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(pebble_check_recovered = "web")]
    fn pebble_check_recovered(&mut self, _event: PebbleCheckRecovered<container::Web>) -> Outcome {
        Outcome::defer("not yet")
    }

    #[on(action = "backup")]
    fn action(&mut self, _event: Action<action::Backup>) -> Result<()> {
        Ok(())
    }
}

fn main() {
    let table = <Hello as charm_runtime::Charm>::TABLE;
    assert!(table.events.iter().all(|row| row.handlers.len() == 1));
}

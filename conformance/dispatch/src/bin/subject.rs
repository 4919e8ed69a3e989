//! The charm under test: a handler for everything, each playing its part of the script.

use charm_conformance_dispatch::script::{Hands, note, play, play_status};
use charm_runtime::RelationUnit;
use charm_runtime::prelude::*;

/// The charm.
#[charm(state = sled)]
#[derive(Default)]
pub struct Subject {
    count: Stored<u32>,
    notes: StoredMap<String, String>,
    /// No state: it begins anew with every process.
    scratch: String,
}

/// What `backup` answers.
#[derive(ActionResults)]
struct Backup {
    file_name: String,
}

impl Subject {
    fn play(&mut self, handler: &str, juju: &Juju) -> Result<Outcome> {
        let Self { count, notes, scratch } = self;
        play(handler, Hands { juju, count, notes, scratch })
    }

    /// For events that can't wait.
    fn act(&mut self, handler: &str, juju: &Juju) -> Result<()> {
        self.play(handler, juju).map(drop)
    }
}

/// The unit's own life.
#[charm]
impl Subject {
    #[on(install)]
    fn install(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("install", juju)
    }

    #[on(start)]
    fn start(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("start", juju)
    }

    #[on(config_changed)]
    fn config_changed(&mut self, config: &Config, juju: &Juju) -> Result<Outcome> {
        note(juju, &format!("greeting={}", config.greeting))?;
        self.play("config_changed", juju)
    }

    #[on(config_changed)]
    fn config_changed_too(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("config_changed_too", juju)
    }

    #[on(update_status)]
    fn update_status(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("update_status", juju)
    }

    #[on(upgrade_charm)]
    fn upgrade_charm(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("upgrade_charm", juju)
    }

    #[on(leader_elected)]
    fn leader_elected(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("leader_elected", juju)
    }

    #[on(stop)]
    fn stop(&mut self, juju: &Juju) -> Result<()> {
        self.act("stop", juju)
    }

    #[on(remove)]
    fn remove(&mut self, juju: &Juju) -> Result<()> {
        self.act("remove", juju)
    }

    #[on(collect_metrics)]
    fn collect_metrics(&mut self, juju: &Juju) -> Result<()> {
        self.act("collect_metrics", juju)
    }

    #[on(any)]
    fn any(&mut self, cause: &Cause, juju: &Juju) -> Result<()> {
        let cause = format!("{cause:?}");
        let name = cause.split(['(', ' ']).next().unwrap_or_default();
        note(juju, &format!("cause={name}"))?;
        self.act("any", juju)
    }

    #[status]
    fn status(&mut self, juju: &Juju) -> Result<Option<Status>> {
        play_status("status", juju)
    }

    #[status]
    fn status_too(&mut self, juju: &Juju) -> Result<Option<Status>> {
        play_status("status_too", juju)
    }

    #[status(app)]
    fn app_status(&mut self, _: Leader<'_>, juju: &Juju) -> Result<Option<Status>> {
        play_status("app_status", juju)
    }
}

/// Relations.
#[charm]
impl Subject {
    #[on(relation_created = "db")]
    fn db_created(&mut self, event: RelationCreated<endpoint::Db>, juju: &Juju) -> Result<Outcome> {
        note(juju, &format!("relation={:?}", event.relation))?;
        self.play("db_created", juju)
    }

    #[on(relation_joined = "db")]
    fn db_joined(&mut self, event: RelationJoined<endpoint::Db>, juju: &Juju) -> Result<Outcome> {
        note(juju, &format!("unit={}", event.unit))?;
        self.play("db_joined", juju)
    }

    #[on(relation_changed = "db")]
    fn db_changed(&mut self, event: RelationChanged<endpoint::Db>, juju: &Juju) -> Result<Outcome> {
        let unit = event.unit.as_ref().map(RelationUnit::name);
        note(juju, &format!("unit={unit:?}"))?;
        self.play("db_changed", juju)
    }

    #[on(relation_departed = "db")]
    fn db_departed(&mut self, event: RelationDeparted<endpoint::Db>, juju: &Juju) -> Result<()> {
        note(juju, &format!("unit={} departing={:?}", event.unit, event.departing))?;
        self.act("db_departed", juju)
    }

    #[on(relation_broken = "db")]
    fn db_broken(&mut self, juju: &Juju) -> Result<()> {
        self.act("db_broken", juju)
    }

    #[on(relation_changed = "ingress")]
    fn ingress_changed(
        &mut self,
        ingress: Option<Relation<endpoint::Ingress>>,
        juju: &Juju,
    ) -> Result<Outcome> {
        note(juju, &format!("ingress={ingress:?}"))?;
        self.play("ingress_changed", juju)
    }

    #[on(relation_changed = "cluster")]
    fn cluster_changed(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("cluster_changed", juju)
    }
}

/// Storage, secrets and the workload.
#[charm]
impl Subject {
    #[on(storage_attached = "data")]
    fn data_attached(&mut self, event: StorageAttached<storage::Data>, juju: &Juju) -> Result<Outcome> {
        note(juju, &format!("storage={} at {:?}", event.storage.id(), event.storage.location()?))?;
        self.play("data_attached", juju)
    }

    #[on(storage_detaching = "data")]
    fn data_detaching(&mut self, juju: &Juju) -> Result<()> {
        self.act("data_detaching", juju)
    }

    #[on(secret_changed)]
    fn secret_changed(&mut self, event: SecretChanged, juju: &Juju) -> Result<Outcome> {
        note(juju, &format!("secret={} label={:?}", event.id, event.label))?;
        self.play("secret_changed", juju)
    }

    #[on(secret_rotate)]
    fn secret_rotate(&mut self, juju: &Juju) -> Result<()> {
        self.act("secret_rotate", juju)
    }

    #[on(secret_expired)]
    fn secret_expired(&mut self, event: SecretExpired, juju: &Juju) -> Result<()> {
        note(juju, &format!("revision={}", event.revision))?;
        self.act("secret_expired", juju)
    }

    #[on(secret_remove)]
    fn secret_remove(&mut self, event: SecretRemove, juju: &Juju) -> Result<()> {
        note(juju, &format!("revision={}", event.revision))?;
        self.act("secret_remove", juju)
    }

    #[on(pebble_ready = "workload")]
    fn pebble_ready(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("pebble_ready", juju)
    }

    #[on(pebble_custom_notice = "workload")]
    fn notice(&mut self, event: PebbleCustomNotice<container::Workload>, juju: &Juju) -> Result<Outcome> {
        note(juju, &format!("notice={} key={}", event.id, event.key))?;
        self.play("notice", juju)
    }

    #[on(pebble_check_failed = "workload")]
    fn check_failed(
        &mut self,
        event: PebbleCheckFailed<container::Workload>,
        juju: &Juju,
    ) -> Result<Outcome> {
        note(juju, &format!("check={}", event.check))?;
        self.play("check_failed", juju)
    }

    #[on(pebble_check_recovered = "workload")]
    fn check_recovered(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("check_recovered", juju)
    }
}

/// Actions.
#[charm]
impl Subject {
    #[on(action = "backup")]
    fn backup(
        &mut self,
        params: action::BackupParams,
        action: Action<action::Backup>,
        juju: &Juju,
    ) -> Result<Backup> {
        action.set_result("size", params.size.unwrap_or_default())?;
        self.act("backup", juju)?;
        Ok(Backup { file_name: "backup.tar".to_owned() })
    }

    #[on(action = "restore")]
    fn restore(&mut self, juju: &Juju) -> Result<()> {
        self.act("restore", juju)
    }
}

charm_runtime::main!(Subject);

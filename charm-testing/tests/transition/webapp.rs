//! The charm that is tested with.

use std::collections::BTreeMap;

use charm_runtime::RelationUnit;
use charm_runtime::hook_command::HookCommand;
use charm_runtime::prelude::*;

/// What the database's side answers.
#[derive(Debug, PartialEq, Databag)]
pub struct PgProvider {
    pub host: String,
    pub port: Option<u16>,
}

/// What the charm asks of it.
#[derive(Debug, PartialEq, Databag)]
pub struct PgRequest {
    pub database: String,
}

#[charm(metadata = "webapp.yaml", state = sled, endpoint(database, remote = PgProvider, local = PgRequest))]
#[derive(Default)]
pub struct Webapp {
    pub visits: Stored<u32>,
    pub sessions: StoredMap<String, u32>,
}

#[charm(metadata = "webapp.yaml")]
impl Webapp {
    #[on(install)]
    fn install(&mut self, unit: &Unit) -> Result<()> {
        info!("installing {}", unit.name()?);
        debug!("not shown");
        Ok(())
    }

    /// Waits for the database.
    #[on(start)]
    fn start(&mut self, database: Option<Relation<endpoint::Database>>) -> Outcome {
        if database.is_none() {
            return Outcome::defer("no database yet");
        }
        self.visits.set(100);
        Outcome::done()
    }

    #[on(config_changed)]
    fn configure(&mut self, config: &Config, unit: &Unit, juju: &Juju) -> Result<()> {
        unit.set_workload_version("1.2")?;
        *self.visits.get_mut()? += 1;
        juju.hook_command(&HookCommand::new("open-port").arg(format!("{}/tcp", config.port)))?;
        // Read at once from here on.
        ensure!(config.ratio <= 1.0, "the ratio {} is over 1", config.ratio);
        Ok(())
    }

    #[on(leader_elected)]
    fn lead(&mut self, app: &App, juju: &Juju) -> Result<()> {
        juju.hook_command(&HookCommand::new("status-set").args([
            "--application",
            "--",
            "maintenance",
            "leading",
        ]))?;
        info!("{} has a leader", app.name()?);
        Ok(())
    }

    #[on(update_status)]
    fn panic(&mut self) {
        self.visits.set(9);
        panic!("out of order");
    }

    #[on(stop)]
    fn stop(&mut self) {
        info!("stopping");
    }

    #[on(relation_created = "database")]
    fn database_created(
        &mut self,
        database: Relation<endpoint::Database>,
        leader: Option<Leader>,
    ) -> Result<()> {
        ensure!(database.units()?.is_empty(), "no unit has joined yet");
        database.local_unit().insert("hostname", "web.example")?;
        let leader = leader.ok_or_else(|| anyhow!("not the leader"));
        match leader {
            Ok(leader) => database.local_app(&leader).set(&PgRequest { database: "webapp".to_owned() })?,
            Err(error) => info!("{error}"),
        }
        Ok(())
    }

    #[on(relation_changed = "database")]
    fn database(&mut self, event: RelationChanged<endpoint::Database>) -> Result<()> {
        let data = event.relation.remote_app();
        let unit = event.unit.as_ref().map(RelationUnit::name);
        info!("{unit:?} of {:?}: {:?}", names(&event.relation.units()?), data.entries()?);
        let provider = data.load()?.or_waiting("the database's host")?;
        self.sessions.insert(&provider.host, &1)?;
        Ok(())
    }

    #[on(relation_joined = "ingress")]
    fn ingress_joined(&mut self, event: RelationJoined<endpoint::Ingress>) -> Result<()> {
        let data = event.unit.databag().entries()?;
        info!("{} joined among {:?}: {:?}", event.unit, names(&event.relation.units()?), own(&data));
        Ok(())
    }

    #[on(relation_departed = "ingress")]
    fn ingress_departed(&mut self, event: RelationDeparted<endpoint::Ingress>) -> Result<()> {
        let data = event.unit.databag().entries()?;
        let (unit, departing) = (&event.unit, event.departing);
        let left = event.relation.units()?;
        info!("{unit} departed from {:?}: {:?}, {departing:?} goes", names(&left), own(&data));
        Ok(())
    }

    #[on(relation_broken = "ingress")]
    fn ingress_broken(&mut self, event: RelationBroken<endpoint::Ingress>) -> Result<()> {
        let ingress = &event.relation;
        info!("{:?}, and {:?}", ingress.reason(), ingress.remote_app().entries()?);
        Ok(())
    }

    #[on(relation_changed = "peers")]
    fn peers(&mut self, peers: Relation<endpoint::Peers>, leader: Option<Leader>) -> Result<()> {
        info!("peers: {:?}, told {:?}", names(&peers.units()?), peers.remote_app().entries()?);
        if let Some(leader) = leader {
            peers.local_app(&leader).insert("told", "yes")?;
            peers.local_unit().insert("seen", "yes")?;
            *self.visits.get_mut()? += 1;
        }
        Ok(())
    }

    #[on(storage_attached = "data")]
    fn attached(&mut self, event: StorageAttached<storage::Data>, juju: &Juju) -> Result<()> {
        let list = juju.hook_command(&HookCommand::new("storage-list").arg("--format=json"))?;
        info!(
            "{} at {:?} of {}",
            event.storage.id(),
            event.storage.location()?,
            String::from_utf8_lossy(&list).trim()
        );
        Ok(())
    }

    #[on(storage_detaching = "data")]
    fn detaching(&mut self, event: StorageDetaching<storage::Data>) {
        info!("{} goes", event.storage.id());
    }

    #[on(pebble_custom_notice = "app")]
    fn noticed(&mut self, event: PebbleCustomNotice<container::App>) {
        info!("{}", event.key);
    }

    #[on(pebble_ready = "app")]
    fn ready(&mut self, juju: &Juju) -> Result<()> {
        let answer = |command: HookCommand| -> Result<String> {
            Ok(String::from_utf8(juju.hook_command(&command)?)?.trim().to_owned())
        };
        info!("{}", answer(HookCommand::new("resource-get").arg("page"))?);
        info!("{}", answer(HookCommand::new("network-get").args(["admin", "--bind-address"]))?);
        info!("{}", answer(HookCommand::new("goal-state").arg("--format=json"))?.matches("webapp/").count());
        info!("{}", answer(HookCommand::new("credential-get").arg("--format=json"))?.contains("lxd"));
        Ok(())
    }

    #[on(upgrade_charm)]
    fn reboot(&mut self, juju: &Juju) -> Result<()> {
        juju.hook_command(&HookCommand::new("juju-reboot"))?;
        Ok(())
    }

    #[on(collect_metrics)]
    fn metrics(&mut self, juju: &Juju) -> Result<()> {
        juju.hook_command(&HookCommand::new("config-get"))?;
        Ok(())
    }

    #[on(secret_changed)]
    fn secret(&mut self, event: SecretChanged, juju: &Juju, config: &Config) -> Result<()> {
        let get =
            HookCommand::new("secret-get").arg(event.id.to_string()).args(["--refresh", "--format=json"]);
        let content = juju.hook_command(&get)?;
        info!("{:?}: {} bytes", event.label, content.len());
        ensure!(config.ratio <= 1.0, "the ratio {} is over 1", config.ratio);
        Ok(())
    }

    #[on(secret_rotate)]
    fn rotate_secret(&mut self, event: SecretRotate, juju: &Juju) -> Result<()> {
        juju.hook_command(&HookCommand::new("secret-set").arg(event.id.to_string()).arg("password=new"))?;
        Ok(())
    }

    #[on(secret_remove)]
    fn remove_secret(&mut self, event: SecretRemove, juju: &Juju) -> Result<()> {
        let revision = format!("--revision={}", event.revision);
        juju.hook_command(&HookCommand::new("secret-remove").args([event.id.to_string(), revision]))?;
        Ok(())
    }

    #[on(secret_expired)]
    fn expire_secret(&mut self, event: SecretExpired) {
        info!("{:?} {}", event.label, event.revision);
    }

    #[on(action = "rotate")]
    fn rotate(&mut self, action: Action<action::Rotate>) -> Result<()> {
        let user: String = action.parameter("user")?.ok_or_else(|| ActionFailed::new("who?"))?;
        action.log(&format!("rotating {user}"))?;
        self.sessions.insert(&user, &action.parameter("keep")?.unwrap_or(0))?;
        action.set_result("password.user", &user)?;
        action.set_result("password.kept", action.parameter::<u32>("keep")?.unwrap_or(0))?;
        Ok(())
    }

    #[on(action = "break-down")]
    fn break_down(&mut self, action: Action<action::BreakDown>, juju: &Juju) -> Result<()> {
        self.visits.set(7);
        action.set_result("done", "half")?;
        match action.parameter::<String>("how")?.as_deref() {
            Some("failed") => Err(ActionFailed::new("not today").into()),
            Some("add a secret") => {
                juju.hook_command(&HookCommand::new("secret-add").args(["--owner=unit", "key=value"]))?;
                Ok(())
            }
            Some("halt") => Err(Halt::Blocked("ask again".into()).into()),
            _ => bail!("a bug"),
        }
    }

    #[status]
    fn status(&self, config: &Config) -> Result<Status> {
        if config.debug {
            bail!("no status while debugging");
        }
        Ok(Status::active(config.hostname.clone().unwrap_or_default()))
    }
}

/// Without what Juju itself puts into a unit's databag.
fn own(data: &BTreeMap<String, String>) -> BTreeMap<&str, &str> {
    let juju = ["private-address", "ingress-address", "egress-subnets"];
    data.iter().map(|(k, v)| (k.as_str(), v.as_str())).filter(|(key, _)| !juju.contains(key)).collect()
}

fn names<E: Endpoint>(units: &[RelationUnit<E>]) -> Vec<&str> {
    units.iter().map(RelationUnit::name).collect()
}

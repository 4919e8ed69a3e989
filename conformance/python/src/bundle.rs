//! Two Python charms and two Rust charms from one bundle, through a life: they relate, share secrets, are scaled to three
//! units, lose one, are upgraded, and go.

use std::fs;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use charm_meta::{Bundle, ConfigValue};
use charm_testing::agent::CharmSource;
use charm_testing::model::{
    Hook, JujuVersion, RelationHookKind, Secret, SecretHookKind, StatusKind, Subject, UnitName,
};

use crate::charm::{Charms, Language, refused, revise};
use crate::local::{Local, is_relation_hook};
use crate::runs::Shown;

const APPLICATIONS: [&str; 4] = ["python-app", "python-database", "rust-app", "rust-database"];

/// Each database with its client, which is of the other language.
const PAIRS: [(&str, &str); 2] = [("python-database", "rust-app"), ("rust-database", "python-app")];

/// The option of each application that its second revision has another default of.
const PORTS: [(&str, u16, u16); 4] = [
    ("python-app", 8000, 8001),
    ("python-database", 5432, 5433),
    ("rust-app", 8080, 8081),
    ("rust-database", 5432, 5433),
];

/// Longer than any month.
const A_MONTH: Duration = Duration::from_secs(32 * 86_400);

struct Life<'a> {
    charms: &'a Charms<'a>,
    bundle: Bundle,
    local: Local,
}

/// Goes through it once.
pub(crate) fn run(charms: &Charms<'_>, seed: u64, juju: JujuVersion) -> Result<Shown> {
    let file = charms.package.join("bundle.yaml");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let bundle = Bundle::parse(&text).map_err(|problems| refused(&file, &problems))?;
    let mut life = Life { charms, bundle, local: Local::new(charms, seed, juju)? };
    // In every other order the relations are there before the units are.
    life.deploy(seed.is_multiple_of(2)).context("deployed")?;
    life.relate(seed.is_multiple_of(2)).context("related")?;
    life.rotate(2).context("a month later")?;
    life.scale().context("scaled to three units")?;
    life.lose_one().context("after the loss of a unit")?;
    life.rotate(3).context("another month later")?;
    life.upgrade().context("upgraded")?;
    life.remove().context("removed")?;
    Ok(format!("{} hooks and actions", life.local.ran.len()))
}

impl Life<'_> {
    /// Deploys all applications, and if `first` lets them come to rest without any relation.
    fn deploy(&mut self, first: bool) -> Result<()> {
        for (name, application) in self.bundle.applications.clone() {
            let charm = self.charm(&name, 1)?;
            self.local.deploy(&name, charm, application.num_units)?;
            let options = application.options.iter().map(|(key, value)| (key, value.to_string()));
            self.local.model.set_config(&name, options)?;
        }
        if !first {
            return Ok(());
        }
        self.local.settle()?;
        for client in ["python-app", "rust-app"] {
            let leader = self.local.leader(client)?;
            let status = &self.local.unit(&leader)?.workload;
            let blocked = status.kind == StatusKind::Blocked && status.message == "relate a database";
            ensure!(blocked, "{leader} is {} {:?}", status.kind, status.message);
        }
        Ok(())
    }

    fn relate(&mut self, settled: bool) -> Result<()> {
        for (one, other) in &self.bundle.relations {
            self.local.model.integrate(&one.to_string(), &other.to_string())?;
        }
        self.local.settle()?;
        for (database, client) in PAIRS {
            ensure!(self.account(database)?.latest == 1, "{database} has made its account more than once");
            let offer =
                self.local.relation(database)?.application_data(database).cloned().unwrap_or_default();
            // A URI with the model's UUID, as ops writes it, or without.
            let id = format!("{}\"", self.account(database)?.id);
            let told = offer.get("account");
            ensure!(
                told.is_some_and(|told| told.ends_with(&id)),
                "{database} tells {told:?} instead of {id}"
            );
            let asked = self.local.relation(database)?.application_data(client);
            let asked = asked.and_then(|data| data.get("database"));
            ensure!(asked.is_some(), "{client} has asked for nothing");
        }
        let served = "serving app.example:8080";
        ensure!(self.local.log.iter().any(|line| line.message.contains(served)), "{served}: not in the log");
        let leader = self.local.leader("python-app")?;
        let waited = self.local.act(&leader, "report")?.get("waited").cloned().context("it doesn't say")?;
        ensure!(!settled || waited != "0", "{leader} has deferred nothing, although it had no database");
        self.expect_good_state(1, 1)
    }

    /// A month passes: both databases make new passwords, and their clients follow.
    fn rotate(&mut self, revision: u32) -> Result<()> {
        let since = self.local.ran.len();
        self.local.model.advance(A_MONTH);
        self.local.settle()?;
        for (database, client) in PAIRS {
            let leader = self.local.leader(database)?;
            let count = self.count_secret_hooks(since, &leader, SecretHookKind::Rotate);
            ensure!(count == 1, "secret-rotate ran {count} times on {leader}");
            for unit in self.local.units_of(client) {
                let count = self.count_secret_hooks(since, &unit, SecretHookKind::Changed);
                ensure!(count == 1, "secret-changed ran {count} times on {unit}");
            }
            // Juju has told the owner, on whose word the old revision went.
            let count = self.count_secret_hooks(since, &leader, SecretHookKind::Remove);
            ensure!(count == 1, "secret-remove ran {count} times on {leader}");
        }
        let units = self.local.units_of("rust-app").len();
        self.expect_good_state(units, revision)
    }

    fn scale(&mut self) -> Result<()> {
        let since = self.local.ran.len();
        for application in APPLICATIONS {
            self.local.model.add_units(application, 2)?;
        }
        self.local.settle()?;
        for (database, client) in PAIRS {
            for (here, there) in [(database, client), (client, database)] {
                for unit in self.local.units_of(here) {
                    // Those who were there have met one already.
                    let expected = if unit.number() == 0 { 2 } else { 3 };
                    for kind in [RelationHookKind::Joined, RelationHookKind::Changed] {
                        let count =
                            self.local.count(since, &unit, |hook| is_relation_hook(hook, "database", kind));
                        ensure!(
                            count >= expected,
                            "{unit} was told {count} times that a unit of {there} has {kind}"
                        );
                    }
                }
            }
        }
        self.expect_good_state(3, 2)
    }

    /// The databases lose their leaders, the clients a unit that leads nothing.
    fn lose_one(&mut self) -> Result<()> {
        let since = self.local.ran.len();
        let mut lost = Vec::new();
        for (database, client) in PAIRS {
            let leader = self.local.leader(client)?;
            let follower = self.local.units_of(client).into_iter().find(|unit| *unit != leader);
            lost.push(self.local.leader(database)?);
            lost.push(follower.context("all of them lead")?);
        }
        for unit in &lost {
            self.local.model.remove_unit(unit)?;
        }
        self.local.settle()?;
        for unit in &lost {
            ensure!(self.local.model.unit(unit).is_none(), "{unit} is still there");
            self.expect_last_hooks(since, unit)?;
        }
        for (database, client) in PAIRS {
            let leader = self.local.leader(database)?;
            let elected = self.local.count(since, &leader, |hook| *hook == Hook::LeaderElected);
            ensure!(elected == 1, "leader-elected ran {elected} times on {leader}");
            for unit in self.local.units_of(client) {
                let departed = self.local.count(since, &unit, |hook| {
                    is_relation_hook(hook, "database", RelationHookKind::Departed)
                });
                ensure!(departed == 1, "{unit} was told {departed} times that one unit departed");
            }
        }
        self.expect_good_state(2, 2)
    }

    fn upgrade(&mut self) -> Result<()> {
        let since = self.local.ran.len();
        let rotations = |life: &mut Self| -> Result<String> {
            let leader = life.local.leader("rust-app")?;
            let results = life.local.act(&leader, "rotate")?;
            results.get("times").cloned().context("the action tells no number")
        };
        ensure!(rotations(self)? == "1", "the Rust charm has counted what was not there");
        for application in APPLICATIONS {
            let charm = self.charm(application, 2)?;
            self.local.refresh(application, charm)?;
        }
        self.local.settle()?;
        for application in APPLICATIONS {
            for unit in self.local.units_of(application) {
                let hooks: Vec<&Hook> = self.local.ran[since..]
                    .iter()
                    .filter(|ran| ran.unit == unit)
                    .map(|ran| &ran.hook)
                    .collect();
                let upgrades = hooks.iter().filter(|hook| ***hook == Hook::UpgradeCharm).count();
                ensure!(upgrades == 1, "upgrade-charm ran {upgrades} times on {unit}");
                let upgrade = hooks.iter().position(|hook| **hook == Hook::UpgradeCharm).unwrap_or_default();
                let next = hooks.get(upgrade + 1).copied();
                ensure!(
                    next == Some(&Hook::ConfigChanged),
                    "upgrade-charm of {unit} is followed by {next:?}"
                );
            }
        }
        for application in ["python-app", "python-database"] {
            let version = self.local.model.application(application).map(|found| found.version.as_str());
            ensure!(version == Some("2"), "{application} runs version {version:?} of its charm");
        }
        ensure!(rotations(self)? == "2", "the Rust charm has lost its state in the upgrade");
        self.expect_good_state(2, 3)
    }

    fn remove(&mut self) -> Result<()> {
        let since = self.local.ran.len();
        let units: Vec<UnitName> = self.local.model.units().map(|unit| unit.name.clone()).collect();
        for application in APPLICATIONS {
            self.local.model.remove_application(application)?;
        }
        self.local.settle()?;
        for unit in units {
            self.expect_last_hooks(since, &unit)?;
        }
        self.local.expect_empty()
    }

    /// All is as it should be: `units` of each application, and all of them in possession of the account in its
    /// `revision`.
    fn expect_good_state(&mut self, units: usize, revision: u32) -> Result<()> {
        for (database, client) in PAIRS {
            let account = self.account(database)?;
            ensure!(
                account.latest == revision,
                "{database} is at revision {}, not {revision}",
                account.latest
            );
            // What nobody reads any more its owner has removed.
            let kept: Vec<u32> = account.revisions.keys().copied().collect();
            ensure!(kept == [revision], "{database} keeps the revisions {kept:?}");
            let granted: Vec<&Subject> = account.grants.iter().map(|grant| &grant.subject).collect();
            ensure!(
                granted == [&Subject::Application(client.to_owned())],
                "{database} has granted {granted:?}"
            );
            for unit in self.local.units_of(client) {
                let tracked = account.consumers.get(&unit).map(|consumer| consumer.tracked);
                ensure!(tracked == Some(revision), "{unit} tracks {tracked:?} of {database}, not {revision}");
            }
        }
        self.expect_endpoints()?;
        self.local.expect_active("rust-app", units, |_| String::new())?;
        self.local.expect_active("rust-database", units, |_| "clients: 1".to_owned())?;
        let cluster = format!("clients: 1, units: {units} of {units}");
        self.local.expect_active("python-database", units, |_| cluster.clone())?;
        let endpoint = self.endpoint("rust-database")?;
        self.local.expect_active("python-app", units, |_| format!("logged in at {endpoint}"))?;
        self.expect_memories()
    }

    /// Each database tells where its leader listens, and each client's units have opened their ports.
    fn expect_endpoints(&self) -> Result<()> {
        for (database, client) in PAIRS {
            let relation = self.local.relation(database)?;
            let told = relation.application_data(database).and_then(|data| data.get("endpoint"));
            let expected = format!("{:?}", self.endpoint(database)?);
            ensure!(told == Some(&expected), "{database} listens at {told:?}, not at {expected}");
            let port = self.port(client)?;
            for unit in self.local.model.units_of(client) {
                let open: Vec<String> = unit.ports().map(ToString::to_string).collect();
                ensure!(open == [format!("{port}/tcp")], "{} has opened {open:?}, not {port}", unit.name);
            }
        }
        Ok(())
    }

    /// Python's stored state has counted every dispatch there was, through failures of units and an upgrade, and holds
    /// what the secrets hold.
    fn expect_memories(&mut self) -> Result<()> {
        let account = digest(self.account("rust-database")?, &["user", "password"])?;
        let keys = self.local.secrets_of("python-app");
        ensure!(keys.len() == 1, "python-app has {} secrets", keys.len());
        let key = digest(keys[0], &["key"])?;
        for application in ["python-app", "python-database"] {
            for unit in self.local.units_of(application) {
                let report = self.local.act(&unit, "report")?;
                let told = |key: &str| report.get(key).map(String::as_str);
                let dispatches = self.local.count(0, &unit, |_| true).to_string();
                ensure!(
                    told("dispatches") == Some(&dispatches),
                    "{unit} remembers {:?} dispatches of {dispatches}",
                    told("dispatches")
                );
                if application == "python-app" {
                    ensure!(told("account") == Some(&account), "{unit} logs in with another account");
                    ensure!(told("key") == Some(&key), "{unit} signs with another key");
                }
            }
        }
        Ok(())
    }

    /// A unit that goes is told of the end of its relation, of its stop and of its removal, in this order.
    fn expect_last_hooks(&self, since: usize, unit: &UnitName) -> Result<()> {
        let ran = self.local.ran[since..].iter().filter(|ran| ran.unit == *unit);
        let names: Vec<String> = ran.map(|ran| ran.hook.name()).collect();
        let last = names.iter().rev().take(3).rev().map(String::as_str).collect::<Vec<_>>();
        // A peer relation has no end of its own: its members depart, before or after the other relation breaks.
        let broken = names.iter().any(|name| name == "database-relation-broken");
        ensure!(broken && last.ends_with(&["stop", "remove"]), "the last hooks of {unit} were {names:?}");
        Ok(())
    }

    /// Where the leader of a database listens.
    fn endpoint(&self, database: &str) -> Result<String> {
        let leader = self.local.leader(database)?;
        Ok(format!("{}:{}", self.local.unit(&leader)?.address, self.port(database)?))
    }

    fn port(&self, application: &str) -> Result<i64> {
        match self.local.model.config(application).remove("port") {
            Some(Some(ConfigValue::Int(port))) => Ok(port),
            other => anyhow::bail!("the port of {application} is {other:?}"),
        }
    }

    /// The only secret of a database.
    fn account(&self, database: &str) -> Result<&Secret> {
        let secrets = self.local.secrets_of(database);
        ensure!(secrets.len() == 1, "{database} has {} secrets", secrets.len());
        Ok(secrets[0])
    }

    fn count_secret_hooks(&self, since: usize, unit: &UnitName, kind: SecretHookKind) -> usize {
        self.local.count(since, unit, |hook| matches!(hook, Hook::Secret(hook) if hook.kind == kind))
    }

    /// A revision of an application's charm. The second one listens on another port.
    fn charm(&self, application: &str, revision: u32) -> Result<CharmSource> {
        let charm = &self.bundle.applications.get(application).context("not in the bundle")?.charm;
        let mut directory = self.charms.package.join(charm);
        // The executable of an example has the name of its charm.
        let name = CharmSource::metadata(&directory)?.name;
        let is_rust = directory.join("Cargo.toml").is_file();
        let language = if is_rust { Language::Rust(&name) } else { Language::Python };
        if revision == 2 {
            let (_, old, new) = PORTS.iter().find(|(name, ..)| *name == application).context("no port")?;
            let revised = self.local.staging(&format!("{application}-{revision}"));
            revise(&directory, &revised, &format!("default: {old}"), &format!("default: {new}"))?;
            directory = revised;
        }
        self.charms.open(&directory, language)
    }
}

/// What the Python application shows of a secret that it reads.
fn digest(secret: &Secret, keys: &[&str]) -> Result<String> {
    let content = &secret.revisions.get(&secret.latest).context("its latest revision is gone")?.content;
    let values: Option<Vec<Vec<u8>>> = keys.iter().map(|key| content.get(key)).collect();
    let text = values.context("it lacks a key")?.join(&0);
    let digest = ring::digest::digest(&ring::digest::SHA256, &text);
    let digits = digest.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Ok(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
}

//! What an operator does to a model of Rust charms, and what happens around its units.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::time::Duration;

use charm_runtime::prelude::*;
use charm_testing::LocalJuju;
use charm_testing::local::JujuError;
use charm_testing::model::Substrate;

/// Writes down what it is told.
mod app {
    use charm_runtime::prelude::*;

    #[charm(state = sled, metadata_str = "{name: app, summary: A., description: A., requires: {db: {interface: db}}, \
            provides: {logs: {interface: logs, scope: container}}, containers: {web: {}}, \
            storage: {data: {type: filesystem, multiple: {range: 0-}}}, \
            config: {options: {mode: {type: string, default: plain}, token: {type: secret}}}}")]
    #[derive(Default)]
    pub struct App {
        pub(super) told: Stored<Vec<String>>,
    }

    #[charm(metadata_str = "{name: app, summary: A., description: A., requires: {db: {interface: db}}, \
            provides: {logs: {interface: logs, scope: container}}, containers: {web: {}}, \
            storage: {data: {type: filesystem, multiple: {range: 0-}}}, \
            config: {options: {mode: {type: string, default: plain}, token: {type: secret}}}}")]
    impl App {
        #[on(any(also(stop)))]
        fn told(&mut self, cause: &Cause) -> Result<()> {
            let said = format!("{cause:?}");
            let name: String = said.chars().take_while(|c| c.is_alphanumeric()).collect();
            self.told.get_mut()?.push(name);
            Ok(())
        }
    }
}

/// Owns a secret, and answers `app`.
mod db {
    use charm_runtime::prelude::*;

    #[charm(metadata_str = "{name: db, summary: A., description: A., provides: {db: {interface: db}}}")]
    #[derive(Default)]
    pub struct Db {
        pub(super) told: Stored<Vec<String>>,
    }

    #[charm(metadata_str = "{name: db, summary: A., description: A., provides: {db: {interface: db}}}")]
    impl Db {
        #[on(leader_elected)]
        fn lead(&mut self) -> Result<()> {
            self.told.get_mut()?.push("LeaderElected".to_owned());
            Ok(())
        }
    }
}

mod logs {
    use charm_runtime::prelude::*;

    #[charm(metadata_str = "{name: logs, summary: A., description: A., subordinate: true, \
            requires: {logs: {interface: logs, scope: container}}}")]
    #[derive(Default)]
    pub struct Logs {}

    #[charm(metadata_str = "{name: logs, summary: A., description: A., subordinate: true, \
            requires: {logs: {interface: logs, scope: container}}}")]
    impl Logs {
        #[status]
        fn status(&self) -> Status {
            Status::active("logging")
        }
    }
}

use app::App;
use db::Db;

fn model(substrate: Substrate) -> Result<LocalJuju, JujuError> {
    let mut juju = LocalJuju::new();
    juju.set_substrate(substrate)?;
    juju.deploy::<App>("app", 1)?;
    juju.deploy::<Db>("db", 2)?;
    juju.integrate("app", "db")?;
    juju.settle()?;
    Ok(juju)
}

/// What the application's first unit has been told since there were so many.
fn told(juju: &LocalJuju, since: usize) -> Vec<String> {
    juju.unit("app/0").stored(|app: &App| app.told.get().unwrap()[since..].to_vec())
}

#[test]
fn a_suspended_relation_ends_for_its_units_and_begins_anew() -> Result<(), JujuError> {
    let mut juju = model(Substrate::Machines)?;
    let before = told(&juju, 0).len();
    juju.suspend_relation("app", "db:db")?;
    juju.settle()?;
    assert_eq!(told(&juju, before), ["DbRelationDeparted", "DbRelationDeparted", "DbRelationBroken"]);
    let before = told(&juju, 0).len();
    juju.resume_relation("app", "db")?;
    juju.settle()?;
    assert_eq!(told(&juju, before)[0], "DbRelationCreated");
    assert_eq!(juju.unit("app/0").relation::<app::endpoint::Db>().remote_units.len(), 2);
    Ok(())
}

#[test]
fn a_subordinate_comes_and_goes_with_its_relation() -> Result<(), JujuError> {
    let mut juju = model(Substrate::Machines)?;
    juju.deploy::<logs::Logs>("logs", 0)?;
    juju.integrate("app", "logs")?;
    juju.settle()?;
    assert_eq!(juju.unit("logs/0").status(), Status::active("logging"));
    juju.remove_relation("app", "logs")?;
    juju.settle()?;
    assert_eq!(juju.units("logs").count(), 0);
    Ok(())
}

#[test]
fn force_takes_units_away_without_their_hooks() -> Result<(), JujuError> {
    let mut juju = model(Substrate::Machines)?;
    let before = told(&juju, 0).len();
    juju.force_remove_unit("db/0")?;
    assert_eq!(juju.units("db").count(), 1);
    juju.settle()?;
    assert_eq!(told(&juju, before), ["DbRelationDeparted"]);
    juju.force_remove_application("db")?;
    juju.settle()?;
    assert_eq!(told(&juju, before), ["DbRelationDeparted", "DbRelationDeparted", "DbRelationBroken"]);
    // One of the same name remembers nothing of it.
    juju.force_remove_application("app")?;
    juju.deploy::<App>("app", 1)?;
    assert_eq!(juju.unit("app/0").stored(|app: &App| app.told.get().unwrap().len()), 0);
    Ok(())
}

#[test]
fn a_lost_leader_is_replaced_when_its_lease_has_run_out() -> Result<(), JujuError> {
    let mut juju = model(Substrate::Machines)?;
    let first = juju.leader("db").unwrap().name().to_string();
    juju.lose_agent(&first)?;
    juju.advance(Duration::from_secs(30));
    juju.settle()?;
    assert_eq!(juju.leader("db").unwrap().name().to_string(), first);
    juju.advance(Duration::from_secs(31));
    juju.settle()?;
    let second = juju.leader("db").unwrap();
    assert_ne!(second.name().to_string(), first);
    assert_eq!(second.stored(|db: &Db| db.told.get().unwrap().len()), 1);
    juju.find_agent(&first)?;
    juju.settle()?;
    assert!(!juju.unit(&first).is_leader());
    Ok(())
}

#[test]
fn a_reboot_starts_a_unit_again_and_a_new_agent_on_a_machine_tells_nothing() -> Result<(), JujuError> {
    let mut juju = model(Substrate::Machines)?;
    let before = told(&juju, 0).len();
    juju.restart_agent("app/0")?;
    juju.settle()?;
    assert!(!told(&juju, before).contains(&"Start".to_owned()));
    juju.reboot_machine("app/0")?;
    juju.settle()?;
    assert!(told(&juju, before).contains(&"Start".to_owned()));
    let error = juju.replace_pod("app/0").unwrap_err();
    assert!(error.to_string().contains("no pod"), "{error}");
    Ok(())
}

#[test]
fn containers_tell_of_themselves() -> Result<(), JujuError> {
    let mut juju = model(Substrate::Kubernetes)?;
    assert_eq!(told(&juju, 0).iter().filter(|told| *told == "WebPebbleReady").count(), 1);
    let before = told(&juju, 0).len();
    juju.notify::<app::container::Web>("app/0", "example.com/done")?;
    juju.fail_check::<app::container::Web>("app/0", "up")?;
    juju.recover_check::<app::container::Web>("app/0", "up")?;
    juju.settle()?;
    let expected = ["WebPebbleCustomNotice", "WebPebbleCheckFailed", "WebPebbleCheckRecovered"];
    assert_eq!(told(&juju, before), expected);
    juju.restart_container::<app::container::Web>("app/0")?;
    juju.settle()?;
    assert_eq!(told(&juju, before + 3), ["WebPebbleReady"]);
    juju.set_substrate(Substrate::Machines).unwrap_err();
    Ok(())
}

#[test]
fn storages_options_and_trust_are_changed() -> Result<(), JujuError> {
    let mut juju = model(Substrate::Machines)?;
    juju.add_storage::<app::storage::Data>("app/0", 1)?;
    juju.settle()?;
    let before = told(&juju, 0).len();
    juju.detach_storage("data/0")?;
    juju.settle()?;
    assert_eq!(told(&juju, before), ["DataStorageDetaching"]);
    juju.configure("app", [("mode", "loud")])?;
    juju.settle()?;
    juju.reset_config("app", ["mode"])?;
    juju.trust("app")?;
    juju.settle()?;
    assert_eq!(juju.model().config("app")["mode"].clone().unwrap().to_string(), "plain");
    assert!(juju.model().is_trusted("app"));
    assert_eq!(told(&juju, before + 1), ["ConfigChanged", "ConfigChanged"]);
    Ok(())
}

#[test]
fn a_shell_there_is_not() -> Result<(), JujuError> {
    let mut juju = model(Substrate::Machines)?;
    let id = juju.model_mut().exec(&"app/0".parse().unwrap(), "hostname", None).unwrap();
    juju.settle()?;
    let message = &juju.model().exec_result(id).unwrap().message;
    assert!(message.starts_with("commands need a shell") && message.contains("agent"), "{message}");
    Ok(())
}

#[test]
fn errors_name_the_line_of_the_test() {
    let mut juju = model(Substrate::Machines).unwrap();
    let here = |error: JujuError| {
        let text = format!("{error:?}");
        assert!(text.contains("local_verbs.rs:"), "{text}");
    };
    here(juju.remove_unit("app").unwrap_err());
    here(juju.detach_storage("data").unwrap_err());
    here(juju.detach_storage("data/9").unwrap_err());
    here(juju.suspend_relation("app", "app").unwrap_err());
    here(juju.force_remove_unit("app/9").unwrap_err());
    here(juju.add_storage::<app::storage::Data>("app/9", 1).unwrap_err());
    here(juju.notify::<app::container::Web>("app/0", "example.com/done").unwrap_err());
    here(juju.set_leader("nobody/0").unwrap_err());
}

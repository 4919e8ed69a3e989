//! Versions of stored fields.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::prelude::*;
use charm_runtime::{Error, Exit, Fields, Host, MemoryHome};

/// Takes every command, and keeps what was logged.
#[derive(Clone, Default)]
struct Juju(Rc<RefCell<Vec<String>>>);

impl Transport for Juju {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        self.0.borrow_mut().push(command.arguments().join(" "));
        Ok(Output::default())
    }
}

/// Runs an `install` of the charm on this state; says how it ended, and what was logged.
fn install<C: charm_runtime::Charm>(home: &MemoryHome) -> (Exit, String) {
    dispatch::<C>("hooks/install", home)
}

fn dispatch<C: charm_runtime::Charm>(path: &str, home: &MemoryHome) -> (Exit, String) {
    let juju = Juju::default();
    let host = Host {
        environment: [("JUJU_DISPATCH_PATH", path), ("JUJU_UNIT_NAME", "a/0")].into_iter().collect(),
        transport: Box::new(juju.clone()),
        clock: Box::new(Instant::now),
        home: Rc::new(home.clone()),
    };
    let exit = charm_runtime::dispatch::<C>(host).exit;
    let log = juju.0.borrow().join("\n");
    (exit, log)
}

/// Stores a name whole.
mod first {
    use super::*;

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    #[derive(Default)]
    pub struct Charm {
        name: Stored<String>,
    }

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    impl Charm {
        #[on(install)]
        fn install(&mut self) -> Result<()> {
            ensure!(self.name.get()?.is_empty(), "the name is {}", self.name.get()?);
            self.name.set("Ada Lovelace".into());
            Ok(())
        }
    }
}

/// Stores it in two.
mod second {
    use super::*;

    fn split(from: u32, fields: &Fields<'_>) -> Result<()> {
        ensure!(from == 0, "from {from}");
        let name: String = fields.get("name")?.unwrap_or_default();
        let (given, family) = name.split_once(' ').context("two names are expected")?;
        fields.set("given", &given)?;
        fields.set("family", &family)?;
        fields.remove("name")?;
        Ok(())
    }

    #[charm(metadata_str = "{name: a, summary: s, description: d}", state_version = 1, migrate = split)]
    #[derive(Default)]
    pub struct Charm {
        given: Stored<String>,
        family: Stored<String>,
    }

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    impl Charm {
        #[on(install)]
        fn install(&mut self) -> Result<()> {
            info!("{}, {}", self.family.get()?, self.given.get()?);
            self.given.set("Augusta Ada".into());
            Ok(())
        }

        #[on(start)]
        fn start(&mut self) -> Outcome {
            Outcome::defer("not yet")
        }
    }
}

/// Fails half way.
mod broken {
    use super::*;

    fn fail(_: u32, fields: &Fields<'_>) -> Result<()> {
        fields.remove("name")?;
        bail!("half way")
    }

    #[charm(metadata_str = "{name: a, summary: s, description: d}", state_version = 2, migrate = fail)]
    #[derive(Default)]
    pub struct Charm {
        name: Stored<String>,
    }

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    impl Charm {
        #[on(install)]
        fn install(&mut self) -> Result<()> {
            self.name.get()?;
            Ok(())
        }
    }
}

#[test]
fn a_newer_revision_brings_the_fields_to_its_version_once() {
    let home = MemoryHome::default();
    assert_eq!(install::<first::Charm>(&home).0, Exit::Success);
    let (exit, log) = install::<second::Charm>(&home);
    assert_eq!(exit, Exit::Success, "{log}");
    assert!(log.contains("Lovelace, Ada"), "{log}");
    // Were it migrated again, the missing name would fail it.
    let (exit, log) = install::<second::Charm>(&home);
    assert_eq!(exit, Exit::Success, "{log}");
    assert!(log.contains("Lovelace, Augusta Ada"), "{log}");
}

#[test]
fn an_older_revision_refuses_state_that_it_would_misread() {
    let home = MemoryHome::default();
    // A store that begins with the newer revision has its version from the start; nothing is migrated.
    let (exit, log) = install::<second::Charm>(&home);
    assert_eq!(exit, Exit::Success, "{log}");
    let before = home.store();
    let (exit, log) = install::<first::Charm>(&home);
    assert_eq!(exit, Exit::Failure);
    assert!(log.contains("newer revision") && log.contains("./dispatch state reset"), "{log}");
    assert_eq!(home.store(), before);
}

#[test]
fn a_store_that_begins_with_a_deferral_has_its_version_too() {
    let home = MemoryHome::default();
    assert_eq!(dispatch::<second::Charm>("hooks/start", &home).0, Exit::Success);
    let (exit, log) = install::<first::Charm>(&home);
    assert_eq!(exit, Exit::Failure);
    assert!(log.contains("newer revision"), "{log}");
}

/// Makes a halt of what its state says.
mod stubborn {
    use super::*;

    fn fail(_: u32, fields: &Fields<'_>) -> Result<()> {
        fields.set("name", &"half")?;
        bail!("half way")
    }

    #[charm(metadata_str = "{name: a, summary: s, description: d}", state_version = 2, migrate = fail)]
    #[derive(Default)]
    pub struct Charm {
        name: Stored<String>,
    }

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    impl Charm {
        #[on(install)]
        fn install(&mut self) -> Result<()> {
            self.name.get().or_waiting("state")?;
            Ok(())
        }
    }
}

/// Writes where it can't read.
mod careless {
    use super::*;

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    #[derive(Default)]
    pub struct Charm {
        given: Stored<String>,
    }

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    impl Charm {
        #[on(install)]
        fn install(&mut self) {
            if self.given.get().is_err() {
                self.given.set("overwritten".into());
            }
        }
    }
}

#[test]
fn a_handler_can_not_go_on_where_its_state_was_refused() {
    let home = MemoryHome::default();
    assert_eq!(install::<first::Charm>(&home).0, Exit::Success);
    let before = home.store();
    let (exit, log) = install::<stubborn::Charm>(&home);
    assert_eq!((exit, home.store()), (Exit::Failure, before), "{log}");

    let home = MemoryHome::default();
    assert_eq!(install::<second::Charm>(&home).0, Exit::Success);
    let before = home.store();
    let (exit, log) = install::<careless::Charm>(&home);
    assert_eq!((exit, home.store()), (Exit::Failure, before), "{log}");
}

#[test]
fn a_migration_that_fails_changes_nothing() {
    let home = MemoryHome::default();
    assert_eq!(install::<first::Charm>(&home).0, Exit::Success);
    let before = home.store();
    let (exit, log) = install::<broken::Charm>(&home);
    assert_eq!(exit, Exit::Failure);
    assert!(log.contains("half way"), "{log}");
    assert_eq!(home.store(), before);
}

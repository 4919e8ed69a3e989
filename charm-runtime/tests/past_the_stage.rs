//! Commands that Juju buffers, sent by the charm itself: they can't be taken back within a dispatch.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{self, HookCommand, Output, StatusOf, Transport};
use charm_runtime::prelude::*;
use charm_runtime::{Error, Exit, Host, MemoryHome};

/// Takes every command, and keeps them.
#[derive(Clone, Default)]
struct Agent(Rc<RefCell<Vec<String>>>);

impl Transport for Agent {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        self.0.borrow_mut().push(format!("{} {}", command.name(), command.arguments().join(" ")));
        let stdout = match command.name() {
            "opened-ports" => r#"["80/tcp (*)"]"#,
            "relation-get" => r#"{"a":"1"}"#,
            "status-get" => r#"{"status":"active","message":""}"#,
            _ => "",
        };
        Ok(Output { stdout: stdout.into(), ..Output::default() })
    }
}

#[charm(
    metadata_str = "{name: a, summary: s, description: d, actions: {open: {}, close: {}}, peers: {friends: {interface: i}}}"
)]
#[derive(Default)]
struct Charm;

#[charm(
    metadata_str = "{name: a, summary: s, description: d, actions: {open: {}, close: {}}, peers: {friends: {interface: i}}}"
)]
impl Charm {
    /// Mixes the layers.
    #[on(relation_created = "friends")]
    fn mix(&mut self, juju: &Juju, ports: &Ports, friends: Relation<endpoint::Friends>) -> Result<()> {
        ports.opened()?;
        hook_command::open_port(juju, Port::udp(53), &["dns"])?;
        ports.opened()?;
        let bag = friends.local_unit();
        bag.get("a")?;
        let two = [("a".to_owned(), "2".to_owned())].into();
        hook_command::relation_set(juju, friends.id(), false, &two)?;
        bag.get("a")?;
        bag.get("a")?;
        Ok(())
    }

    #[on(update_status)]
    fn show(&mut self, juju: &Juju, unit: &Unit) -> Result<()> {
        // Juju goes on saying this one.
        ensure!(unit.status()?.as_status() == Some(Status::active("")));
        hook_command::status_set(juju, StatusOf::Unit, &Status::blocked("by the charm itself"))?;
        Ok(())
    }

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }

    #[on(action = "open")]
    fn open(&mut self, juju: &Juju) -> Result<()> {
        juju.hook_command(&HookCommand::new("open-port").arg("80"))?;
        Err(ActionFailed::new("the reason").into())
    }

    #[on(action = "close")]
    fn close(&mut self, juju: &Juju) -> Result<()> {
        // By the layer below.
        Transport::run(juju, &HookCommand::new("close-port").arg("80"))?;
        Err(ActionFailed::new("the reason").into())
    }
}

fn dispatch(path: &str, more: &[(&str, &str)]) -> (Exit, Vec<String>) {
    let agent = Agent::default();
    let environment = [("JUJU_DISPATCH_PATH", path), ("JUJU_UNIT_NAME", "a/0")];
    let host = Host {
        environment: environment.iter().chain(more).copied().collect(),
        transport: Box::new(agent.clone()),
        clock: Box::new(Instant::now),
        home: Rc::new(MemoryHome::default()),
    };
    let exit = charm_runtime::dispatch::<Charm>(host).exit;
    (exit, agent.0.take())
}

#[test]
fn an_action_that_fails_after_one_fails_the_dispatch_and_says_why() {
    for action in ["open", "close"] {
        let variables = [("JUJU_ACTION_NAME", action), ("JUJU_ACTION_UUID", "1")];
        let (exit, calls) = dispatch(&format!("actions/{action}"), &variables);
        assert_eq!(exit, Exit::Failure, "{action}");
        let calls = calls.join("\n");
        assert!(!calls.contains("action-fail"), "{calls}");
        assert!(
            calls.contains("only failing the dispatch takes that back") && calls.contains("the reason"),
            "{calls}"
        );
    }
}

mod queued {
    use charm_runtime::hook_command::HookCommand;
    use charm_runtime::prelude::*;

    /// Both its handlers wait for config-changed; the first sends then what the second must not take back.
    #[charm(metadata_str = "{name: b, summary: s, description: d}")]
    #[derive(Default)]
    pub(super) struct Queued {
        configured: Stored<bool>,
        opened: Stored<bool>,
    }

    #[charm(metadata_str = "{name: b, summary: s, description: d}")]
    impl Queued {
        #[on(install)]
        fn open(&mut self, juju: &Juju) -> Result<Outcome> {
            if !*self.configured.get()? {
                return Ok(Outcome::defer("not configured yet"));
            }
            juju.hook_command(&HookCommand::new("open-port").arg("80"))?;
            self.opened.set(true);
            Ok(Outcome::done())
        }

        #[on(start)]
        fn fail(&mut self) -> Result<Outcome> {
            ensure!(!*self.configured.get()?, "the reason");
            Ok(Outcome::defer("not configured yet"))
        }

        #[on(config_changed)]
        fn configure(&mut self) {
            self.configured.set(true);
        }

        #[on(update_status)]
        fn check(&mut self) -> Result<()> {
            ensure!(*self.opened.get()?, "not opened");
            Ok(())
        }
    }
}

#[test]
fn a_deferral_that_fails_costs_nothing_of_what_another_one_has_sent() {
    let home = Rc::new(MemoryHome::default());
    let dispatch = |event: &str| {
        let environment =
            [("JUJU_DISPATCH_PATH", format!("hooks/{event}")), ("JUJU_UNIT_NAME", "b/0".to_owned())];
        charm_runtime::dispatch::<queued::Queued>(Host {
            environment: environment.into_iter().collect(),
            transport: Box::new(Agent::default()),
            clock: Box::new(Instant::now),
            home: home.clone(),
        })
    };
    for event in ["install", "start", "config-changed"] {
        let finished = dispatch(event);
        assert_eq!(finished.exit, Exit::Success, "{event}: {:?}", finished.failures);
    }
    let finished = dispatch("update-status");
    assert_eq!(finished.exit, Exit::Success, "{:?}", finished.failures);
    assert_eq!(finished.failures.len(), 1, "{:?}", finished.failures);
}

#[test]
fn what_was_read_before_one_is_read_again() {
    let variables =
        [("JUJU_RELATION", "friends"), ("JUJU_RELATION_ID", "friends:1"), ("JUJU_REMOTE_APP", "a")];
    let (exit, calls) = dispatch("hooks/friends-relation-created", &variables);
    assert_eq!(exit, Exit::Success, "{calls:#?}");
    let read = "relation-get -r friends:1 --format=json - a/0";
    let opened = "opened-ports --endpoints --format=json";
    let expected = [
        opened,
        "open-port --endpoints dns 53/udp",
        opened,
        read,
        "relation-set -r friends:1 --file -",
        read,
        "status-get --include-data --format=json",
    ];
    assert_eq!(calls, expected);
}

#[test]
fn a_status_that_the_charm_sets_itself_is_not_taken_for_what_juju_goes_on_saying() {
    let (exit, calls) = dispatch("hooks/update-status", &[]);
    assert_eq!(exit, Exit::Success, "{calls:#?}");
    let expected = [
        "status-get --include-data --format=json",
        "status-set -- blocked by the charm itself",
        "status-set -- active ",
    ];
    assert_eq!(calls, expected);
}

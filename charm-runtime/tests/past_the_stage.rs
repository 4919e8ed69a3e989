//! Commands that Juju buffers, sent by the charm itself: they can't be taken back within a dispatch.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::prelude::*;
use charm_runtime::{Error, Exit, Host, MemoryHome};

/// Takes every command, and keeps them.
#[derive(Clone, Default)]
struct Agent(Rc<RefCell<Vec<String>>>);

impl Transport for Agent {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        self.0.borrow_mut().push(format!("{} {}", command.name(), command.arguments().join(" ")));
        Ok(Output::default())
    }
}

#[charm(metadata_str = "{name: a, summary: s, description: d, actions: {open: {}, close: {}}}")]
#[derive(Default)]
struct Charm;

#[charm(metadata_str = "{name: a, summary: s, description: d, actions: {open: {}, close: {}}}")]
impl Charm {
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

#[test]
fn an_action_that_fails_after_one_fails_the_dispatch_and_says_why() {
    for action in ["open", "close"] {
        let agent = Agent::default();
        let environment = [
            ("JUJU_DISPATCH_PATH", format!("actions/{action}")),
            ("JUJU_UNIT_NAME", "a/0".to_owned()),
            ("JUJU_ACTION_NAME", action.to_owned()),
            ("JUJU_ACTION_UUID", "1".to_owned()),
        ];
        let host = Host {
            environment: environment.into_iter().collect(),
            transport: Box::new(agent.clone()),
            clock: Box::new(Instant::now),
            home: Rc::new(MemoryHome::default()),
        };
        assert_eq!(charm_runtime::dispatch::<Charm>(host).exit, Exit::Failure, "{action}");
        let calls = agent.0.borrow().join("\n");
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

//! A Juju that answers as it is told, and dispatches with it.
#![allow(dead_code)] // each test takes what it needs

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::{Charm, Error, Exit, Host, MemoryHome};

/// Answers by the commands' names; what isn't told succeeds and prints nothing.
#[derive(Clone, Default)]
pub(crate) struct Agent {
    answers: BTreeMap<&'static str, String>,
    calls: Rc<RefCell<Vec<HookCommand>>>,
}

impl Transport for Agent {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        self.calls.borrow_mut().push(command.clone());
        let stdout = self.answers.get(command.name()).cloned().unwrap_or_default().into_bytes();
        Ok(Output { code: 0, stdout, stderr: Vec::new() })
    }
}

/// How a dispatch ended, and what it asked of Juju.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) exit: Exit,
    pub(crate) calls: Vec<HookCommand>,
}

impl Agent {
    #[must_use]
    pub(crate) fn says(mut self, command: &'static str, stdout: impl Into<String>) -> Self {
        self.answers.insert(command, stdout.into());
        self
    }

    pub(crate) fn action<C: Charm>(&self, name: &str) -> Ran {
        let variables = [("JUJU_ACTION_NAME", name.to_owned()), ("JUJU_ACTION_UUID", "7".to_owned())];
        self.dispatch::<C>(format!("actions/{name}"), variables)
    }

    pub(crate) fn hook<C: Charm>(&self, name: &str) -> Ran {
        self.dispatch::<C>(format!("hooks/{name}"), [])
    }

    fn dispatch<C: Charm>(
        &self,
        path: String,
        variables: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Ran {
        self.calls.borrow_mut().clear();
        let common = [("JUJU_DISPATCH_PATH", path), ("JUJU_UNIT_NAME", "a/0".to_owned())];
        let host = Host {
            environment: common.into_iter().chain(variables).collect(),
            transport: Box::new(self.clone()),
            clock: Box::new(Instant::now),
            home: Rc::new(MemoryHome::default()),
        };
        let exit = charm_runtime::dispatch::<C>(host).exit;
        Ran { exit, calls: self.calls.borrow().clone() }
    }
}

impl Ran {
    /// The arguments of the calls of a command.
    pub(crate) fn arguments(&self, command: &str) -> Vec<&[String]> {
        self.calls.iter().filter(|call| call.name() == command).map(HookCommand::arguments).collect()
    }

    /// The log, a line for each call.
    pub(crate) fn log(&self) -> String {
        self.arguments("juju-log").iter().map(|arguments| arguments.join(" ") + "\n").collect()
    }
}

//! A unit's agent that answers as it is told, and dispatches with it.
#![allow(dead_code)] // each test takes what it needs

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::{Charm, Error, Exit, Host, MemoryHome};

/// Answers by the commands' names, or as they are written: `storage-get --format=json -s data/0`. What it isn't told
/// succeeds and prints nothing.
#[derive(Clone, Default)]
pub(crate) struct Agent {
    answers: BTreeMap<&'static str, Output>,
    calls: Rc<RefCell<Vec<HookCommand>>>,
}

impl Transport for Agent {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        self.calls.borrow_mut().push(command.clone());
        let answer = self.answers.get(written(command).as_str()).or_else(|| self.answers.get(command.name()));
        Ok(answer.cloned().unwrap_or_default())
    }
}

fn written(command: &HookCommand) -> String {
    let words = std::iter::once(command.name()).chain(command.arguments().iter().map(String::as_str));
    words.collect::<Vec<_>>().join(" ")
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
        let output = Output { stdout: stdout.into().into_bytes(), ..Output::default() };
        self.answers.insert(command, output);
        self
    }

    #[must_use]
    pub(crate) fn refuses(mut self, command: &'static str, message: &str) -> Self {
        let stderr = format!("ERROR {message}\n").into_bytes();
        self.answers.insert(command, Output { code: 1, stderr, ..Output::default() });
        self
    }

    pub(crate) fn action<C: Charm>(&self, name: &str) -> Ran {
        let variables = [("JUJU_ACTION_NAME", name), ("JUJU_ACTION_UUID", "7")];
        self.dispatch::<C>(&format!("actions/{name}"), &variables)
    }

    pub(crate) fn hook<C: Charm>(&self, name: &str) -> Ran {
        self.hook_with::<C>(name, &[])
    }

    /// With these variables besides.
    pub(crate) fn hook_with<C: Charm>(&self, name: &str, variables: &[(&str, &str)]) -> Ran {
        self.dispatch::<C>(&format!("hooks/{name}"), variables)
    }

    fn dispatch<C: Charm>(&self, path: &str, variables: &[(&str, &str)]) -> Ran {
        self.dispatch_at::<C>(&Rc::new(MemoryHome::default()), path, variables)
    }

    /// On a unit that remembers.
    pub(crate) fn dispatch_at<C: Charm>(
        &self,
        home: &Rc<MemoryHome>,
        path: &str,
        variables: &[(&str, &str)],
    ) -> Ran {
        self.calls.borrow_mut().clear();
        let common = [("JUJU_DISPATCH_PATH", path), ("JUJU_UNIT_NAME", "a/0")];
        let host = Host {
            environment: common.into_iter().chain(variables.iter().copied()).collect(),
            transport: Box::new(self.clone()),
            clock: Box::new(Instant::now),
            home: Rc::clone(home) as Rc<_>,
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

    /// The calls as they are written, but for the log's.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.calls.iter().filter(|call| call.name() != "juju-log").map(written).collect()
    }

    /// The log, a line for each call.
    pub(crate) fn log(&self) -> String {
        self.arguments("juju-log").iter().map(|arguments| arguments.join(" ") + "\n").collect()
    }
}

//! A unit's agent that answers from a list, and a dispatch that runs on it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::{Charm, Error, Exit, Host, MemoryHome};

/// Answers each command by how it is written, such as `storage-get --format=json -s data/0`; what it doesn't know
/// succeeds and prints nothing.
#[derive(Clone, Default)]
pub(crate) struct Agent {
    answers: Rc<RefCell<BTreeMap<String, Output>>>,
    calls: Rc<RefCell<Vec<String>>>,
}

impl Agent {
    pub(crate) fn answer(self, command: &str, stdout: &str) -> Self {
        let output = Output { stdout: stdout.into(), ..Output::default() };
        self.answers.borrow_mut().insert(command.to_owned(), output);
        self
    }

    #[allow(dead_code)] // not every test file needs it
    pub(crate) fn refuse(self, command: &str, message: &str) -> Self {
        let output = Output { code: 1, stderr: format!("ERROR {message}\n").into(), ..Output::default() };
        self.answers.borrow_mut().insert(command.to_owned(), output);
        self
    }

    /// The commands so far, but for the log.
    pub(crate) fn calls(&self) -> Vec<String> {
        let calls = self.calls.borrow();
        calls.iter().filter(|call| !call.starts_with("juju-log ")).cloned().collect()
    }

    /// The log's lines.
    pub(crate) fn log(&self) -> String {
        let calls = self.calls.borrow();
        calls.iter().filter(|call| call.starts_with("juju-log ")).cloned().collect::<Vec<_>>().join("\n")
    }

    /// Dispatches an event, such as `hooks/install`, with these variables besides.
    #[allow(dead_code)] // not every test file needs it
    pub(crate) fn dispatch<C: Charm>(&self, path: &str, variables: &[(&str, &str)]) -> Exit {
        self.dispatch_with::<C>(path, variables, &Rc::new(MemoryHome::default()))
    }

    pub(crate) fn dispatch_with<C: Charm>(
        &self,
        path: &str,
        variables: &[(&str, &str)],
        home: &Rc<MemoryHome>,
    ) -> Exit {
        self.calls.borrow_mut().clear();
        let always = [("JUJU_DISPATCH_PATH", path), ("JUJU_UNIT_NAME", "a/0")];
        let host = Host {
            environment: always.into_iter().chain(variables.iter().copied()).collect(),
            transport: Box::new(self.clone()),
            clock: Box::new(Instant::now),
            home: Rc::clone(home) as Rc<_>,
        };
        charm_runtime::dispatch::<C>(host).exit
    }
}

impl Transport for Agent {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let written = format!("{} {}", command.name(), command.arguments().join(" "));
        let written = written.trim_end().to_owned();
        let output = self.answers.borrow().get(&written).cloned().unwrap_or_default();
        self.calls.borrow_mut().push(written);
        Ok(output)
    }
}

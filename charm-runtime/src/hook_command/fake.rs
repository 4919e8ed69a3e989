//! A Juju for unit tests, which answers as it is told and keeps what it was asked.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Instant;

use super::{HookCommand, Output, Transport};
use crate::error::Error;
use crate::juju::Juju;
use crate::log::Log;

/// Answers nothing, well, to what it was told nothing of.
#[derive(Clone, Default)]
pub(crate) struct Fake {
    answers: Rc<RefCell<BTreeMap<String, Output>>>,
    calls: Rc<RefCell<Vec<String>>>,
}

impl Fake {
    /// `command` is answered with this standard output. It is the whole command line, as a shell would have it.
    pub(crate) fn says(self, command: &str, stdout: &str) -> Self {
        let output = Output { code: 0, stdout: stdout.into(), stderr: Vec::new() };
        self.answers.borrow_mut().insert(command.to_owned(), output);
        self
    }

    /// `command` is refused with this line.
    pub(crate) fn refuses(self, command: &str, line: &str) -> Self {
        let output = Output { code: 1, stdout: Vec::new(), stderr: format!("ERROR {line}\n").into() };
        self.answers.borrow_mut().insert(command.to_owned(), output);
        self
    }

    /// What was called: each command line, and after ` < ` its standard input.
    pub(crate) fn calls(&self) -> Vec<String> {
        self.calls.take()
    }

    /// The unit `a/0` in front of this Juju, with these variables besides.
    pub(crate) fn juju(&self, variables: &[(&str, &str)]) -> Juju {
        let environment = [("JUJU_UNIT_NAME", "a/0")].iter().chain(variables).copied().collect();
        Juju::new(environment, Box::new(self.clone()), Box::new(Instant::now), Log::new(false))
    }
}

impl Transport for Fake {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let mut line = command.name().to_owned();
        for argument in command.arguments() {
            line = format!("{line} {argument}");
        }
        let output = self.answers.borrow().get(&line).cloned().unwrap_or_default();
        if let Some(stdin) = command.standard_input() {
            line = format!("{line} < {}", String::from_utf8_lossy(stdin));
        }
        self.calls.borrow_mut().push(line);
        Ok(output)
    }
}

//! A way to Juju for examples and small tests: answers from a script.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::{HookCommand, Output, Transport};
use crate::error::Error;

/// Answers hook commands from a script, one after another, and keeps what was asked.
///
/// When the script has come to its end, every command succeeds and prints nothing. Whole charms are tested with
/// `charm-testing`, which knows what Juju would answer; this is for a look at single commands.
///
/// ```
/// use charm_runtime::hook_command::{is_leader, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer("true");
/// assert!(is_leader(&juju)?);
/// assert_eq!(juju.calls(), [HookCommand::new("is-leader").arg("--format=json")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Scripted {
    answers: RefCell<VecDeque<Output>>,
    calls: RefCell<Vec<HookCommand>>,
}

impl Scripted {
    /// An empty script.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next command succeeds and prints this.
    #[must_use]
    pub fn answer(self, stdout: impl Into<Vec<u8>>) -> Self {
        self.then(Output { code: 0, stdout: stdout.into(), stderr: Vec::new() })
    }

    /// The next command fails with this exit code (1, or 2 for wrong arguments) and this message.
    #[must_use]
    pub fn refuse(self, code: i32, message: &str) -> Self {
        self.then(Output { code, stdout: Vec::new(), stderr: format!("ERROR {message}\n").into_bytes() })
    }

    /// The next command ends so.
    #[must_use]
    pub fn then(self, output: Output) -> Self {
        self.answers.borrow_mut().push_back(output);
        self
    }

    /// The commands so far, arguments and standard input included.
    pub fn calls(&self) -> Vec<HookCommand> {
        self.calls.borrow().clone()
    }
}

impl Transport for Scripted {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        self.calls.borrow_mut().push(command.clone());
        Ok(self.answers.borrow_mut().pop_front().unwrap_or_default())
    }
}

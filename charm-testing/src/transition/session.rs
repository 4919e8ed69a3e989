//! The way from a charm to the model, within the process.

use std::cell::{Cell, RefCell};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use charm_runtime::Error;
use charm_runtime::hook_command::{HookCommand, Output, Transport};

use super::fault::{Faults, When};
use super::status::ShownStatus;
use super::transition::Call;
use crate::hook_command::{self, CallError};
use crate::model::{Exit, Hook, HookContext, Model, REFUSED_COMMIT, UnitName, parse_bool};

/// One run: Juju as the charm finds it, and a record of what they said to each other.
pub(super) struct Session {
    pub(super) model: Model,
    /// None once the hook is over.
    pub(super) context: Option<HookContext>,
    pub(super) calls: Vec<Call>,
    pub(super) unit_statuses: Vec<ShownStatus>,
    pub(super) app_statuses: Vec<ShownStatus>,
    unit: UnitName,
    faults: Faults,
    elapsed: Rc<Cell<Duration>>,
}

impl Session {
    pub(super) fn new(model: Model, context: HookContext, faults: Faults) -> Self {
        let unit = context.unit().clone();
        Self {
            model,
            context: Some(context),
            calls: Vec::new(),
            unit_statuses: Vec::new(),
            app_statuses: Vec::new(),
            unit,
            faults,
            elapsed: Rc::default(),
        }
    }

    /// The clock of this run: it moves only with the calls, as far as the faults say.
    pub(super) fn clock(&self) -> impl Fn() -> Instant + 'static {
        let (start, elapsed) = (Instant::now(), Rc::clone(&self.elapsed));
        move || start + elapsed.get()
    }

    fn answer(&mut self, command: &HookCommand) -> Output {
        let is_log = command.name() == "juju-log";
        let lost = match &self.faults.leadership {
            Some(When::Call(n)) => !is_log && *n == self.calls.len(),
            Some(When::Command(name)) => name == command.name(),
            Some(When::Commit) | None => false,
        };
        if lost {
            self.model.depose(self.unit.application());
        }
        self.elapsed.set(self.elapsed.get() + self.faults.call_time);
        let output = match self.faults.refusals.iter().find(|refusal| refusal.command == command.name()) {
            Some(refusal) => refused(&refusal.stderr),
            None => self.ask(command),
        };
        if !is_log {
            self.calls.push(Call { command: command.clone(), output: output.clone() });
        }
        if command.name() == "status-set" && output.code == 0 {
            self.record_status(command);
        }
        output
    }

    fn ask(&mut self, command: &HookCommand) -> Output {
        // A charm may keep its way to Juju for longer than its hook.
        let view = self.context.as_mut().and_then(|context| self.model.view(context));
        let Some(mut view) = view else { return refused("bad request: the hook is over") };
        let args = command.arguments_with_content();
        let call = hook_command::Call {
            command: command.name(),
            args: &args,
            dir: Path::new("/"),
            stdin: Some(command.standard_input().unwrap_or_default()),
        };
        match hook_command::run(&mut view, &call) {
            Ok(answer) => Output { code: answer.code, stdout: answer.stdout, stderr: answer.stderr },
            Err(error @ (CallError::UnknownCommand(_) | CallError::NeedsStdin)) => {
                refused(&error.to_string())
            }
        }
    }

    fn record_status(&mut self, command: &HookCommand) {
        let flags = command.arguments().iter().take_while(|argument| *argument != "--");
        let of_app = flags.clone().any(|flag| flag == "--application")
            || flags
                .filter_map(|flag| flag.strip_prefix("--application="))
                .any(|value| parse_bool(value) == Some(true));
        if of_app {
            let status = self.model.application_status(self.unit.application());
            self.app_statuses.push(ShownStatus::from(&status));
        } else if let Some(unit) = self.model.unit(&self.unit) {
            self.unit_statuses.push(ShownStatus::from(&unit.workload));
        }
    }

    /// The charm has exited: what goes wrong now, if anything.
    pub(super) fn exited(&mut self) {
        if self.faults.leadership == Some(When::Commit) {
            self.model.depose(self.unit.application());
        }
        if let Some(why) = &self.faults.commit {
            self.model.refuse_commit(&self.unit, why);
        }
    }

    /// Ends the hook, and says why it counts as failed.
    pub(super) fn finish(&mut self, exit: &Exit) -> Option<String> {
        let context = self.context.take()?;
        let hook = context.hook().clone();
        self.model.finish(context, exit);
        match hook {
            Hook::Action { id, .. } => {
                let action = self.model.action(id)?;
                (action.message == REFUSED_COMMIT).then(|| action.message.clone())
            }
            _ => self.model.unit(&self.unit)?.failure.as_ref().map(|failure| failure.cause.clone()),
        }
    }
}

fn refused(stderr: &str) -> Output {
    let stderr = stderr.strip_prefix("ERROR ").unwrap_or(stderr);
    Output { code: 1, stdout: Vec::new(), stderr: format!("ERROR {}\n", stderr.trim_end()).into_bytes() }
}

/// Reaches the model without a process or a socket.
pub(super) struct InProcess(pub(super) Rc<RefCell<Session>>);

impl Transport for InProcess {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        Ok(self.0.borrow_mut().answer(command))
    }
}

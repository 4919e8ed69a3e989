//! The way from a charm to the model, within the process.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::{Error, Finished, Host, Memory, MemoryHome};

use crate::environment::{self, Places};
use crate::hook_command::{self, CallError};
use crate::model::{Exit, Hook, HookContext, Model, REFUSED_COMMIT, UnitName, parse_bool};
use crate::transition::{Call, Faults, Kill, ShownStatus, When};

/// One run: Juju as the charm finds it, and a record of what they said to each other.
pub(crate) struct Session {
    pub(crate) model: Model,
    /// None once the hook is over.
    pub(crate) context: Option<HookContext>,
    pub(crate) calls: Vec<Call>,
    pub(crate) unit_statuses: Vec<ShownStatus>,
    pub(crate) app_statuses: Vec<ShownStatus>,
    /// What has gone wrong because the faults say so, in words: `killed at call 4 secret-add`.
    pub(crate) mishaps: Vec<String>,
    unit: UnitName,
    faults: Faults,
    elapsed: Rc<Cell<Duration>>,
    home: MemoryHome,
    /// What the unit remembered when its process was killed, if it was.
    at_death: Option<Memory>,
}

impl Session {
    pub(crate) fn new(model: Model, context: HookContext, faults: Faults, memory: Memory) -> Self {
        let unit = context.unit().clone();
        Self {
            model,
            context: Some(context),
            calls: Vec::new(),
            unit_statuses: Vec::new(),
            app_statuses: Vec::new(),
            mishaps: Vec::new(),
            unit,
            faults,
            elapsed: Rc::default(),
            home: MemoryHome::new(memory),
            at_death: None,
        }
    }

    /// Runs the charm behind `dispatch`; none if its process was killed.
    ///
    /// A panic that the framework doesn't catch goes on unwinding.
    pub(crate) fn run(session: &Rc<RefCell<Self>>, dispatch: fn(Host) -> Finished) -> Option<Finished> {
        let host = Self::host(session);
        let ended = catch_unwind(AssertUnwindSafe(|| dispatch(host)));
        let commits = matches!(&ended, Ok(finished) if finished.exit == charm_runtime::Exit::Success);
        let is_killed = session.borrow_mut().exited(commits);
        match ended {
            _ if is_killed => None,
            Ok(finished) => Some(finished),
            Err(panic) => resume_unwind(panic),
        }
    }

    fn host(this: &Rc<RefCell<Self>>) -> Host {
        let session = this.borrow();
        let [charm, tools, socket] = places(&session.unit);
        let [charm, tools, socket] = [&charm, &tools, &socket].map(Path::new);
        let places = Places { charm, tools, socket: socket.as_os_str() };
        let variables = match &session.context {
            Some(context) => environment::variables(&session.model, context, &places),
            None => Vec::new(),
        };
        Host {
            environment: variables.into_iter().collect(),
            transport: Box::new(InProcess(Rc::clone(this))),
            clock: Box::new(session.clock()),
            home: Rc::new(session.home.clone()),
        }
    }

    /// What the unit remembers; of a process that was killed nothing that came after its death.
    pub(crate) fn memory(&self) -> Memory {
        self.at_death.clone().unwrap_or_else(|| self.home.memory())
    }

    /// The clock of this run: it moves only with the calls, as far as the faults say.
    fn clock(&self) -> impl Fn() -> Instant + 'static {
        let (start, elapsed) = (Instant::now(), Rc::clone(&self.elapsed));
        move || start + elapsed.get()
    }

    /// None if the process is dead, or dies of this call.
    fn answer(&mut self, command: &HookCommand) -> Option<Output> {
        if self.at_death.is_some() {
            return None;
        }
        let is_log = command.name() == "juju-log";
        let (number, name) = (self.calls.len(), command.name());
        if !is_log && self.faults.kill == Some(Kill::AtCall(number)) {
            self.die(format!("killed at call {number} {name}"));
            return None;
        }
        let lost = match &self.faults.leadership {
            Some(When::Call(n)) => !is_log && *n == number,
            Some(When::Command(command)) => command == name,
            Some(When::Commit) | None => false,
        };
        if lost {
            self.lose_leadership(&format!("at call {number} {name}"));
        }
        self.elapsed.set(self.elapsed.get() + self.faults.call_time);
        let output = match self.refusal(command, number) {
            Some(stderr) => refused(&stderr),
            None => self.ask(command),
        };
        if !is_log && self.faults.kill == Some(Kill::AfterCall(number)) {
            self.die(format!("killed after call {number} {name}"));
            return None;
        }
        if !is_log {
            self.calls.push(Call { command: command.clone(), output: output.clone() });
        }
        if command.name() == "status-set" && output.code == 0 {
            self.record_status(command);
        }
        Some(output)
    }

    fn refusal(&mut self, command: &HookCommand, number: usize) -> Option<String> {
        let name = command.name();
        if name != "juju-log" && self.faults.refused_call == Some(number) {
            self.mishaps.push(format!("call {number} {name} refused"));
            return Some("connection is shut down".to_owned());
        }
        let refusal = self.faults.refusals.iter().find(|refusal| refusal.command == name)?;
        Some(refusal.stderr.clone())
    }

    /// Once is enough: who gets the leadership may lose it to nobody else within one hook.
    fn lose_leadership(&mut self, when: &str) {
        self.faults.leadership = None;
        match self.faults.successor.take() {
            Some(successor) => {
                self.mishaps.push(format!("leadership goes to {successor} {when}"));
                self.model.set_leader(&successor);
            }
            None => {
                self.mishaps.push(format!("leadership is lost {when}"));
                self.model.depose(self.unit.application());
            }
        }
    }

    fn die(&mut self, how: String) {
        self.mishaps.push(how);
        self.at_death = Some(self.home.memory());
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

    /// The charm has exited, and Juju will commit or not: what goes wrong now, if anything. Returns whether it was killed.
    fn exited(&mut self, commits: bool) -> bool {
        if self.at_death.is_some() {
            return true;
        }
        if self.faults.kill == Some(Kill::AtExit) {
            self.die("killed at its exit".to_owned());
            return true;
        }
        if self.faults.leadership == Some(When::Commit) {
            self.lose_leadership("before the commit");
        }
        // A refusal without a commit would strike the next hook.
        if let Some(why) = self.faults.commit.as_ref().filter(|_| commits) {
            self.model.refuse_commit(&self.unit, why);
            self.mishaps.push("commit refused".to_owned());
        }
        false
    }

    /// Ends the hook, and says why it counts as failed.
    pub(crate) fn finish(&mut self, exit: &Exit) -> Option<String> {
        let context = self.context.take()?;
        let hook = context.hook().clone();
        self.model.finish(context, exit);
        self.failure(&hook)
    }

    /// Ends the hook with the death of the unit's agent, which then comes back.
    pub(crate) fn kill_agent(&mut self) -> Option<String> {
        let context = self.context.take()?;
        let hook = context.hook().clone();
        self.model.kill_agent(context);
        self.failure(&hook)
    }

    fn failure(&self, hook: &Hook) -> Option<String> {
        match hook {
            Hook::Action { id, .. } => {
                let action = self.model.action(*id)?;
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

/// Where the charm is told that things are. Nothing is there: a run touches no files.
fn places(unit: &UnitName) -> [String; 3] {
    let tag = unit.tag();
    let charm = format!("/var/lib/juju/agents/{tag}/charm");
    [charm, format!("/var/lib/juju/tools/{tag}"), format!("/var/lib/juju/agents/{tag}/agent.socket")]
}

/// Reaches the model without a process or a socket.
struct InProcess(Rc<RefCell<Session>>);

impl Transport for InProcess {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let answer = self.0.borrow_mut().answer(command);
        match answer {
            Some(output) => Ok(output),
            // A second unwinding on top of the first would take the test's process with it.
            None if std::thread::panicking() => Ok(refused("the process has been killed")),
            // The framework may catch it and go on; then the next call unwinds again.
            None => resume_unwind(Box::new("the process was killed")),
        }
    }
}

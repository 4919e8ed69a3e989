//! One hook, within the test's process.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use charm_runtime::panics;

use super::LocalJuju;
use super::charm::LinkedCharm;
use crate::Faults;
use crate::model::{Exit, Hook, HookContext, Level, Model, UnitName};
use crate::session::Session;
use crate::transition::Call;

/// A hook or an action that has been run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Whose it was.
    pub unit: UnitName,
    /// Which it was.
    pub hook: Hook,
    /// How its process would have ended.
    pub exit: Exit,
    /// What failed, where something did: the event, the handler, the error and its place.
    pub failures: Vec<String>,
    /// Why Juju didn't take what it buffered, although the charm exited with 0.
    pub refused_commit: Option<String>,
    /// The hook commands that were called, in order.
    pub calls: Vec<Call>,
    /// What went wrong because [`Faults`] said so: `killed at call 4 secret-add`.
    pub mishaps: Vec<String>,
}

impl Ran {
    /// Whether the charm exited with 0 and Juju has taken everything.
    pub fn succeeded(&self) -> bool {
        matches!(self.exit, Exit::Code(0) | Exit::Missing) && self.refused_commit.is_none()
    }
}

/// `database/0 runs database-relation-changed (relation 0, webapp/1), killed at call 4 secret-add`
impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} runs {}", self.unit, self.hook.name())?;
        match &self.hook {
            Hook::Relation(hook) => {
                write!(f, " (relation {}, ", hook.relation)?;
                match &hook.remote_unit {
                    Some(unit) => write!(f, "{unit})")?,
                    None => write!(f, "{})", hook.remote_application)?,
                }
            }
            Hook::Secret(hook) if !hook.label.is_empty() => write!(f, " ({})", hook.label)?,
            Hook::Storage(hook) => write!(f, " ({})", hook.storage)?,
            _ => {}
        }
        self.mishaps.iter().try_for_each(|mishap| write!(f, ", {mishap}"))?;
        match (&self.exit, &self.refused_commit) {
            (Exit::Code(0) | Exit::Missing, None) | (Exit::Signal(_), _) => Ok(()),
            (Exit::Code(0), Some(why)) => write!(f, " → {why}"),
            (Exit::Failed(_), _) if !self.mishaps.is_empty() => Ok(()),
            (exit, _) => write!(f, " → {exit}"),
        }
    }
}

/// What becomes of `juju exec`.
const NO_SHELL: &str = "commands need a shell, and a charm within a test has none: `charm_testing::agent` and \
    `cargo charm juju exec` run units as processes";

/// How a hook is run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Circumstances {
    pub(crate) faults: Faults,
    /// The process ends before the charm says its first word.
    pub(crate) crash: bool,
    /// With a process that is killed, its agent dies: the unit comes back in error.
    pub(crate) agent_dies: bool,
    /// A copy of the model is wanted in which the agent has forgotten that the hook has run, and runs it again.
    pub(crate) twice: bool,
}

impl LocalJuju {
    /// Runs the next hook that is due, if there is one.
    pub fn step(&mut self) -> Option<Ran> {
        self.step_with(Faults::new())
    }

    /// Runs the next hook that is due while something goes wrong.
    pub fn step_with(&mut self, faults: Faults) -> Option<Ran> {
        let context = self.model.next()?;
        Some(self.run(context, faults))
    }

    /// Runs the next hook of one unit while something goes wrong; none if the unit has nothing to do, or isn't there.
    /// The others wait.
    ///
    /// Where the order of its hooks is arbitrary, it is the same for the same model.
    pub fn step_of(&mut self, unit: &str, faults: Faults) -> Option<Ran> {
        let context = self.model.next_of(&unit.parse().ok()?, 0)?;
        Some(self.run(context, faults))
    }

    pub(super) fn run(&mut self, context: HookContext, faults: Faults) -> Ran {
        self.run_in(context, Circumstances { faults, ..Circumstances::default() }).0
    }

    /// Runs a hook that has begun, and ends it.
    pub(crate) fn run_in(
        &mut self,
        context: HookContext,
        circumstances: Circumstances,
    ) -> (Ran, Option<Self>) {
        let Circumstances { faults, crash, agent_dies, twice } = circumstances;
        let (unit, hook) = (context.unit().clone(), context.hook().clone());
        if hook != Hook::Stop && self.new_pods.remove(&unit) {
            self.memories.remove(&unit);
        }
        let memory = self.memories.get(&unit).cloned().unwrap_or_default();
        let charm = self.linked(&unit).cloned();
        // The charm's way to Juju lives longer than this borrow could.
        let model = std::mem::replace(&mut self.model, Model::new(0));
        let session = Rc::new(RefCell::new(Session::new(model, context, faults, memory)));
        let mut failures = Vec::new();
        let mut exit = match charm {
            None => Exit::Failed("its charm is not linked: deploy it by its type".to_owned()),
            Some(_) if crash => Exit::Code(1),
            // Of a shell, a test's process has none.
            Some(_) if matches!(hook, Hook::Exec(_)) => Exit::Failed(NO_SHELL.to_owned()),
            Some(charm) => dispatch(&session, &charm, &mut failures),
        };
        let mut session = session.borrow_mut();
        if crash {
            session.mishaps.push("crashed at its start".to_owned());
        }
        if agent_dies && matches!(exit, Exit::Signal(_)) {
            exit = Exit::Failed("its agent died".to_owned());
            session.mishaps.push("its agent died too".to_owned());
        }
        self.memories.insert(unit.clone(), session.memory());
        // A hook that was disturbed may well do more when it is not.
        let twice = twice && exit == Exit::Code(0) && session.mishaps.is_empty();
        let forgotten = twice.then(|| self.forgotten(&session)).flatten();
        let agent_died = matches!(exit, Exit::Failed(_)) && agent_dies;
        let refused = if agent_died { session.kill_agent() } else { session.finish(&exit) };
        let mishaps = std::mem::take(&mut session.mishaps);
        let calls = std::mem::take(&mut session.calls);
        self.model = std::mem::replace(&mut session.model, Model::new(0));
        self.log.extend(self.model.take_log());
        let refused_commit = refused.filter(|_| exit == Exit::Code(0));
        let ran = Ran { unit, hook, exit, failures, refused_commit, calls, mishaps };
        self.note(&ran);
        (ran, forgotten)
    }

    /// The model as it is if the unit's agent dies once Juju has taken what the hook has written: the hook has been run
    /// again.
    fn forgotten(&self, session: &Session) -> Option<Self> {
        let context = session.context.clone()?;
        let (unit, hook) = (context.unit().clone(), context.hook().clone());
        let mut copy = Self { model: session.model.clone(), ..self.clone() };
        let _over = copy.model.commit(context).ok()?;
        let again = copy.model.begin(&unit, hook);
        copy.run(again, Faults::new());
        Some(copy)
    }

    /// Remembers why it failed.
    fn note(&mut self, ran: &Ran) {
        if ran.succeeded() {
            self.failures.remove(&ran.unit);
        } else {
            let why = ran.failures.last().or(ran.refused_commit.as_ref()).cloned();
            self.failures.insert(ran.unit.clone(), why.unwrap_or_else(|| ran.exit.to_string()));
        }
    }

    /// The charm that a unit has on its disk: its hooks run this one.
    pub(super) fn linked(&self, unit: &UnitName) -> Option<&LinkedCharm> {
        let revision = self.model.unit(unit)?.charm_revision();
        let charms = self.charms.get(unit.application())?;
        charms.iter().find(|(of, _)| *of == revision).map(|(_, charm)| charm)
    }
}

/// Runs the charm. A panic is what it is for a process: it fails.
fn dispatch(session: &Rc<RefCell<Session>>, charm: &LinkedCharm, failures: &mut Vec<String>) -> Exit {
    match panics::caught(|| Session::run(session, charm.dispatch)) {
        Ok(Some(finished)) => {
            failures.extend(finished.failures.iter().map(|failure| format!("{failure:#}")));
            Exit::Code(i32::from(finished.exit != charm_runtime::Exit::Success))
        }
        Ok(None) => Exit::Signal(9),
        Err((_, said)) => {
            let mut session = session.borrow_mut();
            if let Some(unit) = session.context.as_ref().map(|context| context.unit().clone()) {
                session.model.log(&unit, Level::Error, "panic", said.clone());
            }
            failures.push(said);
            Exit::Code(1)
        }
    }
}

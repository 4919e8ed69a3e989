//! What came of a run.

use std::fmt;

use charm_runtime::hook_command::{HookCommand, Output};
use charm_runtime::{
    Charm, DeadLetter, Deferred, Endpoint, Exit, Failure, Port, SecretPerRelation, SingleSecret,
};

use super::action::ActionRun;
use super::relation::Related;
use super::secret::{SecretAfter, SecretName};
use super::state::State;
use super::status::ShownStatus;
use super::stop_test;
use crate::model::{Level, Reboot};

/// What came of running a charm with one event.
pub struct Transition<C> {
    /// The state afterwards, to be looked at or run with the next event.
    ///
    /// It has what Juju has taken: everything after exit code 0; after exit code 1, or where Juju refused the commit,
    /// only what Juju takes at once, such as a status.
    pub state: State<C>,
    /// How the charm exited.
    pub exit: Exit,
    /// Whether its process was killed, as [`Faults`](super::Faults) said; the exit is a failure then.
    pub is_killed: bool,
    /// What failed: handlers of deferred events, which were rolled back, and at last what made the charm exit with 1.
    pub failures: Vec<Failure>,
    /// Why Juju didn't take what it buffered, although the charm exited with 0.
    pub refused_commit: Option<String>,
    /// The reboot of its machine that the charm has asked for. Juju kills a charm that wants it now, keeps nothing of
    /// the event and sends it again afterwards.
    pub reboot: Option<Reboot>,
    /// What the charm and the framework have logged, a line each.
    pub log: Vec<LogLine>,
    /// The hook commands that were called, in order; `juju-log` is in `log` instead.
    pub calls: Vec<Call>,
    /// The statuses that were set for the unit, the last one included.
    pub unit_status_history: Vec<ShownStatus>,
    /// The statuses that were set for the application, the last one included.
    pub app_status_history: Vec<ShownStatus>,
    /// What the action answered, if the event was one.
    pub action: Option<ActionRun>,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// How much it matters.
    pub level: Level,
    /// The text.
    pub message: String,
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.level, self.message)
    }
}

/// A hook command that was called, and what it answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    /// The command with its arguments and standard input.
    pub command: HookCommand,
    /// What it answered.
    pub output: Output,
}

impl Call {
    /// The command's name.
    pub fn name(&self) -> &str {
        self.command.name()
    }
}

/// The command, and how it ended; not what was written and read, which may be secret.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.command)?;
        match self.output.code {
            0 => Ok(()),
            code => write!(f, " → {code} {}", String::from_utf8_lossy(&self.output.stderr).trim_end()),
        }
    }
}

impl<C: Charm> Transition<C> {
    /// This, if the charm exited with 0 and Juju has taken everything.
    ///
    /// # Panics
    ///
    /// Panics otherwise, showing the error, the log and the calls.
    #[track_caller]
    #[expect(
        clippy::must_use_candidate,
        clippy::return_self_not_must_use,
        reason = "that it returns says it all"
    )]
    pub fn succeeded(self) -> Self {
        if self.exit == Exit::Success && self.refused_commit.is_none() {
            self
        } else {
            stop_test(&self.to_string())
        }
    }

    /// Why the charm exited with 1: the event, the handler, the error and where in the charm it began.
    ///
    /// # Panics
    ///
    /// Panics if it exited with 0.
    #[track_caller]
    pub fn failed(&self) -> &Failure {
        match self.failure() {
            Some(failure) => failure,
            None => stop_test(&format!("the charm was to fail, and did not: {self}")),
        }
    }

    /// The unit's status afterwards.
    pub fn unit_status(&self) -> &ShownStatus {
        &self.state.unit_status
    }

    /// The application's status afterwards, where a leader has set one.
    pub fn app_status(&self) -> Option<&ShownStatus> {
        self.state.app_status.as_ref()
    }

    /// The ports that are open afterwards, sorted; for which endpoints is in `state.ports`.
    pub fn ports(&self) -> Vec<Port> {
        self.state.ports.ranges().copied().map(Port::from).collect()
    }

    /// The relations of the endpoint `E` afterwards, by id.
    pub fn relations<E: Endpoint>(&self) -> Vec<Related<'_, E>> {
        self.state.relations_at(E::NAME).map(|(id, relation)| Related::new(id, relation)).collect()
    }

    /// The one relation of the endpoint `E` afterwards.
    ///
    /// # Panics
    ///
    /// Panics if there is none, or several.
    #[track_caller]
    pub fn relation<E: Endpoint>(&self) -> Related<'_, E> {
        let mut relations = self.relations();
        match (relations.pop(), relations.len()) {
            (Some(only), 0) => only,
            (last, others) => {
                let count = others + usize::from(last.is_some());
                stop_test(&format!(
                    "the endpoint `{}` has {count} relations, not one: look at `relations`",
                    E::NAME
                ))
            }
        }
    }

    /// A secret afterwards: as it was given to the state, or by its id, URI or label.
    ///
    /// # Panics
    ///
    /// Panics if there is none.
    #[track_caller]
    pub fn secret(&self, secret: impl Into<SecretName>) -> SecretAfter<'_> {
        self.find_secret(&secret.into())
    }

    /// The declared secret `S` afterwards.
    ///
    /// # Panics
    ///
    /// Panics if the charm has not made it.
    #[track_caller]
    pub fn own_secret<S: SingleSecret>(&self) -> SecretAfter<'_, S::Content> {
        self.find_secret(&SecretName::own::<S>()).typed()
    }

    /// The declared secret `S` of the relation with this id afterwards.
    ///
    /// # Panics
    ///
    /// Panics if the charm has not made it.
    #[track_caller]
    pub fn own_secret_of<S: SecretPerRelation>(&self, relation: u32) -> SecretAfter<'_, S::Content> {
        self.find_secret(&SecretName::own_of::<S>(relation)).typed()
    }

    #[track_caller]
    fn find_secret(&self, name: &SecretName) -> SecretAfter<'_> {
        match name.find(&self.state.name, &self.state.secrets) {
            Some(secret) => SecretAfter::new(secret, &self.state.name),
            None => {
                let labels: Vec<&str> =
                    self.state.secrets.values().map(|secret| secret.label.as_str()).collect();
                stop_test(&format!("there is no secret `{name}`; there are {labels:?}"))
            }
        }
    }

    /// The deferred events that wait afterwards, in order.
    ///
    /// # Panics
    ///
    /// Panics if the store can't be read, which only damaged records bring about.
    #[track_caller]
    pub fn deferred(&self) -> Vec<Deferred> {
        self.state.memory.deferred().unwrap_or_else(|error| stop_test(&error.to_string()))
    }

    /// The deferred events that have been given up.
    ///
    /// # Panics
    ///
    /// As [`deferred`](Self::deferred).
    #[track_caller]
    pub fn dead_letters(&self) -> Vec<DeadLetter> {
        self.state.memory.dead_letters().unwrap_or_else(|error| stop_test(&error.to_string()))
    }

    /// Looks at the charm's stored fields as they are afterwards.
    ///
    /// ```
    /// # use charm_runtime::prelude::*;
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A.}")]
    /// # #[derive(Default)]
    /// # pub struct Web {
    /// #     visits: Stored<u32>,
    /// # }
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A.}")]
    /// # impl Web {
    /// #     #[on(update_status)]
    /// #     fn visit(&mut self) -> Result<()> {
    /// #         *self.visits.get_mut()? += 1;
    /// #         Ok(())
    /// #     }
    /// # }
    /// use charm_testing::{State, on};
    ///
    /// let out = State::<Web>::new().stored(|web| web.visits.set(41)).run(on::update_status());
    /// assert_eq!(out.stored(|web| *web.visits.get().unwrap()), 42);
    /// ```
    ///
    /// # Panics
    ///
    /// As `look` does.
    #[track_caller]
    pub fn stored<T>(&self, look: impl FnOnce(&C) -> T) -> T {
        self.state
            .memory
            .read::<C, T>(|charm| Ok(look(charm)))
            .unwrap_or_else(|error| stop_test(&format!("{error:#}")))
    }

    /// The calls of one hook command, in order.
    pub fn calls_of<'t>(&'t self, command: &'t str) -> impl Iterator<Item = &'t HookCommand> {
        self.calls.iter().map(|call| &call.command).filter(move |call| call.name() == command)
    }

    /// Whether a line of the log has this in it.
    pub fn logged(&self, text: &str) -> bool {
        self.log.iter().any(|line| line.message.contains(text))
    }

    /// What the action answered.
    ///
    /// # Panics
    ///
    /// Panics if the event was none.
    #[track_caller]
    pub fn action(&self) -> &ActionRun {
        self.action.as_ref().unwrap_or_else(|| stop_test("the event was no action"))
    }
}

impl<C> Transition<C> {
    fn failure(&self) -> Option<&Failure> {
        self.failures.last().filter(|_| self.exit == Exit::Failure)
    }
}

/// How it ended, the log, and the calls: what a failed test wants to see.
impl<C> fmt::Display for Transition<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.failure(), &self.refused_commit) {
            _ if self.is_killed => f.write_str("the charm was killed")?,
            (Some(failure), _) => write!(f, "the charm exited with 1: {failure:#}")?,
            (None, Some(why)) => write!(f, "the charm exited with 0, and Juju took nothing: {why}")?,
            (None, None) => f.write_str("the charm exited with 0")?,
        }
        write!(f, "\nunit status: {}", self.state.unit_status)?;
        self.log.iter().try_for_each(|line| write!(f, "\nlog: {line}"))?;
        self.calls.iter().try_for_each(|call| write!(f, "\ncall: {call}"))
    }
}

// By hand: a derive would ask it of the charm's type too.
impl<C> fmt::Debug for Transition<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transition")
            .field("exit", &self.exit)
            .field("is_killed", &self.is_killed)
            .field("failures", &self.failures)
            .field("refused_commit", &self.refused_commit)
            .field("reboot", &self.reboot)
            .field("log", &self.log)
            .field("calls", &self.calls)
            .field("unit_status_history", &self.unit_status_history)
            .field("app_status_history", &self.app_status_history)
            .field("action", &self.action)
            .field("state", &self.state)
            .finish()
    }
}

impl<C> PartialEq for Transition<C> {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
            && self.exit == other.exit
            && self.is_killed == other.is_killed
            && said(&self.failures) == said(&other.failures)
            && self.refused_commit == other.refused_commit
            && self.reboot == other.reboot
            && self.log == other.log
            && self.calls == other.calls
            && self.unit_status_history == other.unit_status_history
            && self.app_status_history == other.app_status_history
            && self.action == other.action
    }
}

/// Errors compare by what they say.
fn said(failures: &[Failure]) -> Vec<String> {
    failures.iter().map(|failure| format!("{failure:#}")).collect()
}

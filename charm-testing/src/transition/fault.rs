//! What goes wrong during a run because its author says so.

use std::time::Duration;

use crate::model::UnitName;

/// What goes wrong during one run.
///
/// ```
/// # use charm_runtime::prelude::*;
/// # #[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}}")]
/// # #[derive(Default)]
/// # pub struct Web {}
/// # #[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}}")]
/// # impl Web {
/// #     #[on(config_changed)]
/// #     fn tell(&mut self, peers: Relations<endpoint::Peers>, leader: Option<Leader>) -> Result<()> {
/// #         if let Some(leader) = leader {
/// #             peers.iter().next().unwrap().local_app(&leader).insert("told", "yes")?;
/// #         }
/// #         Ok(())
/// #     }
/// # }
/// use charm_testing::{Faults, State, on};
///
/// let state = State::<Web>::new().leader(true);
/// let lost = state.run_with(on::config_changed(), Faults::new().lose_leadership_before("relation-set"));
/// assert_eq!(lost.exit, charm_runtime::Exit::Failure);
/// assert!(!lost.state.leader);
/// lost.state.run(on::config_changed()).succeeded();
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use]
pub struct Faults {
    pub(crate) refusals: Vec<Refusal>,
    /// The call that is refused as if the controller were out of reach.
    pub(crate) refused_call: Option<usize>,
    pub(crate) leadership: Option<When>,
    /// Who gets the leadership that is lost; nobody otherwise.
    pub(crate) successor: Option<UnitName>,
    pub(crate) commit: Option<String>,
    pub(crate) kill: Option<Kill>,
    pub(crate) call_time: Duration,
}

/// A hook command that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) command: String,
    pub(crate) stderr: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum When {
    Call(usize),
    Command(String),
    Commit,
}

/// When the charm's process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kill {
    /// Before the call is made.
    AtCall(usize),
    /// When Juju has done what the call says, and before the charm learns of it.
    AfterCall(usize),
    /// When all is done but the exit.
    AtExit,
}

impl Faults {
    /// Nothing goes wrong yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every call of a hook command is refused with exit code 1 and this on stderr, such as `permission denied`;
    /// Juju's `ERROR ` before it may be left out.
    pub fn refuse(mut self, command: impl Into<String>, stderr: impl Into<String>) -> Self {
        self.refusals.push(Refusal { command: command.into(), stderr: stderr.into() });
        self
    }

    /// Leadership is lost just before the first call of a hook command, such as `relation-set`.
    pub fn lose_leadership_before(mut self, command: impl Into<String>) -> Self {
        self.leadership = Some(When::Command(command.into()));
        self
    }

    /// Leadership is lost just before the `n`th hook command is answered; the first is 0. Log lines don't count.
    pub fn lose_leadership_at_call(mut self, n: usize) -> Self {
        self.leadership = Some(When::Call(n));
        self
    }

    /// Leadership is lost when the charm has exited: Juju refuses what was written for the application, and with it
    /// everything else that it buffered.
    pub fn lose_leadership_before_commit(mut self) -> Self {
        self.leadership = Some(When::Commit);
        self
    }

    /// Juju doesn't take what it buffered although the charm exited with 0: it may be out of reach. As Juju 3 publishes
    /// secrets before the rest, those stay; in Juju 4 they don't.
    pub fn refuse_commit(mut self, why: impl Into<String>) -> Self {
        self.commit = Some(why.into());
        self
    }

    /// The `n`th hook command is refused, as when Juju's controller is out of reach; the first is 0. Log lines don't
    /// count.
    pub fn refuse_call(mut self, n: usize) -> Self {
        self.refused_call = Some(n);
        self
    }

    /// The charm's process is killed when it is about to call its `n`th hook command; the first is 0. Log lines don't
    /// count.
    ///
    /// Within the test's process a kill is an unwinding that every later call repeats; what the unit remembers is what
    /// was committed by then. Juju keeps what it had done at once, and runs the hook again.
    pub fn kill_at_call(mut self, n: usize) -> Self {
        self.kill = Some(Kill::AtCall(n));
        self
    }

    /// The charm's process is killed when Juju has done what the `n`th hook command says, and before the charm learns
    /// of it; otherwise as [`kill_at_call`](Self::kill_at_call).
    pub fn kill_after_call(mut self, n: usize) -> Self {
        self.kill = Some(Kill::AfterCall(n));
        self
    }

    /// The charm's process is killed when it has done everything, and before Juju learns that it exited with 0.
    pub fn kill_at_exit(mut self) -> Self {
        self.kill = Some(Kill::AtExit);
        self
    }

    /// Who loses leadership loses it to this unit.
    pub(crate) fn successor(mut self, unit: Option<UnitName>) -> Self {
        self.successor = unit;
        self
    }

    /// Every hook command takes as long, by the clock that the charm is given. An answer about leadership counts for
    /// 20 s when application data is sent, and for 30 s otherwise.
    pub fn calls_take(mut self, time: Duration) -> Self {
        self.call_time = time;
        self
    }
}

//! What goes wrong in a hook.

use std::fmt;
use std::str::FromStr;

use crate::Faults;
use crate::local::Circumstances;

/// The kinds of things that may go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The charm's process ends with exit code 1 before its first word.
    Crash,
    /// One hook command is refused, as when Juju's controller is out of reach.
    Refusal,
    /// The charm's process is killed: before a hook command, when Juju has done what it says, or at its exit. Juju runs
    /// the hook again.
    Kill,
    /// The same, and the unit's agent dies with it: the unit comes back in error.
    AgentDeath,
    /// Juju doesn't take what it buffered, although the charm exited with 0.
    Commit,
    /// Leadership goes to another unit, during a hook or between two.
    Leadership,
}

impl FaultKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Crash, Self::Refusal, Self::Kill, Self::AgentDeath, Self::Commit, Self::Leadership];
}

/// What goes wrong in one hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Crash,
    Refusal(usize),
    Kill { when: When, agent_dies: bool },
    Commit,
    Leadership(usize),
}

/// When a process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Before(usize),
    After(usize),
    Exit,
}

impl Fault {
    pub(super) fn circumstances(self) -> Circumstances {
        let faults = Faults::new();
        let faults = match self {
            Self::Crash => faults,
            Self::Refusal(n) => faults.refuse_call(n),
            Self::Kill { when: When::Before(n), .. } => faults.kill_at_call(n),
            Self::Kill { when: When::After(n), .. } => faults.kill_after_call(n),
            Self::Kill { when: When::Exit, .. } => faults.kill_at_exit(),
            Self::Commit => faults.refuse_commit("the controller is out of reach"),
            Self::Leadership(n) => faults.lose_leadership_at_call(n),
        };
        let agent_dies = matches!(self, Self::Kill { agent_dies: true, .. });
        Circumstances { faults, crash: self == Self::Crash, agent_dies, twice: false }
    }
}

/// As the text of a replay has it: `crash`, `refuse4`, `kill4`, `kill4+`, `kill`, `kill4x`, `commit`, `lead4`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crash => f.write_str("crash"),
            Self::Refusal(n) => write!(f, "refuse{n}"),
            Self::Kill { when, agent_dies } => {
                match when {
                    When::Before(n) => write!(f, "kill{n}"),
                    When::After(n) => write!(f, "kill{n}+"),
                    When::Exit => f.write_str("kill"),
                }?;
                f.write_str(if *agent_dies { "x" } else { "" })
            }
            Self::Commit => f.write_str("commit"),
            Self::Leadership(n) => write!(f, "lead{n}"),
        }
    }
}

impl FromStr for Fault {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |digits: &str| digits.parse().map_err(drop);
        match text {
            "crash" => return Ok(Self::Crash),
            "commit" => return Ok(Self::Commit),
            _ => {}
        }
        if let Some(n) = text.strip_prefix("refuse") {
            return Ok(Self::Refusal(number(n)?));
        }
        if let Some(n) = text.strip_prefix("lead") {
            return Ok(Self::Leadership(number(n)?));
        }
        let when = text.strip_prefix("kill").ok_or(())?;
        let (when, agent_dies) = when.strip_suffix('x').map_or((when, false), |when| (when, true));
        let when = match when.strip_suffix('+') {
            Some(n) => When::After(number(n)?),
            None if when.is_empty() => When::Exit,
            None => When::Before(number(when)?),
        };
        Ok(Self::Kill { when, agent_dies })
    }
}

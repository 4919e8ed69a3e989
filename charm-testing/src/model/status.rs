//! The statuses of units and applications.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::View;
use super::clock::Moment;
use super::error::Refusal;
use super::name::UnitName;

/// What a unit or an application is up to. The first four a charm can set, the others only Juju.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StatusKind {
    /// Nothing is known: the charm never set a status.
    Unknown,
    /// The unit's charm has been removed.
    Terminated,
    /// All is well.
    Active,
    /// It waits for another application.
    Waiting,
    /// It is busy with itself.
    Maintenance,
    /// It waits for the operator.
    Blocked,
    /// A hook failed.
    Error,
}

impl StatusKind {
    /// The kinds that a charm may set, in the order in which Juju lists them.
    pub const SETTABLE: [Self; 4] = [Self::Maintenance, Self::Blocked, Self::Waiting, Self::Active];

    /// The status of that name, if a charm may set it.
    pub fn settable(name: &str) -> Option<Self> {
        Self::SETTABLE.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The word for it in Juju.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Terminated => "terminated",
            Self::Active => "active",
            Self::Waiting => "waiting",
            Self::Maintenance => "maintenance",
            Self::Blocked => "blocked",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for StatusKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A status with its message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The kind.
    pub kind: StatusKind,
    /// What an operator should know; often empty.
    pub message: String,
    /// Since when.
    pub since: Moment,
}

impl Status {
    pub(crate) fn new(kind: StatusKind, message: impl Into<String>, since: Moment) -> Self {
        Self { kind, message: message.into(), since }
    }
}

/// What the agent of a unit does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AgentStatus {
    /// It has not run a hook yet.
    Allocating,
    /// It runs a hook or an action.
    Executing,
    /// It has nothing to do.
    Idle,
    /// A hook failed and is to be retried or resolved.
    Error,
    /// It has not been heard of for a while.
    Lost,
}

impl fmt::Display for AgentStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Allocating => "allocating",
            Self::Executing => "executing",
            Self::Lost => "lost",
            // `juju status` shows the error as the unit's workload status, beside an idle agent.
            Self::Idle | Self::Error => "idle",
        })
    }
}

/// The status of an application: its leader's, or else the gravest of its units'.
pub(crate) fn of_application<'a>(
    set: Option<&'a Status>,
    units: impl Iterator<Item = &'a Status>,
    now: Moment,
) -> Status {
    if let Some(set) = set {
        return set.clone();
    }
    // `max_by_key` would take the last of equals, and a reader expects the first unit's message.
    let gravest = units.fold(None::<&Status>, |gravest, status| match gravest {
        Some(gravest) if gravest.kind >= status.kind => Some(gravest),
        _ => Some(status),
    });
    gravest.cloned().unwrap_or_else(|| Status::new(StatusKind::Unknown, "", now))
}

impl View<'_> {
    /// Sets the unit's status. At once: it stays if the hook fails.
    pub fn set_status(&mut self, kind: StatusKind, message: &str) {
        let status = Status::new(kind, message, self.model.now());
        let unit = self.unit_mut();
        unit.workload = status;
        unit.status_set = true;
        self.note_own();
    }

    /// Sets the application's status, at once.
    pub fn set_application_status(&mut self, kind: StatusKind, message: &str) -> Result<(), Refusal> {
        if !self.is_leader() {
            return Err(Refusal::NotLeader);
        }
        let status = Status::new(kind, message, self.model.now());
        self.application_mut().status = Some(status);
        self.note_own();
        Ok(())
    }

    /// The unit's status as it was when this hook first asked for it: Juju reads it once per hook, and a status set
    /// since then doesn't show.
    pub fn status(&mut self) -> Status {
        let current = self.unit().workload.clone();
        self.context.status.get_or_insert(current).clone()
    }

    /// The application's status and those of its units.
    pub fn application_status(&mut self) -> Result<(Status, Vec<(UnitName, Status)>), Refusal> {
        if !self.is_leader() {
            return Err(Refusal::NotLeader);
        }
        let application = self.context.unit().application().to_owned();
        let units = self
            .model
            .units_of(&application)
            .map(|unit| (unit.name.clone(), unit.workload.clone()))
            .collect();
        Ok((self.model.application_status(&application), units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_application_shows_what_is_gravest() {
        let now = Moment::default();
        let status = |kind, message: &str| Status::new(kind, message, now);
        let units = [
            status(StatusKind::Active, ""),
            status(StatusKind::Blocked, "first"),
            status(StatusKind::Waiting, ""),
            status(StatusKind::Blocked, "second"),
        ];
        assert_eq!(of_application(None, units.iter(), now), units[1]);
        assert_eq!(of_application(Some(&units[0]), units.iter(), now), units[0]);
        assert_eq!(of_application(None, [].iter(), now).kind, StatusKind::Unknown);
    }
}

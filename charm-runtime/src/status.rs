//! The status of a unit or an application, as a charm sets it.

use std::cell::{Cell, RefCell};
use std::fmt;

use crate::error::Error;
use crate::halt::halted;
use crate::hook_command::{argument, status_get, status_get_app, status_set, ShownStatus, StatusOf};
use crate::juju::{Juju, OwnWay};
use crate::Result;

/// A status that a charm can set.
///
/// When several are found in one dispatch the most urgent is shown: blocked, then maintenance, waiting, active;
/// among equals the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    kind: Kind,
    message: String,
}

/// Most urgent last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Active,
    Waiting,
    Maintenance,
    Blocked,
}

impl Status {
    /// It works. The message may be empty, and usually is.
    pub fn active(message: impl Into<String>) -> Self {
        Self::new(Kind::Active, &message.into())
    }

    /// It waits for something that comes by itself, such as a related application.
    pub fn waiting(message: impl Into<String>) -> Self {
        Self::new(Kind::Waiting, &message.into())
    }

    /// It is busy with something that takes a while.
    pub fn maintenance(message: impl Into<String>) -> Self {
        Self::new(Kind::Maintenance, &message.into())
    }

    /// Somebody must do something: the message says what.
    pub fn blocked(message: impl Into<String>) -> Self {
        Self::new(Kind::Blocked, &message.into())
    }

    /// Messages are arguments of a command: NUL is replaced, and what is over 8000 bytes is cut.
    fn new(kind: Kind, message: &str) -> Self {
        Self { kind, message: argument(message, 8000) }
    }

    /// Juju's word for it: `active`, `waiting`, `maintenance` or `blocked`.
    pub fn name(&self) -> &'static str {
        match self.kind {
            Kind::Active => "active",
            Kind::Waiting => "waiting",
            Kind::Maintenance => "maintenance",
            Kind::Blocked => "blocked",
        }
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn parse(name: &str, message: String) -> Option<Self> {
        let kind = match name {
            "active" => Kind::Active,
            "waiting" => Kind::Waiting,
            "maintenance" => Kind::Maintenance,
            "blocked" => Kind::Blocked,
            _ => return None,
        };
        Some(Self { kind, message })
    }

    fn shown(&self) -> ShownStatus {
        ShownStatus { name: self.name().to_owned(), message: self.message.clone(), ..ShownStatus::default() }
    }

    /// The most urgent, and among equals the first.
    pub(crate) fn most_urgent(statuses: Vec<Self>) -> Option<Self> {
        statuses.into_iter().reduce(|best, next| if next.kind > best.kind { next } else { best })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if !self.message.is_empty() {
            write!(f, ": {}", self.message)?;
        }
        Ok(())
    }
}

/// What a `#[status]` method returns: a [`Status`], an `Option` of one, or a `Result` of either.
///
/// A [`Halt`](crate::Halt) that comes out by `?` is the status; any other error fails the dispatch.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a `#[status]` method returns",
    label = "expected `Status`, `Option<Status>`, or a `Result` of one of them"
)]
pub trait IntoStatus {
    /// The status found, if any.
    fn into_status(self) -> Result<Option<Status>>;
}

#[diagnostic::do_not_recommend]
impl IntoStatus for Status {
    fn into_status(self) -> Result<Option<Status>> {
        Ok(Some(self))
    }
}

#[diagnostic::do_not_recommend]
impl IntoStatus for Option<Status> {
    fn into_status(self) -> Result<Option<Status>> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<S: IntoStatus, E: Into<anyhow::Error>> IntoStatus for Result<S, E> {
    fn into_status(self) -> Result<Option<Status>> {
        match self {
            Ok(status) => status.into_status(),
            Err(error) => {
                let error = error.into();
                match halted(&error) {
                    Some(halt) => Ok(Some(halt.status())),
                    None => Err(error),
                }
            }
        }
    }
}

/// What this dispatch has set by itself: Juju's own answer doesn't show it until the next hook.
#[derive(Default)]
pub(crate) struct Kept {
    unit: RefCell<Option<Status>>,
    /// The charm has set one by a command of its own: what Juju says may be older.
    is_unknown: Cell<bool>,
}

impl Juju {
    #[track_caller]
    pub(crate) fn set_status(&self, of: StatusOf, status: &Status) -> Result<(), Error> {
        match status_set(&OwnWay(self), of, status) {
            Ok(()) => {}
            Err(error) => return Err(error.here()),
        }
        if of == StatusOf::Unit {
            *self.0.status.unit.borrow_mut() = Some(status.clone());
            self.0.status.is_unknown.set(false);
        }
        Ok(())
    }

    pub(crate) fn forget_status(&self) {
        *self.0.status.unit.borrow_mut() = None;
        self.0.status.is_unknown.set(true);
    }

    /// The unit's status, own settings of this dispatch included.
    #[track_caller]
    pub(crate) fn unit_status(&self) -> Result<ShownStatus, Error> {
        if let Some(status) = &*self.0.status.unit.borrow() {
            return Ok(status.shown());
        }
        status_get(self)
    }

    /// The status as it stands, own settings of this dispatch included; `None` for one that no charm can set, or that
    /// isn't known.
    #[track_caller]
    pub(crate) fn status(&self, of: StatusOf) -> Result<Option<Status>, Error> {
        Ok(match of {
            StatusOf::Unit if self.0.status.is_unknown.get() => None,
            StatusOf::Unit => self.unit_status()?.as_status(),
            StatusOf::App => status_get_app(self)?.status.as_status(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_wins_and_the_first_among_equals() {
        let found = vec![
            Status::active("a"),
            Status::waiting("w"),
            Status::blocked("first"),
            Status::maintenance("m"),
            Status::blocked("second"),
        ];
        assert_eq!(Status::most_urgent(found), Some(Status::blocked("first")));
        assert_eq!(
            Status::most_urgent(vec![Status::waiting("w"), Status::maintenance("m")]).unwrap().name(),
            "maintenance"
        );
        assert_eq!(Status::most_urgent(vec![]), None);
    }
}

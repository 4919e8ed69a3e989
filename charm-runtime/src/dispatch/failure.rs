//! What failed in a dispatch, and where.

use std::fmt;
use std::panic::Location;

use crate::error::{location, logged, told};

/// What failed in a dispatch: the event, whose handler it was, and why.
///
/// `{failure}` is one line for whoever runs the model; `{failure:#}` is what the log has: the chain of sources, hook
/// commands with their arguments, and where in the charm it began.
#[derive(Debug)]
pub struct Failure {
    event: String,
    is_deferred: bool,
    error: anyhow::Error,
}

impl Failure {
    /// Of the event that Juju sent.
    pub(super) fn new(event: &str, error: anyhow::Error) -> Self {
        Self { event: event.to_owned(), is_deferred: false, error }
    }

    /// Of a deferred event, whose attempt is part of the error.
    pub(super) fn of_deferred(event: &str, error: anyhow::Error) -> Self {
        Self { event: event.to_owned(), is_deferred: true, error }
    }

    /// The event or the action, by Juju's name: `db-relation-changed`.
    pub fn event(&self) -> &str {
        &self.event
    }

    /// Whether it was an event that had been deferred: that one comes again, and the dispatch went on.
    pub fn is_deferred(&self) -> bool {
        self.is_deferred
    }

    /// The method that failed; none where it was the runtime's own work, such as sending what was staged.
    pub fn handler(&self) -> Option<&'static str> {
        self.error.downcast_ref().map(|method: &InMethod| method.id)
    }

    /// Whether the method panicked, instead of returning an error.
    pub fn is_panic(&self) -> bool {
        self.error.chain().any(<dyn std::error::Error>::is::<Panicked>)
    }

    /// Why.
    pub fn error(&self) -> &anyhow::Error {
        &self.error
    }

    /// The line of the charm on which the failing call of the runtime stands; none for the charm's own errors.
    pub fn location(&self) -> Option<&'static Location<'static>> {
        location(&self.error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (deferred, separator) = if self.is_deferred { ("deferred ", ", ") } else { ("", ": ") };
        write!(f, "{deferred}{}{separator}", self.event)?;
        f.write_str(&if f.alternate() { logged(&self.error) } else { told(&self.error) })
    }
}

/// The method in which an error arose: the outermost but one context of it.
#[derive(Debug)]
pub(super) struct InMethod {
    pub(super) what: &'static str,
    pub(super) id: &'static str,
}

impl InMethod {
    pub(super) fn handler(id: &'static str) -> Self {
        Self { what: "handler", id }
    }
}

impl fmt::Display for InMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.what, self.id)
    }
}

/// A panic, as the error that is made of it.
#[derive(Debug)]
pub(super) struct Panicked(pub(super) String);

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Panicked {}

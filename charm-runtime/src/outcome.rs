//! What a handler returns.

use crate::event::Deferrable;
use crate::Result;

/// How a handler ended: done, or the event is to come again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "an outcome counts only when the handler returns it"]
pub struct Outcome {
    deferred: Option<String>,
}

impl Outcome {
    /// The event has been handled.
    pub const fn done() -> Self {
        Self { deferred: None }
    }

    /// The event is kept and comes to this handler again, before the next event; what the handler did is kept too.
    ///
    /// The reason is for people: it stands in the log and in `./dispatch queue`.
    pub fn defer(reason: impl Into<String>) -> Self {
        Self { deferred: Some(reason.into()) }
    }

    /// The reason, where the event was deferred.
    pub fn deferred(&self) -> Option<&str> {
        self.deferred.as_deref()
    }
}

/// What a handler of the event `Ev` may return: `()` or [`Outcome`], or a `Result` of either.
///
/// [`Outcome`] is only for events that can wait: see [`Deferrable`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a handler returns",
    label = "expected `()`, `Result<()>`, `Outcome` or `Result<Outcome>`"
)]
pub trait Return<Ev> {
    /// The outcome.
    fn into_outcome(self) -> Result<Outcome>;
}

#[diagnostic::do_not_recommend]
impl<Ev> Return<Ev> for () {
    fn into_outcome(self) -> Result<Outcome> {
        Ok(Outcome::done())
    }
}

impl<Ev: Deferrable> Return<Ev> for Outcome {
    fn into_outcome(self) -> Result<Outcome> {
        Ok(self)
    }
}

impl<Ev, T: Return<Ev>, E: Into<anyhow::Error>> Return<Ev> for Result<T, E> {
    fn into_outcome(self) -> Result<Outcome> {
        self.map_err(Into::into)?.into_outcome()
    }
}

//! What a handler returns.

use crate::action_result::{ActionResults, Results};
use crate::event::marker::SeveralActions;
use crate::event::{Action, ActionName, Deferrable};
use crate::juju::Juju;
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

/// What a handler of the event `Ev` may return: `()`, [`Outcome`] or, of an action, its results; or a `Result` of one of
/// them.
///
/// [`Outcome`] is only for events that can wait: see [`Deferrable`]. Results are a type that implements
/// [`ActionResults`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a handler returns",
    label = "expected `()`, `Result<()>`, `Outcome` or `Result<Outcome>`",
    note = "the handler of an action, and no other, may return its results: a struct with `#[derive(ActionResults)]`"
)]
pub trait Return<Ev> {
    /// The outcome; results are handed on to Juju's answer.
    #[track_caller]
    fn into_outcome(self, juju: &Juju) -> Result<Outcome>;
}

#[diagnostic::do_not_recommend]
impl<Ev> Return<Ev> for () {
    fn into_outcome(self, _: &Juju) -> Result<Outcome> {
        Ok(Outcome::done())
    }
}

impl<Ev: Deferrable> Return<Ev> for Outcome {
    fn into_outcome(self, _: &Juju) -> Result<Outcome> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<A: ActionName, T: ActionResults> Return<Action<A>> for T {
    #[track_caller]
    fn into_outcome(self, juju: &Juju) -> Result<Outcome> {
        self.report(&Results::new(juju))?;
        Ok(Outcome::done())
    }
}

#[diagnostic::do_not_recommend]
impl<T: ActionResults> Return<SeveralActions> for T {
    #[track_caller]
    fn into_outcome(self, juju: &Juju) -> Result<Outcome> {
        self.report(&Results::new(juju))?;
        Ok(Outcome::done())
    }
}

impl<Ev, T: Return<Ev>, E: Into<anyhow::Error>> Return<Ev> for Result<T, E> {
    #[track_caller]
    fn into_outcome(self, juju: &Juju) -> Result<Outcome> {
        self.map_err(Into::into)?.into_outcome(juju)
    }
}

//! What must hold.

use std::fmt::Display;

use charm_runtime::panics;

use crate::local::LocalJuju;

/// What a closure that looks at a model may return: whether all is well, or a result that says what isn't; or nothing,
/// as one that asserts.
///
/// What is said is shown with the finding. Of a `bool` there is nothing to say beyond the invariant's name.
pub trait Verdict {
    /// As a result: what is wrong.
    fn into_result(self) -> Result<(), String>;
}

impl Verdict for () {
    fn into_result(self) -> Result<(), String> {
        Ok(())
    }
}

impl Verdict for bool {
    fn into_result(self) -> Result<(), String> {
        if self { Ok(()) } else { Err(String::new()) }
    }
}

impl<E: Display> Verdict for Result<(), E> {
    fn into_result(self) -> Result<(), String> {
        self.map_err(|error| error.to_string())
    }
}

type Holds<'a> = Box<dyn Fn(&LocalJuju) -> Result<(), String> + 'a>;

/// A property of a model, and its name.
pub(super) struct Invariant<'a> {
    pub(super) name: String,
    holds: Holds<'a>,
}

impl<'a> Invariant<'a> {
    pub(super) fn new<V: Verdict>(name: &str, holds: impl Fn(&LocalJuju) -> V + 'a) -> Self {
        Self { name: name.to_owned(), holds: Box::new(move |juju| holds(juju).into_result()) }
    }

    /// What is wrong, if anything is; a panic says so too.
    pub(super) fn broken(&self, juju: &LocalJuju) -> Option<String> {
        match panics::caught(|| (self.holds)(juju)) {
            Ok(verdict) => verdict.err(),
            Err((_, said)) => Some(said),
        }
    }
}

/// What is expected of every model, unless [`Explore::without`](super::Explore::without) says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// Left alone, it comes to rest.
    Rest,
    /// At rest, no unit is in error: what has failed succeeds when it is tried again undisturbed.
    NoError,
    /// No deferred event is given up.
    NoDeadLetters,
}

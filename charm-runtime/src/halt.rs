//! Ending a handler early without failing the dispatch.

use std::fmt;

use crate::error::Error;
use crate::log;
use crate::status::Status;

/// Ends a handler: everything it did so far is kept, this status is shown, the dispatch goes on and exits 0.
///
/// It travels as an error, so `?` works, and is found in the whole chain: `.context(..)` never hides it. In an
/// action it fails the action instead.
///
/// ```
/// # use charm_runtime::prelude::*;
/// fn check(release: &str) -> Result<()> {
///     ensure!(release != "jammy", Halt::blocked("deploy on another base: jammy is too old"));
///     Ok(())
/// }
/// # assert!(check("noble").is_ok() && check("jammy").unwrap_err().is::<Halt>());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Halt {
    /// Somebody must do something: the message says what.
    Blocked(String),
    /// Something comes by itself.
    Waiting(String),
    /// Busy.
    Maintenance(String),
}

impl Halt {
    /// Somebody must do something: the message says what.
    pub fn blocked(message: impl Into<String>) -> Self {
        Self::Blocked(message.into())
    }

    /// Something comes by itself.
    pub fn waiting(message: impl Into<String>) -> Self {
        Self::Waiting(message.into())
    }

    /// Busy.
    pub fn maintenance(message: impl Into<String>) -> Self {
        Self::Maintenance(message.into())
    }

    /// The status that it shows.
    pub fn status(&self) -> Status {
        match self {
            Self::Blocked(message) => Status::blocked(message),
            Self::Waiting(message) => Status::waiting(message),
            Self::Maintenance(message) => Status::maintenance(message),
        }
    }
}

impl fmt::Display for Halt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.status().fmt(f)
    }
}

impl std::error::Error for Halt {}

/// Turns what is missing into a [`Halt`], for `?`.
///
/// On a `Result` the error is what the operator reads in the log; the message is what `juju status` shows.
pub trait OrHalt<T> {
    /// The value, or blocked: somebody must do what the message says.
    fn or_blocked(self, message: impl Into<String>) -> Result<T, Halt>;
    /// The value, or waiting for what comes by itself.
    fn or_waiting(self, message: impl Into<String>) -> Result<T, Halt>;
}

impl<T> OrHalt<T> for Option<T> {
    fn or_blocked(self, message: impl Into<String>) -> Result<T, Halt> {
        self.ok_or_else(|| Halt::blocked(message))
    }

    fn or_waiting(self, message: impl Into<String>) -> Result<T, Halt> {
        self.ok_or_else(|| Halt::waiting(message))
    }
}

impl<T, E: fmt::Display> OrHalt<T> for Result<T, E> {
    fn or_blocked(self, message: impl Into<String>) -> Result<T, Halt> {
        self.map_err(|error| {
            let message = message.into();
            log::info(format_args!("{message}: {error:#}"));
            Halt::Blocked(message)
        })
    }

    fn or_waiting(self, message: impl Into<String>) -> Result<T, Halt> {
        self.map_err(|error| {
            let message = message.into();
            log::info(format_args!("{message}: {error:#}"));
            Halt::Waiting(message)
        })
    }
}

/// The halt in an error's chain, wherever it stands; or that of an error of the runtime's that has one.
pub(crate) fn halted(error: &anyhow::Error) -> Option<&Halt> {
    find(error)
        .or_else(|| error.downcast_ref().and_then(Error::halt))
        .or_else(|| error.chain().find_map(|cause| cause.downcast_ref().and_then(Error::halt)))
}

/// An error of this type, wherever it stands: given as context, which only anyhow sees through, as a source, or in an
/// error that went through a function with the runtime's own error type.
pub(crate) fn find<E: std::error::Error + Send + Sync + 'static>(error: &anyhow::Error) -> Option<&E> {
    error.downcast_ref().or_else(|| {
        error.chain().find_map(|cause| {
            cause.downcast_ref().or_else(|| find(cause.downcast_ref::<Error>()?.wrapped()?))
        })
    })
}

/// Fails the running action with a message, and the process exits 0: Juju never retries an action.
///
/// What the handler stored and staged is rolled back, unless [`ActionFailed::keeping`] says otherwise; its
/// results and log lines are reported. Outside an action it is an ordinary error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionFailed {
    message: String,
    keeps: bool,
}

impl ActionFailed {
    /// Fails the action; nothing of the handler is kept.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), keeps: false }
    }

    /// Fails the action, and keeps what the handler stored and staged.
    pub fn keeping(message: impl Into<String>) -> Self {
        Self { message: message.into(), keeps: true }
    }

    pub(crate) fn keeps(&self) -> bool {
        self.keeps
    }
}

impl fmt::Display for ActionFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ActionFailed {}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn context_never_hides_a_halt() {
        fn handler() -> crate::Result<()> {
            let inner: Result<(), Halt> = None::<()>.or_blocked("relate a database");
            inner.context("first").context("second")
        }
        let error = handler().unwrap_err();
        assert_eq!(halted(&error), Some(&Halt::Blocked("relate a database".into())));
        assert_eq!(halted(&anyhow::anyhow!("other")), None);
        let as_context = anyhow::anyhow!("no answer").context(Halt::Waiting("for the database".into()));
        assert_eq!(halted(&as_context.context("outermost")), Some(&Halt::Waiting("for the database".into())));
    }
}

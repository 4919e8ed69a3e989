//! Why a local Juju refuses something.

use std::fmt;
use std::panic::Location;

use crate::model::ModelError;

/// What a test asked of a [`LocalJuju`](super::LocalJuju) that can't be done, or a model that doesn't come to rest.
///
/// `Debug` shows the message and the line of the test: it is what a test that returns the error prints.
pub struct JujuError {
    message: String,
    at: &'static Location<'static>,
}

impl JujuError {
    #[track_caller]
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), at: Location::caller() }
    }
}

impl From<ModelError> for JujuError {
    #[track_caller]
    fn from(error: ModelError) -> Self {
        Self::new(error.to_string())
    }
}

impl fmt::Display for JujuError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for JujuError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}:{})", self.message, self.at.file(), self.at.line())
    }
}

impl std::error::Error for JujuError {}

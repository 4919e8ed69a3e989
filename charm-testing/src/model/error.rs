//! Why the model refuses something.

use std::fmt;

use super::name::UnitName;

/// What an operator asked of the model that can't be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError(String);

impl ModelError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ModelError {}

/// What a hook asked for and Juju refuses. Its text is Juju's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Only the leader may do it.
    NotLeader,
    /// The leader's data, written by another unit.
    CannotWriteSettings,
    /// It may not be read by this unit.
    PermissionDenied,
    /// The unit never took part in the relation.
    SettingsNotFound(UnitName),
    /// The hook is not an action.
    NoAction,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLeader => f.write_str("this unit is not the leader"),
            Self::CannotWriteSettings => f.write_str("cannot write relation settings"),
            Self::PermissionDenied => f.write_str("permission denied"),
            Self::SettingsNotFound(unit) => write!(f, "settings for unit \"{unit}\" not found"),
            Self::NoAction => f.write_str("not running an action"),
        }
    }
}

impl std::error::Error for Refusal {}

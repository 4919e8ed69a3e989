//! What Pebble, the service manager in a workload container, makes a unit run.
//!
//! The containers themselves aren't modelled: nothing makes these hooks due, they are begun by name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A hook because of a workload container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PebbleHook {
    /// The container.
    pub container: String,
    /// The happening.
    pub kind: PebbleHookKind,
}

/// What happened in a workload container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PebbleHookKind {
    /// Its Pebble has started, or the unit's agent has.
    Ready,
    /// Somebody in it has left a notice.
    CustomNotice {
        /// The notice's id.
        id: String,
        /// Its type: `custom`.
        kind: String,
        /// Its key: `example.com/path`.
        key: String,
    },
    /// A check has failed as often as it may.
    CheckFailed {
        /// The check.
        check: String,
    },
    /// A check that had failed succeeds again.
    CheckRecovered {
        /// The check.
        check: String,
    },
}

impl fmt::Display for PebbleHookKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready => "ready",
            Self::CustomNotice { .. } => "custom-notice",
            Self::CheckFailed { .. } => "check-failed",
            Self::CheckRecovered { .. } => "check-recovered",
        })
    }
}

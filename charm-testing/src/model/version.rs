//! Which Juju is modelled.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Model;

/// A version of Juju. What differs between 3.6 and 4 follows it: words of errors, commands, what a refused commit leaves
/// behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JujuVersion {
    /// 3 or 4.
    pub major: u32,
    /// The minor version.
    pub minor: u32,
    /// The patch.
    pub patch: u32,
}

impl JujuVersion {
    /// Juju 3.6, the long-term one: what a model is unless told otherwise.
    pub const V3_6: Self = Self { major: 3, minor: 6, patch: 11 };
    /// Juju 4.0.
    pub const V4_0: Self = Self { major: 4, minor: 0, patch: 14 };

    pub(crate) fn is_4(self) -> bool {
        self.major >= 4
    }
}

impl Default for JujuVersion {
    fn default() -> Self {
        Self::V3_6
    }
}

impl fmt::Display for JujuVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl Model {
    /// The Juju that is modelled.
    pub fn version(&self) -> JujuVersion {
        self.version
    }

    /// Has the model be another Juju from now on.
    pub fn set_version(&mut self, version: JujuVersion) {
        self.version = version;
    }
}

//! How often secrets are to be rotated.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::model::clock::Moment;

/// How often the owner of a secret is asked for a new revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RotatePolicy {
    /// Never.
    Never,
    /// Each hour.
    Hourly,
    /// Each 24 hours.
    Daily,
    /// Each 7 days.
    Weekly,
    /// On the same day of the next month.
    Monthly,
    /// Three months later.
    Quarterly,
    /// A year later.
    Yearly,
}

impl RotatePolicy {
    const ALL: [Self; 7] =
        [Self::Never, Self::Hourly, Self::Daily, Self::Weekly, Self::Monthly, Self::Quarterly, Self::Yearly];

    /// The policy of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == name)
    }

    /// Juju's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Yearly => "yearly",
        }
    }

    /// When the next rotation is due after `last`.
    pub(crate) fn after(self, last: Moment) -> Option<Moment> {
        const HOUR: u64 = 3600;
        let hours = |hours: u64| Some(last.after(Duration::from_secs(hours * HOUR)));
        match self {
            Self::Never => None,
            Self::Hourly => hours(1),
            Self::Daily => hours(24),
            Self::Weekly => hours(7 * 24),
            Self::Monthly => Some(last.months_later(1)),
            Self::Quarterly => Some(last.months_later(3)),
            Self::Yearly => Some(last.months_later(12)),
        }
    }
}

impl fmt::Display for RotatePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

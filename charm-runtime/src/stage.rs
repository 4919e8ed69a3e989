//! Writes that wait for the end of the handlers.

use std::collections::BTreeMap;

use crate::databag::BagOwner;
use crate::relation::RelationId;

/// What is to be sent to Juju when the handlers have run.
///
/// A value: a savepoint is a clone, a roll-back puts the clone back.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) struct Stage {
    /// Keys that differ from what Juju has, by databag; an empty value deletes.
    pub(crate) bags: BTreeMap<(RelationId, BagOwner), BTreeMap<String, String>>,
    pub(crate) action_results: BTreeMap<String, String>,
    pub(crate) action_failure: Option<String>,
}

impl Stage {
    /// Whether an application's databag is among the writes: they need leadership.
    pub(crate) fn writes_app_bags(&self) -> bool {
        self.bags.iter().any(|((_, owner), keys)| matches!(owner, BagOwner::App(_)) && !keys.is_empty())
    }
}

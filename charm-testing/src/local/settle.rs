//! Running a model until it is at rest.

use std::collections::{BTreeMap, BTreeSet};

use super::LocalJuju;
use super::error::JujuError;
use crate::model::UnitName;
use crate::transition::Call;

/// After how many hooks a model counts as one that never rests: so many, or so many for each unit.
const LIMIT: usize = 1000;
const LIMIT_EACH: usize = 200;
/// How many more hooks say who keeps a model from resting.
const LOOK: usize = 50;

impl LocalJuju {
    /// Runs hooks until none is due. Hooks that fail are tried again, the model's time moving on.
    ///
    /// Fails if a unit stays in error, with what its charm said; and after 1000 hooks, or 200 for each unit, or
    /// as many as [`limit`](Self::limit) says, naming the units that keep each other busy.
    #[track_caller]
    pub fn settle(&mut self) -> Result<(), JujuError> {
        self.run_to_rest()?;
        let Some(unit) = self.units_in_error().next().cloned() else { return Ok(()) };
        Err(JujuError::new(self.why_in_error(&unit)))
    }

    /// Runs hooks until none is due, whatever state units are in then. Fails as [`settle`](Self::settle) does where
    /// there is no end.
    #[track_caller]
    pub fn run_to_rest(&mut self) -> Result<(), JujuError> {
        let limit = self.most_hooks();
        for _ in 0..limit {
            if self.step().is_none() {
                return Ok(());
            }
        }
        Err(JujuError::new(format!("no rest after {limit} hooks: {}", self.busy())))
    }

    pub(super) fn most_hooks(&self) -> usize {
        self.limit.unwrap_or_else(|| LIMIT.max(LIMIT_EACH * self.model.units().count()))
    }

    pub(crate) fn units_in_error(&self) -> impl Iterator<Item = &UnitName> {
        self.model.units().filter(|unit| unit.failure.is_some()).map(|unit| &unit.name)
    }

    pub(crate) fn why_in_error(&self, unit: &UnitName) -> String {
        let failure = self.model.unit(unit).and_then(|unit| unit.failure.as_ref());
        let (hook, cause) = failure
            .map_or((String::new(), String::new()), |failure| (failure.hook.name(), failure.cause.clone()));
        match self.failures.get(unit) {
            Some(why) => format!("{unit} is in error: hook {hook:?} failed: {why}"),
            None => format!("{unit} is in error: hook {hook:?} failed: {cause}"),
        }
    }

    /// Who runs what again and again, and what it writes, the busiest first.
    pub(crate) fn busy(&self) -> String {
        let mut copy = self.clone();
        let mut counts: BTreeMap<String, (usize, BTreeSet<String>)> = BTreeMap::new();
        for ran in (0..LOOK).map_while(|_| copy.step()) {
            let (count, keys) = counts.entry(ran.to_string()).or_default();
            *count += 1;
            keys.extend(ran.calls.iter().flat_map(written_keys));
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        let said = counts.into_iter().take(6).map(|(hook, (count, keys))| {
            let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let writes =
                if keys.is_empty() { String::new() } else { format!(" and writes {}", keys.join(", ")) };
            format!("{hook} {count} times{writes}")
        });
        format!("of the next {LOOK}, {}", said.collect::<Vec<_>>().join("; "))
    }
}

/// The keys that a call sets in a databag. Not their values, which may be secret.
fn written_keys(call: &Call) -> Vec<String> {
    let content = call.command.standard_input().filter(|_| call.name() == "relation-set");
    let object =
        content.and_then(|json| serde_json::from_slice::<BTreeMap<String, serde_json::Value>>(json).ok());
    object.into_iter().flat_map(BTreeMap::into_keys).collect()
}

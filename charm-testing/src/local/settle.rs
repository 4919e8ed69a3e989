//! Running a model until it is at rest.

use std::collections::{BTreeMap, VecDeque};

use super::LocalJuju;
use super::error::JujuError;
use crate::model::UnitName;

/// After how many hooks a model counts as one that never rests.
pub(super) const LIMIT: usize = 1000;
/// How many of the last hooks say who keeps a model from resting.
const LOOK_BACK: usize = 50;

impl LocalJuju {
    /// Runs hooks until none is due. Hooks that fail are tried again, the model's time moving on.
    ///
    /// Fails if a unit stays in error, with what its charm said; and after 1000 hooks, or as many as
    /// [`limit`](Self::limit) says, naming the units that keep each other busy.
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
        let mut last = VecDeque::new();
        for _ in 0..self.limit {
            let Some(ran) = self.step() else { return Ok(()) };
            if last.len() == LOOK_BACK {
                last.pop_front();
            }
            last.push_back(ran.to_string());
        }
        Err(JujuError::new(format!("no rest after {} hooks: {}", self.limit, busy(last))))
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
}

/// Who runs what again and again, the busiest first.
pub(crate) fn busy(last: impl IntoIterator<Item = String>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut total = 0;
    for hook in last {
        total += 1;
        *counts.entry(hook).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counts: Vec<String> =
        counts.into_iter().take(6).map(|(hook, count)| format!("{hook} {count} times")).collect();
    format!("of the last {total}, {}", counts.join(", "))
}

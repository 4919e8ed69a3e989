//! Moments at which something becomes due by the passing of time alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::clock::Moment;

/// At most one moment for each of those it concerns, so that it doesn't grow with what happens to them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Alarms<T: Ord> {
    moments: BTreeMap<T, Moment>,
    order: BTreeSet<(Moment, T)>,
}

impl<T: Ord> Default for Alarms<T> {
    fn default() -> Self {
        Self { moments: BTreeMap::new(), order: BTreeSet::new() }
    }
}

impl<T: Ord + Clone> Alarms<T> {
    /// Sets the alarm of one of them, instead of the one it had; or takes it away.
    pub(crate) fn set(&mut self, whose: &T, moment: Option<Moment>) {
        let before = match moment {
            Some(moment) => self.moments.insert(whose.clone(), moment),
            None => self.moments.remove(whose),
        };
        if before == moment {
            return;
        }
        if let Some(before) = before {
            self.order.remove(&(before, whose.clone()));
        }
        self.order.extend(moment.map(|moment| (moment, whose.clone())));
    }

    /// Takes the first alarm whose moment has come.
    pub(crate) fn due(&mut self, now: Moment) -> Option<T> {
        if self.order.first()?.0 > now {
            return None;
        }
        let (_, whose) = self.order.pop_first()?;
        self.moments.remove(&whose);
        Some(whose)
    }

    /// All of them, the first one first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Moment, T)> {
        self.order.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn each_has_one_alarm() {
        let at = |seconds| Moment::default().after(Duration::from_secs(seconds));
        let mut alarms = Alarms::default();
        for (whose, moment) in [("a", 3), ("b", 2), ("a", 1), ("a", 4), ("c", 2), ("d", 1)] {
            alarms.set(&whose, Some(at(moment)));
        }
        alarms.set(&"d", None);
        assert_eq!(alarms.iter().collect::<Vec<_>>(), [&(at(2), "b"), &(at(2), "c"), &(at(4), "a")]);
        assert_eq!(alarms.due(at(1)), None);
        assert_eq!([alarms.due(at(3)), alarms.due(at(3)), alarms.due(at(3))], [Some("b"), Some("c"), None]);
        assert_eq!(alarms.moments.len(), 1);
    }
}

//! Which units may have something to do.
//!
//! A model can have thousands of units, and what happens to one of them concerns few others. So a unit that has nothing
//! to do sleeps, and whatever could give it something to do wakes it: the price of a hook doesn't grow with the model.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Model;
use super::clock::Moment;
use super::hook::Hook;
use super::name::UnitName;
use super::random::Random;
use super::relation::RelationId;
use super::unit::Unit;

/// The units that are awake, in no order of meaning: the seed picks among them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Awake {
    order: Vec<UnitName>,
    /// When units are to be woken because of a secret.
    alarms: BTreeSet<(Moment, UnitName)>,
    /// When units are to be woken for update-status; one for each unit.
    timers: BTreeSet<(Moment, UnitName)>,
    /// How many hooks were found only by asking everybody.
    overlooked: u64,
}

impl Awake {
    pub(super) fn wake(&mut self, unit: &mut Unit) {
        if !unit.is_awake {
            unit.is_awake = true;
            self.order.push(unit.name.clone());
        }
    }

    /// Takes one whose moment has come.
    fn due(&mut self, now: Moment) -> Option<UnitName> {
        let moments = [&mut self.alarms, &mut self.timers];
        let moments =
            moments.into_iter().find(|moments| moments.first().is_some_and(|(moment, _)| *moment <= now))?;
        Some(moments.pop_first()?.1)
    }

    /// The place and the name of one of them.
    fn pick(&self, random: &mut Random) -> Option<(usize, UnitName)> {
        let at = if self.order.is_empty() { return None } else { random.below(self.order.len()) };
        Some((at, self.order.get(at)?.clone()))
    }
}

impl Model {
    /// Has a unit be asked for its next hook.
    pub(crate) fn wake(&mut self, unit: &UnitName) {
        if let Some(unit) = self.units.get_mut(unit) {
            self.awake.wake(unit);
        }
    }

    /// Has all units of an application be asked for their next hook.
    pub(crate) fn wake_application(&mut self, application: &str) {
        for (_, unit) in self.units.range_mut(UnitName::all_of(application)) {
            self.awake.wake(unit);
        }
    }

    /// Has all units that take part in a relation, or could, be asked for their next hook.
    pub(crate) fn wake_relation(&mut self, id: RelationId) {
        let Some(relation) = self.relations.get(&id) else { return };
        let applications: Vec<String> = relation.ends().map(|end| end.application.clone()).collect();
        for application in applications {
            self.wake_application(&application);
        }
    }

    /// Has a unit be asked when that moment has come.
    pub(crate) fn set_alarm(&mut self, moment: Moment, unit: &UnitName) {
        self.awake.alarms.insert((moment, unit.clone()));
    }

    /// Has a unit be asked for update-status at another moment than before.
    pub(crate) fn set_timer(&mut self, unit: &UnitName, before: Option<Moment>, moment: Option<Moment>) {
        if let Some(before) = before {
            self.awake.timers.remove(&(before, unit.clone()));
        }
        self.awake.timers.extend(moment.map(|moment| (moment, unit.clone())));
    }

    /// Wakes those whose moment has come.
    pub(crate) fn ring_alarms(&mut self) {
        while let Some(unit) = self.awake.due(self.now) {
            self.wake(&unit);
        }
    }

    /// A hook that is due, of a unit that the seed picks.
    pub(crate) fn pick_hook(&mut self) -> Option<(UnitName, Hook)> {
        loop {
            while let Some((at, name)) = self.awake.pick(&mut self.random) {
                let hook = self.next_hook_of(&name);
                // Whoever runs a hook is woken by its end. New ones stand at the end of the list, so this one is where
                // it was.
                self.awake.order.swap_remove(at);
                if let Some(unit) = self.units.get_mut(&name) {
                    unit.is_awake = false;
                }
                if let Some(hook) = hook {
                    return Some((name, hook));
                }
            }
            // Everybody sleeps. Should somebody have been left asleep by mistake, this is late, but not too late.
            let population = self.units.len();
            let names: Vec<UnitName> = self.units.keys().cloned().collect();
            for name in names {
                if let Some(hook) = self.next_hook_of(&name) {
                    self.awake.overlooked += 1;
                    return Some((name, hook));
                }
            }
            if self.units.len() == population && self.awake.order.is_empty() {
                return None;
            }
        }
    }

    /// How many hooks were due of units that nothing had woken: 0, or this model has a fault. They have been run.
    #[doc(hidden)]
    pub fn overlooked(&self) -> u64 {
        self.awake.overlooked
    }
}

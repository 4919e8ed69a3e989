//! Which units may have something to do.
//!
//! A model can have thousands of units, and what happens to one of them concerns few others. So a unit that has nothing
//! to do sleeps, and whatever could give it something to do wakes it: the price of a hook doesn't grow with the model.

use serde::{Deserialize, Serialize};

use super::Model;
use super::alarm::Alarms;
use super::clock::Moment;
use super::hook::Hook;
use super::name::UnitName;
use super::random::Random;
use super::relation::RelationId;
use super::secret::SecretId;
use super::unit::Unit;

/// The units that are awake, in no order of meaning: the seed picks among them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Awake {
    order: Vec<UnitName>,
    /// When units try once more what failed.
    retries: Alarms<UnitName>,
    /// When units are to run update-status.
    timers: Alarms<UnitName>,
    /// When secrets give their owners something to do.
    secrets: Alarms<SecretId>,
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

    /// Forgets a unit that is gone.
    pub(super) fn forget(&mut self, unit: &UnitName) {
        self.retries.set(unit, None);
        self.timers.set(unit, None);
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

    /// Has a unit be asked when the next of what failed is to be tried once more.
    pub(crate) fn set_retry_alarm(&mut self, name: &UnitName) {
        let now = self.now;
        let moments = self.units.get(name).into_iter().flat_map(Unit::retries);
        let next = moments.filter(|moment| *moment > now).min();
        self.awake.retries.set(name, next);
    }

    /// When something that failed is to be tried once more, with the unit: the first one first.
    pub(crate) fn retry_alarms(&self) -> impl Iterator<Item = &(Moment, UnitName)> {
        self.awake.retries.iter()
    }

    /// Has a unit be asked for update-status at that moment, and not at the one that was said before.
    pub(crate) fn set_timer(&mut self, unit: &UnitName, moment: Option<Moment>) {
        self.awake.timers.set(unit, moment);
    }

    /// Has a secret's owner be asked when that moment has come, and not at the one that was said before.
    pub(crate) fn set_secret_alarm(&mut self, secret: &SecretId, moment: Option<Moment>) {
        self.awake.secrets.set(secret, moment);
    }

    /// Wakes those whose moment has come.
    pub(crate) fn ring_alarms(&mut self) {
        let now = self.now;
        while let Some(unit) = self.awake.retries.due(now) {
            self.set_retry_alarm(&unit);
            self.wake(&unit);
        }
        while let Some(unit) = self.awake.timers.due(now) {
            self.make_update_status_due(&unit);
        }
        while let Some(secret) = self.awake.secrets.due(now) {
            self.wake_owner(&secret);
        }
    }

    /// A hook that is due of a unit that is awake; which one, the seed picks.
    pub(crate) fn pick_hook(&mut self) -> Option<(UnitName, Hook)> {
        while let Some((at, name)) = self.awake.pick(&mut self.random) {
            let hook = self.next_hook_of(&name);
            // Whoever runs a hook is woken by its end. New ones stand at the end of the list, so this one is where it
            // was.
            self.awake.order.swap_remove(at);
            if let Some(unit) = self.units.get_mut(&name) {
                unit.is_awake = false;
            }
            if let Some(hook) = hook {
                return Some((name, hook));
            }
        }
        None
    }

    /// A hook that is due although everybody sleeps: should somebody have been left asleep by mistake, this is late, but
    /// not too late. It asks everybody, so it is for a model that comes to rest.
    pub(crate) fn overlooked_hook(&mut self) -> Option<(UnitName, Hook)> {
        loop {
            let population = self.units.len();
            let names: Vec<UnitName> = self.units.keys().cloned().collect();
            for name in names {
                if let Some(hook) = self.next_hook_of(&name) {
                    self.awake.overlooked += 1;
                    return Some((name, hook));
                }
            }
            if let Some(found) = self.pick_hook() {
                return Some(found);
            }
            if self.units.len() == population {
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

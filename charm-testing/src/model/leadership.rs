//! Leadership of an application.

use super::life::Life;
use super::name::UnitName;
use super::{Model, View};

impl Model {
    /// The leader of `application`.
    pub fn leader(&self, application: &str) -> Option<&UnitName> {
        self.applications.get(application)?.leader.as_ref()
    }

    /// Gives each application without a leader one of its units; which one, the seed says.
    pub(crate) fn elect_leaders(&mut self) {
        for application in self.applications.values_mut() {
            let led = application.leader.as_ref().is_some_and(|leader| self.units.contains_key(leader));
            if led {
                continue;
            }
            let mut candidates: Vec<&UnitName> = self
                .units
                .values()
                .filter(|unit| unit.name.application() == application.name && unit.life == Life::Alive)
                .map(|unit| &unit.name)
                .collect();
            self.random.shuffle(&mut candidates);
            application.leader = candidates.first().map(|name| (*name).clone());
        }
    }

    /// Makes `unit` the leader of its application, as if the last one had lost its lease. False if there is no such
    /// unit.
    pub fn set_leader(&mut self, unit: &UnitName) -> bool {
        let known = self.units.contains_key(unit);
        if let Some(application) = self.applications.get_mut(unit.application()).filter(|_| known) {
            application.leader = Some(unit.clone());
        }
        known
    }
}

impl View<'_> {
    /// Whether the unit leads its application. A no holds for the whole hook, as in Juju.
    pub fn is_leader(&mut self) -> bool {
        let unit = self.context.unit();
        let leads = self.model.leader(unit.application()) == Some(unit);
        self.context.denied_leadership |= !leads;
        !self.context.denied_leadership
    }
}

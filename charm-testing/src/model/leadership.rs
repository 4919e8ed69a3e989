//! Leadership of an application.

use super::life::Life;
use super::name::UnitName;
use super::{Model, View};

impl Model {
    /// The leader of `application`.
    pub fn leader(&self, application: &str) -> Option<&UnitName> {
        self.applications.get(application)?.leader.as_ref()
    }

    /// Gives an application without a leader one of its units; which one, the seed says.
    pub(crate) fn elect_leader(&mut self, application: &str) {
        let led = self.leader(application).is_some_and(|leader| self.units.contains_key(leader));
        let Some(known) = self.applications.get_mut(application).filter(|_| !led) else { return };
        let units = self.units.range(UnitName::all_of(application)).map(|(_, unit)| unit);
        let mut candidates: Vec<&UnitName> =
            units.filter(|unit| unit.life == Life::Alive).map(|unit| &unit.name).collect();
        self.random.shuffle(&mut candidates);
        known.leader = candidates.first().map(|name| (*name).clone());
        if let Some(leader) = known.leader.clone() {
            self.wake(&leader);
        }
    }

    /// Makes `unit` the leader of its application, as if the last one had lost its lease. False if there is no such
    /// unit.
    pub fn set_leader(&mut self, unit: &UnitName) -> bool {
        let known = self.units.contains_key(unit);
        if let Some(application) = self.applications.get_mut(unit.application()).filter(|_| known) {
            application.leader = Some(unit.clone());
            self.wake_application(unit.application());
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

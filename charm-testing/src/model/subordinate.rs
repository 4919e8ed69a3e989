//! Subordinates: units that live on the machine of another unit, their principal, as long as a relation binds the two.

use super::Model;
use super::application::Application;
use super::error::ModelError;
use super::life::Life;
use super::name::UnitName;
use super::relation::{Relation, RelationId};
use super::unit::Unit;

impl Application {
    /// Whether its units are subordinates: each comes when a unit of another application enters a container-scoped
    /// relation with it, and goes with the last such relation.
    pub fn is_subordinate(&self) -> bool {
        self.charm.metadata.subordinate
    }

    /// Refuses units that an operator asks for.
    pub(crate) fn check_takes_units(&self, count: u32) -> Result<(), ModelError> {
        let name = &self.name;
        if self.is_subordinate() && count > 0 {
            return Err(ModelError::new(format!(
                "cannot add units to application {name:?}: it is a subordinate; ask for 0 units and integrate it with a \
                 principal, each unit of which gets one"
            )));
        }
        Ok(())
    }
}

impl Model {
    /// The subordinates of a unit, by name.
    pub fn subordinates_of(&self, principal: &UnitName) -> impl Iterator<Item = &Unit> {
        let machine = self.units.get(principal).map(|unit| unit.machine);
        let neighbours = machine.into_iter().flat_map(|machine| self.units_on(machine));
        neighbours.filter(move |unit| unit.principal.as_ref() == Some(principal))
    }

    fn is_subordinate(&self, application: &str) -> bool {
        self.applications.get(application).is_some_and(Application::is_subordinate)
    }

    /// Whether a unit can enter a relation now. If the relation is to bring it a subordinate, that one is made.
    pub(crate) fn admit(&mut self, name: &UnitName, id: RelationId) -> bool {
        let Some(relation) = self.relations.get(&id).filter(|relation| relation.container_scoped) else {
            return true;
        };
        let Some(remote) = relation.remote_of(name.application()) else { return true };
        let remote = remote.application.clone();
        if let Some(principal) = self.units.get(name).and_then(|unit| unit.principal.as_ref()) {
            // The application may have several principals: each unit has business with its own one. Between two
            // subordinates no units are made, as in Juju 3.
            return self.is_subordinate(&remote) || principal.application() == remote;
        }
        let present = self.subordinates_of(name).find(|unit| unit.name.application() == remote);
        match present.map(|unit| unit.life) {
            Some(Life::Alive) => {}
            // The principal waits until the old one is gone, and then gets another.
            Some(Life::Dying) => return false,
            None => self.add_subordinate(&remote, name),
        }
        true
    }

    fn add_subordinate(&mut self, application: &str, principal: &UnitName) {
        let Some(principal) = self.units.get(principal).cloned() else { return };
        let Some(known) = self.applications.get_mut(application) else { return };
        let name = UnitName::new(application, known.next_unit);
        known.next_unit += 1;
        let unit = self.unit_beside(&name, &principal);
        self.units.insert(name.clone(), unit);
        self.add_first_storages(&name, &|_| true);
        self.wake(&name);
        self.elect_leader(application);
    }

    /// Has a subordinate go that no relation binds to its principal's application any more.
    pub(crate) fn take_leave_of_principal(&mut self, name: &UnitName) {
        let Some(unit) = self.units.get(name) else { return };
        let Some(principal) = &unit.principal else { return };
        let binds = |relation: &Relation| {
            let remote = relation.remote_of(name.application());
            relation.container_scoped
                && !relation.is_ending()
                && remote.is_some_and(|remote| remote.application == principal.application())
        };
        if !unit.relations.keys().filter_map(|id| self.relations.get(id)).any(binds) {
            self.let_go(name);
        }
    }

    /// Has the subordinates of a unit that goes go too.
    pub(crate) fn let_subordinates_go(&mut self, principal: &UnitName) {
        let alive = self.subordinates_of(principal).filter(|unit| unit.life == Life::Alive);
        for name in alive.map(|unit| unit.name.clone()).collect::<Vec<_>>() {
            self.let_go(&name);
        }
    }
}

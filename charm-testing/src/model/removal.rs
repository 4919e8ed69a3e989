//! The ways out of a model: of units, applications and relations.
//!
//! What is removed stays, dying, until all who are concerned have run their hooks for that. Only force takes it away
//! at once.

use super::Model;
use super::action::ActionStatus;
use super::application::unknown_application;
use super::error::ModelError;
use super::hook::Hook;
use super::life::Life;
use super::name::UnitName;
use super::relation::{Relation, RelationId};
use super::resolve::unknown_unit;
use super::secret::{SecretId, SecretOwner};
use super::unit::Unit;

impl Model {
    /// Removes a unit. It goes through its last hooks first: its storages detach, its relations end, then come stop and
    /// remove. Its subordinates go with it, and it waits for them. A unit in error stays until its hook has succeeded.
    ///
    /// A subordinate can't be removed by itself: its relation can.
    pub fn remove_unit(&mut self, unit: &UnitName) -> Result<(), ModelError> {
        let found = self.units.get(unit).ok_or_else(|| unknown_unit(unit))?;
        if found.principal.is_some() {
            return Err(ModelError::new(format!(
                "unit \"{unit}\" is a subordinate: remove the relation with its principal instead, which takes all units \
                 of {:?} away",
                unit.application()
            )));
        }
        self.let_go(unit);
        Ok(())
    }

    /// Removes an application with its units and its relations. They go through their last hooks first, and those at
    /// the other ends of its relations theirs.
    pub fn remove_application(&mut self, name: &str) -> Result<(), ModelError> {
        let application = self.applications.get_mut(name).ok_or_else(|| unknown_application(name))?;
        application.life = Life::Dying;
        for unit in self.names_of_units(name) {
            self.let_go(&unit);
        }
        for id in self.ids_of_relations(name) {
            self.end_relation(id);
        }
        self.release_application(name);
        Ok(())
    }

    /// Removes a relation. Its units go through their last hooks for it first.
    pub fn remove_relation(&mut self, id: RelationId) -> Result<(), ModelError> {
        self.removable_relation(id, "remove")?;
        self.end_relation(id);
        Ok(())
    }

    /// Takes a unit away, without any hook of it, and its subordinates with it, as `juju remove-unit --force --no-wait`
    /// does: the way out for one that is stuck. Whoever is related to it is told as usual; a hook of it that runs is in
    /// vain. Unlike [`Model::remove_unit`] it takes subordinates too.
    pub fn force_remove_unit(&mut self, unit: &UnitName) -> Result<(), ModelError> {
        if !self.units.contains_key(unit) {
            return Err(unknown_unit(unit));
        }
        let subordinates: Vec<UnitName> =
            self.subordinates_of(unit).map(|subordinate| subordinate.name.clone()).collect();
        for name in subordinates.iter().chain([unit]) {
            self.remove_dead_unit(name);
        }
        Ok(())
    }

    /// Takes an application away with its units, without any hook of them, as
    /// `juju remove-application --force --no-wait` does. Those at the other ends of its relations run their hooks.
    pub fn force_remove_application(&mut self, name: &str) -> Result<(), ModelError> {
        self.remove_application(name)?;
        for unit in self.names_of_units(name) {
            self.force_remove_unit(&unit)?;
        }
        Ok(())
    }

    /// Has a unit begin to go. Others see at once that it leaves.
    pub(crate) fn let_go(&mut self, name: &UnitName) {
        let Some(unit) = self.units.get_mut(name) else { return };
        unit.life = Life::Dying;
        let relations: Vec<RelationId> = unit.relations.keys().copied().collect();
        for id in relations {
            if let Some(relation) = self.relations.get_mut(&id) {
                relation.departing.insert(name.clone());
            }
            self.wake_relation(id);
        }
        self.wake(name);
    }

    /// A relation that an operator may end.
    pub(crate) fn removable_relation(
        &mut self,
        id: RelationId,
        doing: &str,
    ) -> Result<&mut Relation, ModelError> {
        let relation = self.relations.get_mut(&id);
        let relation = relation.ok_or_else(|| ModelError::new(format!("relation {id} not found")))?;
        if relation.is_peer() {
            return Err(ModelError::new(format!(
                "cannot {doing} relation {id}: it is a peer relation, which goes with its application"
            )));
        }
        Ok(relation)
    }

    fn end_relation(&mut self, id: RelationId) {
        if let Some(relation) = self.relations.get_mut(&id) {
            relation.life = Life::Dying;
        }
        self.wake_relation(id);
        self.release_relation(id);
    }

    /// Takes a unit whose last hook has run out of the model, and its application if that was the last one.
    pub(crate) fn remove_dead_unit(&mut self, name: &UnitName) {
        let Some(unit) = self.units.remove(name) else { return };
        self.leave_machine(&unit);
        for id in &unit.storages {
            self.storages.remove(id);
        }
        self.cancel_tasks(&unit);
        self.awake.forget(name);
        self.leases.set(name, None);
        self.forget_networks(name);
        self.leave_secrets(&unit);
        for id in self.ids_of_relations(name.application()) {
            if let Some(relation) = self.relations.get_mut(&id) {
                relation.scope.remove(name);
                relation.departing.remove(name);
            }
            self.wake_relation(id);
            self.release_relation(id);
        }
        self.forget_old_charms(name.application());
        self.release_application(name.application());
        self.elect_leader(name.application());
    }

    /// Ends the actions and commands of a unit that is gone: nobody is to wait for them.
    fn cancel_tasks(&mut self, unit: &Unit) {
        let why = "unit removed";
        let (mut actions, mut execs) = (unit.actions.clone(), unit.execs.clone());
        match &unit.task {
            Some(Hook::Action { id, .. }) => actions.push_back(*id),
            Some(Hook::Exec(exec)) => execs.push_back(exec.id),
            _ => {}
        }
        for action in actions {
            let Some(action) = self.actions.get_mut(&action) else { continue };
            action.status = match action.status {
                ActionStatus::Aborting => ActionStatus::Aborted,
                _ => ActionStatus::Cancelled,
            };
            why.clone_into(&mut action.message);
        }
        for exec in execs {
            let Some(exec) = self.execs.get_mut(&exec) else { continue };
            exec.status = ActionStatus::Cancelled;
            why.clone_into(&mut exec.message);
        }
    }

    /// Ends what a unit that is gone had to do with secrets.
    fn leave_secrets(&mut self, unit: &Unit) {
        let name = &unit.name;
        for id in &unit.secrets {
            let Some(secret) = self.secrets.get_mut(id) else { continue };
            secret.consumers.remove(name);
            let concerned = secret.applications().any(|application| application == name.application());
            if secret.owner == SecretOwner::Unit(name.clone()) {
                self.drop_secret(id);
            } else {
                self.wake_secret(id);
            }
            if let Some(application) = self.applications.get_mut(name.application()).filter(|_| !concerned) {
                application.secrets.remove(id);
            }
        }
    }

    /// Takes a relation away that has been removed and that no unit takes part in any more.
    pub(crate) fn release_relation(&mut self, id: RelationId) {
        if self.relations.get(&id).is_some_and(|it| it.life == Life::Dying && it.scope.is_empty()) {
            self.forget_relation(id);
        }
    }

    /// Takes an application away that has been removed, once its units are gone, and those at the other ends from its
    /// relations.
    pub(crate) fn release_application(&mut self, name: &str) {
        let dying = self.applications.get(name).is_some_and(|application| application.life == Life::Dying);
        let has_units = self.units_of(name).next().is_some();
        if !dying || has_units || self.relations_of(name).any(|relation| !relation.is_peer()) {
            return;
        }
        // Its peer relations go with it; it may never have had a unit in them.
        let relations = self.ids_of_relations(name);
        for id in self.ids_of_secrets(name) {
            if self.secrets.get(&id).is_some_and(|it| it.owner == SecretOwner::Application(name.to_owned())) {
                self.drop_secret(&id);
            }
        }
        // Those of the operator's end with no relation.
        for secret in self.secrets.values_mut() {
            secret.grants.retain(|grant| grant.subject.application() != name);
        }
        self.applications.remove(name);
        for id in relations {
            self.forget_relation(id);
        }
    }

    fn ids_of_secrets(&self, application: &str) -> Vec<SecretId> {
        self.applications.get(application).into_iter().flat_map(|known| &known.secrets).cloned().collect()
    }

    fn names_of_units(&self, application: &str) -> Vec<UnitName> {
        self.units_of(application).map(|unit| unit.name.clone()).collect()
    }

    fn ids_of_relations(&self, application: &str) -> Vec<RelationId> {
        self.relations_of(application).map(|relation| relation.id).collect()
    }
}

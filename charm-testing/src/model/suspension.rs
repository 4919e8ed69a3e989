//! Relations that are suspended for a while.

use super::Model;
use super::error::ModelError;
use super::life::Life;
use super::relation::{Relation, RelationId};

impl Relation {
    /// Whether its units are to leave it: it has been removed, or suspended.
    pub fn is_ending(&self) -> bool {
        self.suspended || self.life == Life::Dying
    }
}

impl Model {
    /// Suspends a relation, as `juju suspend-relation` does: for its units it ends, with relation-departed and
    /// relation-broken, and its subordinates go. What applications have published stays. Juju suspends relations with
    /// other models only; here any can be, since its charms can't tell.
    pub fn suspend_relation(&mut self, id: RelationId) -> Result<(), ModelError> {
        self.set_suspended(id, true)
    }

    /// Takes a suspension back, as `juju resume-relation` does: for the units that have left the relation it begins
    /// anew, with relation-created.
    pub fn resume_relation(&mut self, id: RelationId) -> Result<(), ModelError> {
        self.set_suspended(id, false)
    }

    fn set_suspended(&mut self, id: RelationId, suspended: bool) -> Result<(), ModelError> {
        let doing = if suspended { "suspend" } else { "resume" };
        let relation = self.removable_relation(id, doing)?;
        if relation.life == Life::Dying {
            return Err(ModelError::new(format!("cannot {doing} relation {id}: it is being removed")));
        }
        relation.suspended = suspended;
        self.wake_relation(id);
        Ok(())
    }
}

//! What an operator does: the verbs of the `juju` command.

use std::time::Duration;

use charm_runtime::event::ActionName;
use charm_runtime::{Charm, ResourceName, StorageName};

use super::LocalJuju;
use super::charm::LinkedCharm;
use super::error::JujuError;
use crate::model::{ActionStatus, RelationId, SecretId, UnitName};
use crate::transition::on::ActionEvent;
use crate::transition::{ActionRun, GivenContent, parameter_problems};

impl LocalJuju {
    /// `juju deploy`: the charm `C` as `application`, with as many units.
    #[track_caller]
    pub fn deploy<C: Charm>(&mut self, application: &str, units: u32) -> Result<(), JujuError> {
        let charm = linked::<C>()?;
        self.model.deploy(application, charm.metadata.clone(), units)?;
        // Only now can the name of a unit that is gone come again.
        let is_of = |unit: &UnitName| unit.application() == application;
        self.memories.retain(|unit, _| !is_of(unit));
        self.failures.retain(|unit, _| !is_of(unit));
        self.charms.insert(application.to_owned(), vec![(0, charm)]);
        Ok(())
    }

    /// `juju refresh`: the application gets another charm, or the next revision of its own. Each unit runs its old one
    /// until upgrade-charm, which is the new one's first hook.
    #[track_caller]
    pub fn refresh<C: Charm>(&mut self, application: &str) -> Result<(), JujuError> {
        let charm = linked::<C>()?;
        self.model.refresh(application, charm.metadata.clone())?;
        self.note_revision(application, charm);
        Ok(())
    }

    /// `juju refresh --force-units`: units in error get the other charm too, and try their failed hook again with it.
    #[track_caller]
    pub fn refresh_by_force<C: Charm>(&mut self, application: &str) -> Result<(), JujuError> {
        let charm = linked::<C>()?;
        self.model.refresh_by_force(application, charm.metadata.clone())?;
        self.note_revision(application, charm);
        Ok(())
    }

    fn note_revision(&mut self, application: &str, charm: LinkedCharm) {
        let revision = self.model.application(application).map_or(0, |known| known.charm_revision);
        self.charms.entry(application.to_owned()).or_default().push((revision, charm));
    }

    /// `juju integrate`: each end is `application:endpoint`, or the application where only one pair of endpoints fits.
    #[track_caller]
    pub fn integrate(&mut self, first: &str, second: &str) -> Result<RelationId, JujuError> {
        Ok(self.model.integrate(first, second)?)
    }

    /// `juju remove-relation`: of the relations between these two, written as for [`integrate`](Self::integrate), the
    /// first.
    #[track_caller]
    pub fn remove_relation(&mut self, first: &str, second: &str) -> Result<(), JujuError> {
        let id = self.relation_between(first, second)?;
        Ok(self.model.remove_relation(id)?)
    }

    /// `juju suspend-relation`, of the relation that [`remove_relation`](Self::remove_relation) would remove: for its units
    /// it ends. Juju does so to relations with other models only.
    #[track_caller]
    pub fn suspend_relation(&mut self, first: &str, second: &str) -> Result<(), JujuError> {
        let id = self.relation_between(first, second)?;
        Ok(self.model.suspend_relation(id)?)
    }

    /// `juju resume-relation`: for its units a suspended relation begins anew.
    #[track_caller]
    pub fn resume_relation(&mut self, first: &str, second: &str) -> Result<(), JujuError> {
        let id = self.relation_between(first, second)?;
        Ok(self.model.resume_relation(id)?)
    }

    #[track_caller]
    fn relation_between(&self, first: &str, second: &str) -> Result<RelationId, JujuError> {
        let is_end = |end: &crate::model::End, name: &str| match name.split_once(':') {
            Some((application, endpoint)) => end.application == application && end.endpoint == endpoint,
            None => end.application == name,
        };
        let between = |relation: &&crate::model::Relation| {
            let Some(requirer) = &relation.requirer else { return false };
            let provider = &relation.provider;
            is_end(provider, first) && is_end(requirer, second)
                || is_end(provider, second) && is_end(requirer, first)
        };
        let alive = |relation: &&crate::model::Relation| relation.life == crate::model::Life::Alive;
        let id = self.model.relations().filter(alive).find(between).map(|relation| relation.id);
        match id {
            Some(id) => Ok(id),
            None => Err(JujuError::new(format!(
                "{first:?} and {second:?} have no relation: integrate them first"
            ))),
        }
    }

    /// `juju config`: sets options; each value is a text, as on the command line.
    #[track_caller]
    pub fn configure<K: AsRef<str>, V: AsRef<str>>(
        &mut self,
        application: &str,
        values: impl IntoIterator<Item = (K, V)>,
    ) -> Result<(), JujuError> {
        Ok(self.model.set_config(application, values)?)
    }

    /// `juju config --reset`: takes options back to their defaults.
    #[track_caller]
    pub fn reset_config<K: AsRef<str>>(
        &mut self,
        application: &str,
        options: impl IntoIterator<Item = K>,
    ) -> Result<(), JujuError> {
        Ok(self.model.reset_config(application, options)?)
    }

    /// `juju trust`: lets an application know how to use the cloud. Its units run config-changed.
    #[track_caller]
    pub fn trust(&mut self, application: &str) -> Result<(), JujuError> {
        Ok(self.model.trust(application, true)?)
    }

    /// `juju add-unit -n`
    #[track_caller]
    pub fn add_units(&mut self, application: &str, count: u32) -> Result<(), JujuError> {
        Ok(self.model.add_units(application, count)?)
    }

    /// `juju remove-unit`: the unit goes through its last hooks, and takes all that it remembers with it.
    #[track_caller]
    pub fn remove_unit(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.remove_unit(&unit)?)
    }

    /// `juju remove-unit --force --no-wait`: the unit is gone at once, and runs no hook any more.
    #[track_caller]
    pub fn force_remove_unit(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.force_remove_unit(&unit)?)
    }

    /// `juju remove-application`
    #[track_caller]
    pub fn remove_application(&mut self, application: &str) -> Result<(), JujuError> {
        Ok(self.model.remove_application(application)?)
    }

    /// `juju remove-application --force --no-wait`: its units are gone at once.
    #[track_caller]
    pub fn force_remove_application(&mut self, application: &str) -> Result<(), JujuError> {
        Ok(self.model.force_remove_application(application)?)
    }

    /// `juju run`: has a unit run an action, with parameters as in state-transition tests, and waits for its end. The
    /// unit runs what is due before it; other units run nothing.
    ///
    /// ```no_run
    /// # use charm_runtime::prelude::*;
    /// # const META: &str = "";
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A., actions: {greet: {params: {name: {type: string}}}}}")]
    /// # #[derive(Default)]
    /// # pub struct Web {}
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A., actions: {greet: {params: {name: {type: string}}}}}")]
    /// # impl Web {
    /// #     #[on(action = "greet")]
    /// #     fn greet(&mut self) {}
    /// # }
    /// # fn test(juju: &mut charm_testing::LocalJuju) -> Result<(), charm_testing::local::JujuError> {
    /// use charm_testing::on;
    ///
    /// let run = juju.run_action("web/0", on::action::<action::Greet>().param("name", "Ada"))?;
    /// assert_eq!(run.failure, None);
    /// # Ok(())
    /// # }
    /// ```
    #[track_caller]
    pub fn run_action<A: ActionName>(
        &mut self,
        unit: &str,
        action: ActionEvent<A>,
    ) -> Result<ActionRun, JujuError> {
        let unit = self.known(unit)?;
        let application = self.model.application(unit.application());
        if let Some(declared) = application.and_then(|known| known.charm.metadata.actions.get(A::NAME)) {
            let problems = parameter_problems(A::NAME, declared, action.given());
            if !problems.is_empty() {
                return Err(JujuError::new(problems.join("; ")));
            }
        }
        let id = self.model.run_action(&unit, A::NAME, action.given().clone())?;
        for _ in 0..self.most_hooks() {
            let Some(action) = self.model.action(id) else { break };
            if matches!(action.status, ActionStatus::Completed | ActionStatus::Failed) {
                return Ok(ActionRun::from(action));
            }
            let Some(context) = self.model.next_of(&unit, 0) else { break };
            self.run(context, crate::Faults::new());
        }
        Err(JujuError::new(format!(
            "{unit} has not come to run the action {:?}: it waits for something",
            A::NAME
        )))
    }

    /// `juju resolved`: the failed hook of a unit in error is due again at once.
    #[track_caller]
    pub fn resolve(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.resolve(&unit, true)?)
    }

    /// `juju resolved --no-retry`: the failed hook of a unit in error counts as run, although nothing of it is kept.
    #[track_caller]
    pub fn resolve_without_retry(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.resolve(&unit, false)?)
    }

    /// Lets time pass. What becomes due by it, retries and rotations of secrets, runs at the next step.
    pub fn advance(&mut self, time: Duration) {
        self.model.advance(time);
    }

    /// Has the unit lead its application, as if the one that does had lost its lease.
    #[track_caller]
    pub fn set_leader(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        self.model.set_leader(&unit);
        Ok(())
    }

    /// Has all units that are at rest run update-status.
    pub fn request_update_status(&mut self) {
        self.model.request_update_status();
    }

    /// `juju attach-resource`: the path at which `resource-get` finds the file of the resource `R`. Nothing is made
    /// there.
    #[track_caller]
    pub fn attach_resource<R: ResourceName>(
        &mut self,
        application: &str,
        path: &str,
    ) -> Result<(), JujuError> {
        Ok(self.model.attach_resource(application, R::NAME, path)?)
    }

    /// `juju add-storage`: more instances of the storage `S` for a unit. Nothing is made at the paths of their
    /// filesystems.
    #[track_caller]
    pub fn add_storage<S: StorageName>(&mut self, unit: &str, count: u32) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        self.model.add_storage(&unit, S::NAME, count)?;
        Ok(())
    }

    /// `juju detach-storage`, of an instance such as `data/0`: its unit runs storage-detaching.
    #[track_caller]
    pub fn detach_storage(&mut self, instance: &str) -> Result<(), JujuError> {
        match instance.parse() {
            Ok(id) => Ok(self.model.detach_storage(&id)?),
            Err(error) => Err(JujuError::new(format!("{error}"))),
        }
    }

    /// `juju add-secret`: a secret of the operator's own. Its URI is the value of options of type secret.
    pub fn add_secret(&mut self, name: &str, content: impl GivenContent) -> SecretId {
        self.model.add_secret(name, content.into_content())
    }

    /// `juju update-secret`: a new revision of a secret of the operator's own.
    #[track_caller]
    pub fn update_secret(&mut self, id: &SecretId, content: impl GivenContent) -> Result<(), JujuError> {
        Ok(self.model.update_secret(id, &content.into_content())?)
    }

    /// `juju grant-secret`
    #[track_caller]
    pub fn grant_secret(&mut self, id: &SecretId, application: &str) -> Result<(), JujuError> {
        Ok(self.model.grant_secret(id, application)?)
    }

    /// `juju revoke-secret`
    #[track_caller]
    pub fn revoke_secret(&mut self, id: &SecretId, application: &str) -> Result<(), JujuError> {
        Ok(self.model.revoke_secret(id, application)?)
    }

    /// `juju remove-secret`: a secret of the operator's own, with all its revisions.
    #[track_caller]
    pub fn remove_secret(&mut self, id: &SecretId) -> Result<(), JujuError> {
        Ok(self.model.remove_secret(id, None)?)
    }

    #[track_caller]
    pub(super) fn known(&self, unit: &str) -> Result<UnitName, JujuError> {
        // No closures here: they don't know their caller.
        let name: UnitName = match unit.parse() {
            Ok(name) => name,
            Err(error) => return Err(JujuError::new(format!("{error}"))),
        };
        match self.model.unit(&name) {
            Some(_) => Ok(name),
            None => Err(JujuError::new(format!("unit {unit:?} not found{}", self.one_of_units()))),
        }
    }

    pub(super) fn one_of_units(&self) -> String {
        let units: Vec<String> = self.model.units().map(|unit| unit.name.to_string()).collect();
        if units.is_empty() {
            "; the model has no units".to_owned()
        } else {
            format!("; there are {}", units.join(", "))
        }
    }
}

#[track_caller]
fn linked<C: Charm>() -> Result<LinkedCharm, JujuError> {
    match LinkedCharm::of::<C>() {
        Ok(charm) => Ok(charm),
        Err(why) => Err(JujuError::new(why)),
    }
}

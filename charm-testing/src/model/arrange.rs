//! A model made to order around one unit in the middle of its life, and what a hook has made of that unit.
//!
//! State-transition tests begin anywhere: nothing that is arranged here has been lived through.

use std::collections::BTreeMap;
use std::sync::Arc;

use charm_meta::{Endpoint, Metadata, Role, Scope};

use super::Model;
use super::application::Application;
use super::databag::{Databag, Writes};
use super::error::ModelError;
use super::hook::{Hook, RelationHookKind};
use super::life::Life;
use super::name::UnitName;
use super::network;
use super::random::Random;
use super::relation::{End, LocalRelation, Relation, RelationId};
use super::status::{Status, StatusKind};
use super::substrate::Substrate;
use super::unit::{Stage, Unit};
use crate::transition::{RelationState, ShownStatus, UnitState};

impl Model {
    /// A model in which `state` holds and `hook` comes next. Who calls this has checked that the two are consistent.
    pub(crate) fn around(
        state: &UnitState,
        metadata: &Arc<Metadata>,
        hook: &Hook,
        unit_goes: bool,
    ) -> Result<Self, ModelError> {
        // New secrets must not get the ids of those that there are.
        let mut random = Random::of(state.secrets.keys().map(|id| id.as_str().as_bytes()));
        let mut model = Self::new(random.next());
        model.set_version(state.juju);
        let application = state.name.application();
        // Containers there are on Kubernetes only.
        if !metadata.containers.is_empty() {
            model.set_substrate(Substrate::Kubernetes)?;
        }
        model.deploy(application, Arc::clone(metadata), 0)?;
        // The peer relations that come with an application are among those of the state.
        let peers: Vec<RelationId> = model.relations.keys().copied().collect();
        for id in peers {
            model.forget_relation(id);
        }
        let mut unit = model.unit_on_new_machine(&state.name);
        unit.life = if unit_goes { Life::Dying } else { Life::Alive };
        unit.stage = if *hook == Hook::Install { Stage::New } else { Stage::Started };
        unit.status_set = state.unit_status.kind != StatusKind::Unknown;
        unit.workload = model.status(&state.unit_status);
        unit.charm_state.clone_from(&state.charm_state);
        unit.ports.clone_from(&state.ports);
        model.units.insert(state.name.clone(), unit);
        for (id, relation) in &state.relations {
            if let Some(endpoint) = metadata.endpoints.get(&relation.endpoint) {
                model.arrange_relation(RelationId(*id), &state.name, endpoint, relation, hook)?;
            }
        }
        for storage in state.storages.values() {
            model.put_storage(storage.clone());
        }
        for (binding, network) in &state.networks {
            model.set_network(&state.name, binding, network.clone());
        }
        if let Some(cloud) = &state.cloud {
            model.set_cloud(cloud.clone());
        }
        model.plan_units(&state.name, state.planned_units);
        for secret in state.secrets.values() {
            model.put_secret(secret.clone());
        }
        // Last of all: deploying gives an application without a leader one.
        let app_status = state.app_status.as_ref().map(|status| model.status(status));
        if let Some(known) = model.applications.get_mut(application) {
            known.config.clone_from(&state.config);
            known.version.clone_from(&state.workload_version);
            known.resources.clone_from(&state.resources);
            known.trusted = state.cloud.is_some();
            known.leader = state.leader.then(|| state.name.clone());
            known.status = app_status;
        }
        Ok(model)
    }

    /// Gives the unit fellows until there are as many units as planned.
    fn plan_units(&mut self, name: &UnitName, planned: Option<u32>) {
        let mut missing = planned.map_or(0, |planned| planned as usize);
        missing = missing.saturating_sub(self.units_of(name.application()).count());
        let mut number = 0;
        while missing > 0 {
            let fellow = UnitName::new(name.application(), number);
            number += 1;
            if !self.units.contains_key(&fellow) {
                let unit = self.unit_on_new_machine(&fellow);
                self.units.insert(fellow, Unit { stage: Stage::Started, ..unit });
                missing -= 1;
            }
        }
    }

    fn status(&self, shown: &ShownStatus) -> Status {
        Status::new(shown.kind, shown.message.clone(), self.now)
    }

    fn arrange_relation(
        &mut self,
        id: RelationId,
        name: &UnitName,
        endpoint: &Endpoint,
        state: &RelationState,
        hook: &Hook,
    ) -> Result<(), ModelError> {
        let own = End { application: name.application().to_owned(), endpoint: state.endpoint.clone() };
        let remote = End { application: state.remote_app.clone(), endpoint: endpoint.interface.clone() };
        let (provider, requirer) = match endpoint.role {
            Role::Peers => (own, None),
            Role::Provides => (own, Some(remote)),
            Role::Requires => (remote, Some(own)),
        };
        let mut relation = Relation::new(id, endpoint.interface.clone(), provider, requirer);
        if !relation.is_peer() && self.application(&state.remote_app).is_none() {
            let remote = Metadata { name: state.remote_app.clone(), ..Metadata::default() };
            self.deploy(&state.remote_app, remote, 0)?;
        }
        // Before the first has joined, and after the last has departed, there are no members.
        let kind = hook.relation().filter(|hook| hook.relation == id).map(|hook| hook.kind);
        let has_members = !matches!(kind, Some(RelationHookKind::Created | RelationHookKind::Broken));
        relation.life = if kind == Some(RelationHookKind::Broken) { Life::Dying } else { Life::Alive };
        relation.container_scoped = endpoint.scope == Scope::Container;
        let mut local = LocalRelation { created: true, ..LocalRelation::default() };
        for (number, data) in &state.remote_units {
            let remote = UnitName::new(state.remote_app.clone(), *number);
            let unit = self.remote_unit(name, &remote, relation.container_scoped);
            relation.units.insert(remote.clone(), bag_of_unit(&unit, data));
            let container = unit.principal.as_ref().unwrap_or(&remote).clone();
            relation.containers.insert(remote.clone(), container);
            self.units.insert(remote.clone(), Unit { stage: Stage::Started, ..unit });
            relation.scope.insert(remote.clone());
            if has_members {
                local.members.insert(remote, 0);
            }
        }
        if !relation.is_peer() {
            relation.applications.insert(state.remote_app.clone(), bag(&state.remote_app_data));
        }
        relation.applications.insert(name.application().to_owned(), bag(&state.local_app));
        relation.scope.insert(name.clone());
        if let Some(unit) = self.units.get_mut(name) {
            relation.units.insert(name.clone(), bag_of_unit(unit, &state.local_unit));
            relation.containers.insert(name.clone(), unit.principal.as_ref().unwrap_or(name).clone());
            unit.relations.insert(id, local);
        }
        self.put_relation(relation);
        Ok(())
    }

    /// A unit at the other end of a relation. In a container-scoped one it is on the machine of `name`: its subordinate,
    /// or its principal.
    fn remote_unit(&mut self, name: &UnitName, remote: &UnitName, container_scoped: bool) -> Unit {
        let Some(unit) = self.units.get(name).filter(|_| container_scoped).cloned() else {
            return self.unit_on_new_machine(remote);
        };
        let beside = self.unit_beside(remote, &unit);
        let application = self.applications.get(name.application());
        if !application.is_some_and(Application::is_subordinate) {
            return beside;
        }
        if let Some(unit) = self.units.get_mut(name) {
            unit.principal = Some(remote.clone());
        }
        Unit { principal: None, ..beside }
    }

    /// Takes the leadership of an application from whoever has it; nobody gets it.
    pub(crate) fn depose(&mut self, application: &str) {
        if let Some(application) = self.applications.get_mut(application) {
            application.leader = None;
        }
    }

    /// Brings `state` up to what this model has come to.
    pub(crate) fn update(&self, state: &mut UnitState) {
        let (Some(unit), Some(application)) =
            (self.units.get(&state.name), self.applications.get(state.name.application()))
        else {
            return;
        };
        state.unit_status = ShownStatus::from(&unit.workload);
        state.app_status = application.status.as_ref().map(ShownStatus::from);
        state.workload_version.clone_from(&application.version);
        state.leader = application.leader.as_ref() == Some(&state.name);
        state.charm_state.clone_from(&unit.charm_state);
        state.ports.clone_from(&unit.ports);
        state.secrets.clone_from(&self.secrets);
        state.storages.clone_from(&self.storages);
        let name = state.name.clone();
        state.relations.retain(|id, state| {
            let id = RelationId(*id);
            // A relation that has broken is none of this unit's any more.
            let (Some(local), Some(relation)) = (unit.relations.get(&id), self.relations.get(&id)) else {
                return false;
            };
            state.local_unit = own_keys_removed(unit, relation.unit_data(&name));
            state.local_app = relation.application_data(name.application()).cloned().unwrap_or_default();
            state.remote_units.retain(|number, _| {
                local.members.contains_key(&UnitName::new(state.remote_app.clone(), *number))
            });
            true
        });
    }
}

fn bag(content: &BTreeMap<String, String>) -> Databag {
    let mut bag = Databag::default();
    let mut writes = Writes::default();
    for (key, value) in content {
        writes.set(key.clone(), value.clone());
    }
    bag.apply(&writes);
    bag
}

/// A unit's databag has Juju's own keys, unless the state gives them other values.
fn bag_of_unit(unit: &Unit, content: &BTreeMap<String, String>) -> Databag {
    let mut whole = network::addresses(unit.address).over(&BTreeMap::new());
    whole.extend(content.iter().map(|(key, value)| (key.clone(), value.clone())));
    bag(&whole)
}

/// A unit's databag without the keys that are Juju's own.
pub(crate) fn own_keys_removed(
    unit: &Unit,
    content: Option<&BTreeMap<String, String>>,
) -> BTreeMap<String, String> {
    let addresses = network::addresses(unit.address).over(&BTreeMap::new());
    let mut content = content.cloned().unwrap_or_default();
    content.retain(|key, value| addresses.get(key) != Some(value));
    content
}

//! Which relation hook is next for a unit.

use std::sync::Arc;

use charm_meta::Metadata;

use super::Model;
use super::databag::Databag;
use super::hook::{Hook, RelationHook, RelationHookKind};
use super::life::Life;
use super::name::UnitName;
use super::network;
use super::relation::{LocalRelation, Relation, RelationId};

impl Model {
    /// Has a unit take part in all relations that live. The others see it from now on. A subordinate that none of them
    /// binds to its principal begins to go.
    pub(crate) fn enter_relations(&mut self, name: &UnitName) {
        let charm = self.charm_of(name).map(|charm| Arc::clone(&charm.metadata));
        let (Some(unit), Some(application)) =
            (self.units.get(name), self.applications.get(name.application()))
        else {
            return;
        };
        let unknown = application.relations.iter().filter(|id| !unit.relations.contains_key(id));
        // One that only a later revision of the charm knows waits for the upgrade.
        let implemented = |relation: &Relation| {
            relation.end_of(name.application()).is_some_and(|end| {
                let declared = |charm: &Arc<Metadata>| charm.endpoints.contains_key(&end.endpoint);
                end.endpoint == "juju-info" || charm.as_ref().is_some_and(declared)
            })
        };
        let alive = |id: &RelationId| {
            self.relations.get(id).is_some_and(|relation| !relation.is_ending() && implemented(relation))
        };
        let new: Vec<RelationId> = unknown.copied().filter(alive).collect();
        for id in new {
            if self.admit(name, id) {
                self.enter_relation(name, id);
            }
        }
        self.take_leave_of_principal(name);
    }

    fn enter_relation(&mut self, name: &UnitName, id: RelationId) {
        let (Some(unit), Some(relation)) = (self.units.get_mut(name), self.relations.get_mut(&id)) else {
            return;
        };
        unit.relations.insert(id, LocalRelation::default());
        relation.scope.insert(name.clone());
        if relation.container_scoped {
            relation.containers.insert(name.clone(), unit.principal.as_ref().unwrap_or(name).clone());
        }
        let mut bag = Databag::default();
        bag.apply(&network::addresses(unit.address));
        relation.units.insert(name.clone(), bag);
        self.wake_relation(id);
    }

    /// Ends a unit's part in a relation.
    pub(crate) fn leave_relation(&mut self, name: &UnitName, id: RelationId) {
        if let Some(unit) = self.units.get_mut(name) {
            unit.relations.remove(&id);
            unit.remote_units.retain(|(relation, _), _| *relation != id);
        }
        if let Some(relation) = self.relations.get_mut(&id) {
            relation.scope.remove(name);
            relation.departing.remove(name);
        }
        self.wake_relation(id);
        self.release_relation(id);
    }

    /// The relations of a unit in an order that the seed chooses: Juju's is that of a Go map.
    fn shuffled_relations(&mut self, name: &UnitName) -> Vec<RelationId> {
        let mut ids: Vec<RelationId> =
            self.units.get(name).map(|unit| unit.relations.keys().copied().collect()).unwrap_or_default();
        self.random.shuffle(&mut ids);
        ids
    }

    /// The next relation-created that is due.
    pub(crate) fn next_relation_created(&mut self, name: &UnitName) -> Option<Hook> {
        self.shuffled_relations(name).into_iter().find_map(|id| {
            let local = self.units.get(name)?.relations.get(&id)?;
            let relation = self.relations.get(&id)?;
            let silent = relation.is_implicit_for(name.application());
            if local.created || silent || relation.life == Life::Dying {
                return None;
            }
            hook(relation, name, RelationHookKind::Created, None, 0)
        })
    }

    /// The next of the other relation hooks that is due.
    pub(crate) fn next_relation_hook(&mut self, name: &UnitName) -> Option<Hook> {
        for id in self.shuffled_relations(name) {
            let (Some(unit), Some(relation)) = (self.units.get(name), self.relations.get(&id)) else {
                continue;
            };
            let Some(local) = unit.relations.get(&id) else { continue };
            let ending = unit.life == Life::Dying || relation.is_ending();
            let silent = relation.is_implicit_for(name.application());
            if !silent && let Some(hook) = next_in(relation, local, name, ending) {
                return Some(self.with_departing(hook, name));
            }
            // These end without a last hook.
            if ending && (silent || relation.is_peer()) {
                self.leave_relation(name, id);
            }
        }
        None
    }

    /// A unit that goes, by itself or with its application, is told that it is itself the one who leaves.
    fn with_departing(&self, hook: Hook, name: &UnitName) -> Hook {
        let unit = self.units.get(name).map(|unit| unit.life);
        let application = self.applications.get(name.application()).map(|application| application.life);
        match hook {
            Hook::Relation(hook)
                if hook.kind == RelationHookKind::Departed
                    && [unit, application].contains(&Some(Life::Dying)) =>
            {
                Hook::Relation(RelationHook { departing_unit: Some(name.clone()), ..hook })
            }
            hook => hook,
        }
    }
}

fn hook(
    relation: &Relation,
    name: &UnitName,
    kind: RelationHookKind,
    remote_unit: Option<&UnitName>,
    version: u64,
) -> Option<Hook> {
    let own = relation.end_of(name.application())?;
    let remote = relation.remote_of(name.application())?;
    Some(Hook::Relation(RelationHook {
        kind,
        relation: relation.id,
        endpoint: own.endpoint.clone(),
        remote_application: remote.application.clone(),
        remote_unit: remote_unit.cloned(),
        departing_unit: remote_unit.filter(|_| kind == RelationHookKind::Departed).cloned(),
        version,
    }))
}

/// The order within one relation, each step before the next: the changed that follows a joined; departed; broken;
/// changed application data; joined; changed units.
fn next_in(relation: &Relation, local: &LocalRelation, name: &UnitName, ending: bool) -> Option<Hook> {
    let of = |kind, unit: Option<&UnitName>, version| hook(relation, name, kind, unit, version);
    if let Some(pending) = &local.changed_pending {
        let version = relation.units.get(pending).map_or(0, Databag::version);
        return of(RelationHookKind::Changed, Some(pending), version);
    }
    // What ends looks empty, so that all depart.
    if let Some(gone) = local.members.keys().find(|member| ending || !relation.shows(name, member)) {
        return of(RelationHookKind::Departed, Some(gone), 0);
    }
    if ending {
        return if relation.is_peer() { None } else { of(RelationHookKind::Broken, None, 0) };
    }
    let application = &relation.remote_of(name.application())?.application;
    let version = relation.applications.get(application).map_or(0, Databag::version);
    if version != local.applications.get(application).copied().unwrap_or(0) {
        return of(RelationHookKind::Changed, None, version);
    }
    if let Some((joining, version)) =
        relation.remote_units(name).find(|(unit, _)| !local.members.contains_key(*unit))
    {
        return of(RelationHookKind::Joined, Some(joining), version);
    }
    let changed =
        relation.remote_units(name).find(|(unit, version)| local.members.get(*unit) != Some(version));
    changed.and_then(|(unit, version)| of(RelationHookKind::Changed, Some(unit), version))
}

//! Upgrades: an application gets another revision of its charm.

use std::collections::BTreeSet;

use charm_meta::Role;

use super::Model;
use super::application::{Application, Charm, unknown_application};
use super::error::ModelError;
use super::name::UnitName;
use super::relation::{End, Relation};
use super::unit::Unit;

impl Model {
    /// Gives an application another revision of its charm, as `juju refresh` does. Its units run upgrade-charm and then
    /// config-changed; one in error does so when its hook has succeeded. Peer relations and storages that only the new
    /// revision declares come with it; options that it hasn't, or has with another type, lose their value.
    ///
    /// Refused if a relation or a storage in use would break.
    pub fn refresh(&mut self, application: &str, charm: impl Into<Charm>) -> Result<(), ModelError> {
        self.set_charm(application, charm.into(), false)
    }

    /// As [`refresh`](Self::refresh), but units in error upgrade too, as by `juju refresh --force-units`. Such a unit is
    /// still in error, now with the new charm: its failed hook is tried again, and it runs neither upgrade-charm nor
    /// config-changed for it.
    pub fn refresh_by_force(&mut self, application: &str, charm: impl Into<Charm>) -> Result<(), ModelError> {
        self.set_charm(application, charm.into(), true)
    }

    fn set_charm(&mut self, name: &str, charm: Charm, by_force: bool) -> Result<(), ModelError> {
        let known = self.applications.get(name).ok_or_else(|| unknown_application(name))?;
        self.check_upgrade(known, &charm).map_err(|why| {
            let (old, new) = (&known.charm.metadata.name, &charm.metadata.name);
            ModelError::new(format!(
                "cannot upgrade application {name:?} from charm {old:?} to charm {new:?}: {why}"
            ))
        })?;
        let Some(known) = self.applications.get_mut(name) else { return Ok(()) };
        let options = &charm.metadata.config;
        let kinds = known.charm.metadata.config.clone();
        known.config.retain(|option, _| {
            let (new, old) = (options.get(option), kinds.get(option));
            new.zip(old).is_some_and(|(new, old)| new.kind == old.kind)
        });
        let old = std::mem::replace(&mut known.charm, charm);
        let had: Vec<String> = old.metadata.storages.keys().cloned().collect();
        known.charms.insert(known.charm_revision, old);
        known.charm_revision += 1;
        known.charm_version += 1;
        known.forced = by_force;
        self.hash_config(name);
        self.add_new_peers(name);
        let units: Vec<UnitName> = self.units_of(name).map(|unit| unit.name.clone()).collect();
        for unit in units {
            self.add_first_storages(&unit, &|storage| !had.iter().any(|old| old == storage));
        }
        self.forget_old_charms(name);
        self.wake_application(name);
        Ok(())
    }

    /// Why an application can't have that charm.
    fn check_upgrade(&self, known: &Application, charm: &Charm) -> Result<(), String> {
        let (old, new) = (&known.charm.metadata, &charm.metadata);
        if old.subordinate != new.subordinate {
            return Err("cannot change an application's subordinacy".to_owned());
        }
        for relation in self.relations_of(&known.name) {
            for end in
                relation.ends().filter(|end| end.application == known.name && end.endpoint != "juju-info")
            {
                let before = old.endpoints.get(&end.endpoint);
                let after = new.endpoints.get(&end.endpoint);
                let same = before.zip(after).is_some_and(|(before, after)| {
                    (before.role, &before.interface, before.scope)
                        == (after.role, &after.interface, after.scope)
                });
                if !same {
                    let ends: Vec<String> = relation.ends().map(ToString::to_string).collect();
                    return Err(format!("would break relation \"{}\"", ends.join(" ")));
                }
            }
        }
        for (name, before) in &old.storages {
            let Some(after) = new.storages.get(name) else {
                let in_use = self
                    .units_of(&known.name)
                    .any(|unit| self.storages_of(&unit.name).any(|storage| storage.id.name() == name));
                if in_use {
                    return Err(format!("in-use storage {name:?} removed"));
                }
                continue;
            };
            if before.kind != after.kind {
                return Err(format!("existing storage {name:?} type changed"));
            }
        }
        Ok(())
    }

    fn add_new_peers(&mut self, name: &str) {
        let Some(known) = self.applications.get(name) else { return };
        let peers =
            known.charm.metadata.endpoints.iter().filter(|(_, endpoint)| endpoint.role == Role::Peers);
        let peers: Vec<(String, String)> =
            peers.map(|(endpoint, declared)| (endpoint.clone(), declared.interface.clone())).collect();
        for (endpoint, interface) in peers {
            let end = End { application: name.to_owned(), endpoint };
            if self.relations_of(name).any(|relation| relation.provider == end) {
                continue;
            }
            let id = self.new_relation_id();
            self.put_relation(Relation::new(id, interface, end, None));
        }
    }

    /// The revision that a unit runs: not its application's before its agent has upgraded it.
    pub(crate) fn charm_of(&self, unit: &UnitName) -> Option<&Charm> {
        let known = self.applications.get(unit.application())?;
        let revision = self.units.get(unit)?.charm_revision;
        Some(revision.and_then(|revision| known.charms.get(&revision)).unwrap_or(&known.charm))
    }

    /// Gives a unit its application's revision.
    pub(crate) fn upgrade_charm_of(&mut self, name: &UnitName) {
        let Some(known) = self.applications.get(name.application()) else { return };
        let Some(unit) = self.units.get_mut(name) else { return };
        unit.charm_version = known.charm_version;
        let Some(before) = unit.charm_revision.replace(known.charm_revision) else { return };
        // Whoever isn't upgraded yet is soon found, so this looks at few units.
        let in_use = self.units_of(name.application()).any(|unit| unit.charm_revision == Some(before));
        if let Some(known) = self.applications.get_mut(name.application()).filter(|_| !in_use) {
            known.charms.remove(&before);
        }
    }

    /// Upgrades a unit in error if it must not wait.
    pub(crate) fn force_upgrade(&mut self, name: &UnitName) {
        let forced = self.applications.get(name.application()).filter(|known| known.forced);
        let due = forced.zip(self.units.get(name)).is_some_and(|(known, unit)| unit.has_other_charm(known));
        if due {
            self.upgrade_charm_of(name);
        }
    }

    /// Forgets the revisions that no unit runs any more.
    pub(crate) fn forget_old_charms(&mut self, name: &str) {
        if self.applications.get(name).is_none_or(|known| known.charms.is_empty()) {
            return;
        }
        let in_use: BTreeSet<u64> = self.units_of(name).filter_map(|unit| unit.charm_revision).collect();
        if let Some(known) = self.applications.get_mut(name) {
            known.charms.retain(|revision, _| in_use.contains(revision));
        }
    }
}

impl Unit {
    /// Whether its agent has an upgrade to do: to another revision, or to another file of a resource.
    pub(crate) fn has_other_charm(&self, application: &Application) -> bool {
        self.charm_revision.is_some_and(|revision| revision != application.charm_revision)
            || self.charm_version != application.charm_version
    }

    /// Which of its application's revisions it runs, counted from 0 by [`Model::refresh`]: whoever runs its hooks gives
    /// it the files of that one. Before its first hook, 0: it runs none yet, and will begin with its application's.
    pub fn charm_revision(&self) -> u64 {
        self.charm_revision.unwrap_or_default()
    }
}

//! One unit, looked at between hooks.

use std::any::TypeId;
use std::collections::BTreeMap;

use charm_runtime::{Charm, DeadLetter, Deferred, Endpoint, Memory, Port};

use super::LocalJuju;
use crate::model::{RelationId, Unit, UnitName, own_keys_removed};
use crate::transition::{Related, RelationState, ShownStatus, stop_test};

/// One unit, looked at between hooks, in the types of its charm.
#[derive(Debug, Clone, Copy)]
pub struct UnitView<'j> {
    juju: &'j LocalJuju,
    unit: &'j Unit,
}

impl LocalJuju {
    /// A unit.
    ///
    /// # Panics
    ///
    /// Panics if there is none of that name.
    #[track_caller]
    pub fn unit(&self, name: &str) -> UnitView<'_> {
        let unit = name.parse().ok().and_then(|name: UnitName| self.model.unit(&name));
        match unit {
            Some(unit) => UnitView { juju: self, unit },
            None => stop_test(&format!("unit {name:?} not found{}", self.one_of_units())),
        }
    }

    /// The units of an application, by number: none if there is no such application.
    pub fn units<'j>(&'j self, application: &'j str) -> impl Iterator<Item = UnitView<'j>> {
        self.model.units_of(application).map(|unit| UnitView { juju: self, unit })
    }

    /// All units.
    pub fn all_units(&self) -> impl Iterator<Item = UnitView<'_>> {
        self.model.units().map(|unit| UnitView { juju: self, unit })
    }

    /// The leader of an application, if it has one.
    pub fn leader(&self, application: &str) -> Option<UnitView<'_>> {
        let unit = self.model.unit(self.model.leader(application)?)?;
        Some(UnitView { juju: self, unit })
    }

    /// The status of an application: what its leader has set, or else the gravest of its units'.
    pub fn app_status(&self, application: &str) -> ShownStatus {
        ShownStatus::from(&self.model.application_status(application))
    }
}

impl<'j> UnitView<'j> {
    /// Its name.
    pub fn name(&self) -> &'j UnitName {
        &self.unit.name
    }

    /// Whether it leads its application.
    pub fn is_leader(&self) -> bool {
        self.juju.model.leader(self.name().application()) == Some(self.name())
    }

    /// What `juju status` shows of it: what the charm says, or the error that it is in.
    pub fn status(&self) -> ShownStatus {
        let (kind, message) = self.unit.shown_status();
        ShownStatus { kind, message }
    }

    /// What Juju knows of it.
    pub fn unit(&self) -> &'j Unit {
        self.unit
    }

    /// The ports that it has opened, sorted.
    pub fn ports(&self) -> Vec<Port> {
        self.unit.ports().copied().map(Port::from).collect()
    }

    /// Its relations of the endpoint `E`, by id, with the remote units that have joined.
    pub fn relations<E: Endpoint>(&self) -> Vec<Related<'static, E>> {
        let ids = self.unit.relations.keys().copied();
        ids.filter_map(|id| Some((id, self.relation_state(id)?)))
            .filter(|(_, relation)| relation.endpoint == E::NAME)
            .map(|(id, relation)| Related::owned(id.0, relation))
            .collect()
    }

    /// Its one relation of the endpoint `E`.
    ///
    /// # Panics
    ///
    /// Panics if there is none, or several.
    #[track_caller]
    pub fn relation<E: Endpoint>(&self) -> Related<'static, E> {
        let mut relations = self.relations();
        let count = relations.len();
        match relations.pop().filter(|_| count == 1) {
            Some(only) => only,
            None => stop_test(&format!(
                "{}: the endpoint `{}` has {count} relations, not one: look at `relations`",
                self.name(),
                E::NAME
            )),
        }
    }

    fn relation_state(&self, id: RelationId) -> Option<RelationState> {
        let relation = self.juju.model.relation(id)?;
        let application = self.name().application();
        let end = relation.end_of(application)?;
        let remote = &relation.remote_of(application)?.application;
        let of_app = |name: &str| relation.application_data(name).cloned().unwrap_or_default();
        let of_unit = |name: &UnitName| match self.juju.model.unit(name) {
            Some(unit) => own_keys_removed(unit, relation.unit_data(name)),
            None => relation.unit_data(name).cloned().unwrap_or_default(),
        };
        let members = self.unit.relations.get(&id)?.members.keys();
        Some(RelationState {
            endpoint: end.endpoint.clone(),
            remote_app: remote.clone(),
            local_unit: of_unit(self.name()),
            local_app: of_app(application),
            remote_app_data: if relation.is_peer() { BTreeMap::new() } else { of_app(remote) },
            remote_units: members.map(|member| (member.number(), of_unit(member))).collect(),
        })
    }

    fn memory(&self) -> Memory {
        self.juju.memories.get(self.name()).cloned().unwrap_or_default()
    }

    /// The deferred events that wait, in order.
    ///
    /// # Panics
    ///
    /// Panics if the store can't be read, which only damaged records bring about.
    #[track_caller]
    pub fn deferred(&self) -> Vec<Deferred> {
        self.memory().deferred().unwrap_or_else(|error| stop_test(&error.to_string()))
    }

    /// The deferred events that have been given up.
    ///
    /// # Panics
    ///
    /// As [`deferred`](Self::deferred).
    #[track_caller]
    pub fn dead_letters(&self) -> Vec<DeadLetter> {
        self.memory().dead_letters().unwrap_or_else(|error| stop_test(&error.to_string()))
    }

    /// Looks at the stored fields of its charm `C`: `unit.stored(|web: &Web| *web.visits.get().unwrap())`.
    ///
    /// # Panics
    ///
    /// Panics as `look` does, and if the unit's charm is another.
    #[track_caller]
    pub fn stored<C: Charm, T>(&self, look: impl FnOnce(&C) -> T) -> T {
        match self.juju.linked(self.name()) {
            Some(charm) if charm.id != TypeId::of::<C>() => {
                let (asked, is) = (std::any::type_name::<C>(), charm.type_name);
                stop_test(&format!("the charm of {} is {is}, not {asked}", self.name()))
            }
            _ => self
                .memory()
                .read::<C, T>(|charm| Ok(look(charm)))
                .unwrap_or_else(|error| stop_test(&format!("{error:#}"))),
        }
    }
}

//! Relations between applications, and between the units of one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::databag::{Databag, Writes};
use super::error::Refusal;
use super::hook::RelationHookKind;
use super::life::Life;
use super::name::UnitName;
use super::secret::SecretId;
use super::{Model, View};

/// The endpoint that every charm provides without declaring it, and its interface.
pub(crate) const IMPLICIT: &str = "juju-info";

/// The number of a relation, unique in its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RelationId(pub u32);

impl fmt::Display for RelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One end of a relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The application.
    pub application: String,
    /// Its endpoint.
    pub endpoint: String,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.application, self.endpoint)
    }
}

/// A relation with its databags.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Relation {
    /// Its number.
    pub id: RelationId,
    /// The interface its ends speak.
    pub interface: String,
    /// The providing end; on a peer relation the only one.
    pub provider: End,
    /// The requiring end; none on a peer relation.
    pub requirer: Option<End>,
    /// Dying once it has been removed and until each unit has run its hooks for that.
    pub life: Life,
    /// The UUID of the model at the other end, if it is another than this one.
    pub remote_model: Option<String>,
    /// Whether its units see only those on the same machine: principals their subordinates, and these them.
    pub container_scoped: bool,
    /// Whether it is suspended: its units have left it, or are about to.
    pub suspended: bool,
    /// The units that take part.
    pub(crate) scope: BTreeSet<UnitName>,
    /// Those of them that go: the others see them no more, though they have yet to run their own hooks for that.
    pub(crate) departing: BTreeSet<UnitName>,
    /// The principals of the units that take or took part; a principal is its own.
    pub(crate) containers: BTreeMap<UnitName, UnitName>,
    /// Kept beyond a unit's departure: Juju lets the others read it as long as the relation lives.
    pub(crate) units: BTreeMap<UnitName, Databag>,
    pub(crate) applications: BTreeMap<String, Databag>,
    /// The secrets that are granted over it.
    pub(crate) secrets: BTreeSet<SecretId>,
}

impl Relation {
    pub(crate) fn new(id: RelationId, interface: String, provider: End, requirer: Option<End>) -> Self {
        Self {
            id,
            interface,
            provider,
            requirer,
            life: Life::Alive,
            remote_model: None,
            container_scoped: false,
            suspended: false,
            scope: BTreeSet::new(),
            departing: BTreeSet::new(),
            containers: BTreeMap::new(),
            units: BTreeMap::new(),
            applications: BTreeMap::new(),
            secrets: BTreeSet::new(),
        }
    }

    /// Whether it joins the units of one application.
    pub fn is_peer(&self) -> bool {
        self.requirer.is_none()
    }

    /// The relation as Juju's agents name it: `relation-web.backend#app.web`, the requirer first.
    pub(crate) fn tag(&self) -> String {
        let ends = self.requirer.iter().chain([&self.provider]);
        let ends: Vec<String> = ends.map(|end| format!("{}.{}", end.application, end.endpoint)).collect();
        format!("relation-{}", ends.join("#"))
    }

    /// Its ends, the provider first.
    pub fn ends(&self) -> impl Iterator<Item = &End> {
        std::iter::once(&self.provider).chain(&self.requirer)
    }

    /// The end of `application`, if it has one here.
    pub fn end_of(&self, application: &str) -> Option<&End> {
        self.ends().find(|end| end.application == application)
    }

    /// The end that `application` looks at: the other one, or its own on a peer relation.
    pub fn remote_of(&self, application: &str) -> Option<&End> {
        let own = self.end_of(application)?;
        Some(self.ends().find(|end| *end != own).unwrap_or(own))
    }

    /// Whether `unit` takes part in it.
    pub fn has_member(&self, unit: &UnitName) -> bool {
        self.scope.contains(unit)
    }

    /// What `unit` has published; nothing if it never took part.
    pub fn unit_data(&self, unit: &UnitName) -> Option<&BTreeMap<String, String>> {
        self.units.get(unit).map(Databag::content)
    }

    /// What the leader of `application` has published.
    pub fn application_data(&self, application: &str) -> Option<&BTreeMap<String, String>> {
        self.applications.get(application).map(Databag::content)
    }

    /// Whether `unit` could see `other`.
    pub(crate) fn shows(&self, unit: &UnitName, other: &UnitName) -> bool {
        let remote = self.remote_of(unit.application());
        other != unit
            && remote.is_some_and(|remote| remote.application == other.application())
            && self.scope.contains(other)
            && self.has_room_for_both(unit, other)
    }

    /// Whether the one may see the other at all, leaving aside at which ends they are.
    fn has_room_for_both(&self, unit: &UnitName, other: &UnitName) -> bool {
        !self.departing.contains(other) && self.shares_container(unit, other)
    }

    /// Whether one of the units could ever see the other: in a container-scoped relation a principal and its
    /// subordinates see each other and nobody else.
    pub(crate) fn shares_container(&self, unit: &UnitName, other: &UnitName) -> bool {
        !self.container_scoped || self.containers.get(unit) == self.containers.get(other)
    }

    /// Whether the end of `application` is one that its charm doesn't know of, the `juju-info` that every charm provides:
    /// its units take part, but no hook tells them.
    pub(crate) fn is_implicit_for(&self, application: &str) -> bool {
        self.interface == IMPLICIT
            && self.provider.endpoint == IMPLICIT
            && self.provider.application == application
    }

    /// The units that `unit` could see, sorted, with the versions of their databags.
    pub(crate) fn remote_units<'r>(
        &'r self,
        unit: &'r UnitName,
    ) -> impl Iterator<Item = (&'r UnitName, u64)> {
        let remote = self.remote_of(unit.application()).map(|end| UnitName::all_of(&end.application));
        let others = remote.into_iter().flat_map(|names| self.scope.range(names));
        others
            .filter(move |other| *other != unit && self.has_room_for_both(unit, other))
            .map(|other| (other, self.units.get(other).map_or(0, Databag::version)))
    }
}

/// What a unit's agent remembers about a relation: what its charm has been told.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct LocalRelation {
    pub(crate) created: bool,
    pub(crate) members: BTreeMap<UnitName, u64>,
    pub(crate) applications: BTreeMap<String, u64>,
    /// A unit that has joined and whose relation-changed is due, next of all in this relation.
    pub(crate) changed_pending: Option<UnitName>,
}

impl Model {
    /// Makes a relation vanish from the model although its units have not been told, as it can happen when it goes
    /// while one of them runs a hook: commands that name it find nothing to read.
    pub fn forget_relation(&mut self, id: RelationId) -> bool {
        self.wake_relation(id);
        let Some(relation) = self.relations.remove(&id) else { return false };
        for end in relation.ends() {
            if let Some(application) = self.applications.get_mut(&end.application) {
                application.relations.remove(&id);
            }
        }
        self.end_grants(&relation);
        self.relation_networks.retain(|(_, relation), _| *relation != id);
        for end in relation.ends() {
            self.release_application(&end.application);
        }
        true
    }

    /// Puts a relation into the model, in place of one of the same number.
    pub(crate) fn put_relation(&mut self, relation: Relation) {
        let id = relation.id;
        for end in relation.ends() {
            if let Some(application) = self.applications.get_mut(&end.application) {
                application.relations.insert(id);
            }
        }
        self.relations.insert(id, relation);
        self.wake_relation(id);
    }

    /// Says that the other end of a relation is in another model.
    pub fn set_remote_model(&mut self, id: RelationId, uuid: &str) -> bool {
        let found = self.relations.get_mut(&id);
        found.map(|relation| relation.remote_model = Some(uuid.to_owned())).is_some()
    }

    /// A relation by its number.
    pub fn relation(&self, id: RelationId) -> Option<&Relation> {
        self.relations.get(&id)
    }

    /// All relations, by number.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.values()
    }

    /// The relations of `application`.
    pub(crate) fn relations_of(&self, application: &str) -> impl Iterator<Item = &Relation> {
        let ids = self.applications.get(application).into_iter().flat_map(|known| &known.relations);
        ids.filter_map(|id| self.relations.get(id))
    }
}

impl View<'_> {
    /// Whether the unit takes part in that relation, so that hook commands may name it.
    pub fn has_relation(&self, id: RelationId) -> bool {
        self.unit().relations.contains_key(&id)
    }

    /// The relations at `endpoint` in which the unit takes part, by number.
    pub fn relation_ids(&self, endpoint: &str) -> Vec<RelationId> {
        let application = self.context.unit().application();
        let at_endpoint = |id: &RelationId| {
            let end = self.model.relation(*id).and_then(|relation| relation.end_of(application));
            end.is_some_and(|end| end.endpoint == endpoint) && !self.is_broken(*id)
        };
        self.unit().relations.keys().copied().filter(at_endpoint).collect()
    }

    /// The model of the application at the other end.
    pub fn remote_model(&self, id: RelationId) -> &str {
        let remote = self.model.relation(id).and_then(|relation| relation.remote_model.as_deref());
        remote.unwrap_or_else(|| self.model.uuid())
    }

    /// Juju 3 leaves a relation out of `relation-ids` once it is dying and has no members left.
    fn is_broken(&self, id: RelationId) -> bool {
        if self.model.version().is_4() {
            return false;
        }
        let hook = self.context.hook().relation();
        let breaks = hook.is_some_and(|hook| hook.relation == id && hook.kind == RelationHookKind::Broken);
        let ends =
            self.model.relation(id).is_some_and(|relation| relation.is_ending() && !relation.is_peer());
        breaks || ends && self.members(id).next().is_none()
    }

    /// The remote units whose relation-joined has been run, as this hook sees them.
    pub fn relation_units(&self, id: RelationId) -> Vec<UnitName> {
        let mut units: Vec<UnitName> = self.members(id).cloned().collect();
        units.sort_unstable();
        units
    }

    /// Those units in no order. Only this unit's own hooks change who they are, so they stand for the whole hook.
    pub(crate) fn members(&self, id: RelationId) -> impl Iterator<Item = &UnitName> {
        let told = self.unit().relations.get(&id).map(|local| &local.members);
        let hook = self.context.hook().relation().filter(|hook| hook.relation == id);
        let about = |kinds: &[RelationHookKind]| {
            hook.filter(|hook| kinds.contains(&hook.kind)).and_then(|hook| hook.remote_unit.as_ref())
        };
        let leaving = about(&[RelationHookKind::Departed]);
        let coming = about(&[RelationHookKind::Joined, RelationHookKind::Changed]);
        let coming = coming.filter(|unit| told.is_some_and(|told| !told.contains_key(*unit)));
        told.into_iter().flat_map(BTreeMap::keys).filter(move |unit| Some(*unit) != leaving).chain(coming)
    }

    /// The application at the other end.
    pub fn remote_application(&self, id: RelationId) -> Option<&str> {
        let relation = self.model.relation(id)?;
        Some(&relation.remote_of(self.context.unit().application())?.application)
    }

    /// Stages changes to the unit's own databag.
    pub fn write_unit_data(&mut self, id: RelationId) -> &mut Writes {
        self.context.unit_writes.entry(id).or_default()
    }

    /// Stages changes to the application's databag.
    pub fn write_application_data(&mut self, id: RelationId) -> Result<&mut Writes, Refusal> {
        if !self.is_leader() {
            return Err(Refusal::CannotWriteSettings);
        }
        Ok(self.context.application_writes.entry(id).or_default())
    }
}

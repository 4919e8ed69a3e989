//! Relations.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::databag::{BagOwner, LocalDatabag};
use crate::error::Error;
use crate::hook_command;
use crate::juju::Juju;
use crate::leader::Leader;

/// Which side of a relation an endpoint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // charmcraft.yaml's own words
pub enum Role {
    Provides,
    Requires,
    Peers,
}

/// An endpoint of the charm, as a type: `#[charm]` makes one for each that `charmcraft.yaml` declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an endpoint",
    note = "the charm's endpoints are the types in the module `endpoint` beside the struct with `#[charm]`"
)]
pub trait Endpoint: 'static {
    /// The name in `charmcraft.yaml`.
    const NAME: &'static str;
    /// Its side of the relation.
    const ROLE: Role;
    /// The interface it speaks.
    const INTERFACE: &'static str;
}

/// An endpoint with `limit: 1` in `charmcraft.yaml`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may have several relations",
    label = "one relation of many",
    note = "take `Relations<..>`, or declare `limit: 1` for the endpoint in charmcraft.yaml"
)]
pub trait Single: Endpoint {}

/// A relation's id, as Juju writes it: `db:7`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId {
    endpoint: String,
    number: u64,
}

impl RelationId {
    pub(crate) fn parse(id: &str) -> Option<Self> {
        let (endpoint, number) = id.rsplit_once(':')?;
        let number = number.parse().ok()?;
        (!endpoint.is_empty()).then(|| Self { endpoint: endpoint.to_owned(), number })
    }

    /// The endpoint's name.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The number, which is unique in the model.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl fmt::Display for RelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.endpoint, self.number)
    }
}

impl Serialize for RelationId {
    #[track_caller]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RelationId {
    #[track_caller]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::parse(&id)
            .ok_or_else(|| serde::de::Error::custom(format!("`{id}` is no relation id, such as `db:7`")))
    }
}

/// One relation of the endpoint `E`.
pub struct Relation<E> {
    juju: Juju,
    id: RelationId,
    /// The remote application, where the event named it; Juju is asked otherwise.
    app: Option<String>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E> Clone for Relation<E> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), id: self.id.clone(), app: self.app.clone(), endpoint: PhantomData }
    }
}

impl<E> fmt::Debug for Relation<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relation({})", self.id)
    }
}

impl<E: Endpoint> Relation<E> {
    pub(crate) fn new(juju: &Juju, id: RelationId, app: Option<String>) -> Self {
        Self { juju: juju.clone(), id, app, endpoint: PhantomData }
    }

    /// Its id.
    pub fn id(&self) -> &RelationId {
        &self.id
    }

    /// The remote application's name; the own one's for a peer relation. `None` where Juju doesn't say.
    #[track_caller]
    pub fn remote_app_name(&self) -> Result<Option<String>, Error> {
        if E::ROLE == Role::Peers {
            return Ok(Some(self.juju.app_name()?.to_owned()));
        }
        match &self.app {
            Some(app) => Ok(Some(app.clone())),
            None => self.juju.remote_app(&self.id),
        }
    }

    /// The remote units whose relation-joined has been seen, sorted. Units that have not joined yet, or have
    /// departed, are not among them although their databags can be read.
    #[track_caller]
    pub fn units(&self) -> Result<Vec<String>, Error> {
        self.juju.relation_units(&self.id)
    }

    /// The remote application's databag; empty where Juju doesn't name the application.
    #[track_caller]
    pub fn remote_app(&self) -> Result<BTreeMap<String, String>, Error> {
        match self.remote_app_name()? {
            Some(app) => self.juju.bag(&self.id, &BagOwner::App(app)),
            None => Ok(BTreeMap::new()),
        }
    }

    /// A remote unit's databag, by its name, such as `db/0`.
    #[track_caller]
    pub fn remote_unit(&self, unit: &str) -> Result<BTreeMap<String, String>, Error> {
        self.juju.bag(&self.id, &BagOwner::Unit(unit.to_owned()))
    }

    /// This unit's own databag.
    #[track_caller]
    pub fn local_unit(&self) -> Result<LocalDatabag<'_>, Error> {
        let owner = BagOwner::Unit(self.juju.unit_name()?.to_owned());
        Ok(LocalDatabag::new(&self.juju, &self.id, owner))
    }

    /// The own application's databag. Only the leader writes it, and reads it but for peer relations.
    #[track_caller]
    pub fn local_app(&self, _proof: &Leader<'_>) -> Result<LocalDatabag<'_>, Error> {
        let owner = BagOwner::App(self.juju.app_name()?.to_owned());
        Ok(LocalDatabag::new(&self.juju, &self.id, owner))
    }
}

/// All relations of the endpoint `E`, by id.
#[derive(Debug)]
pub struct Relations<E> {
    relations: Vec<Relation<E>>,
}

impl<E: Endpoint> Relations<E> {
    #[track_caller]
    pub(crate) fn of(juju: &Juju) -> Result<Self, Error> {
        let ids = juju.relation_ids(E::NAME)?;
        Ok(Self { relations: ids.into_iter().map(|id| Relation::new(juju, id, None)).collect() })
    }

    /// One after another, by id.
    pub fn iter(&self) -> std::slice::Iter<'_, Relation<E>> {
        self.relations.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.relations.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.relations.is_empty()
    }
}

impl<E> IntoIterator for Relations<E> {
    type Item = Relation<E>;
    type IntoIter = std::vec::IntoIter<Relation<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.relations.into_iter()
    }
}

impl<'r, E> IntoIterator for &'r Relations<E> {
    type Item = &'r Relation<E>;
    type IntoIter = std::slice::Iter<'r, Relation<E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.relations.iter()
    }
}

/// What has been read of relations.
#[derive(Default)]
pub(crate) struct Kept {
    ids: RefCell<BTreeMap<String, Vec<RelationId>>>,
    units: RefCell<BTreeMap<RelationId, Vec<String>>>,
    remote_apps: RefCell<BTreeMap<RelationId, Option<String>>>,
}

impl Juju {
    /// The relations of an endpoint.
    #[track_caller]
    pub fn relations<E: Endpoint>(&self) -> Result<Relations<E>, Error> {
        Relations::of(self)
    }

    /// The one relation of an endpoint, or none; an error where there are several.
    #[track_caller]
    pub fn relation<E: Endpoint>(&self) -> Result<Option<Relation<E>>, Error> {
        let mut relations = self.relations::<E>()?.into_iter();
        let first = relations.next();
        match relations.next() {
            None => Ok(first),
            Some(_) => Err(Error::invalid(
                format!("endpoint `{}`", E::NAME),
                "it has several relations where one was asked for: remove all but one, or handle each",
            )),
        }
    }

    #[track_caller]
    pub(crate) fn relation_ids(&self, endpoint: &str) -> Result<Vec<RelationId>, Error> {
        if let Some(ids) = self.0.relation.ids.borrow().get(endpoint) {
            return Ok(ids.clone());
        }
        let mut ids = hook_command::relation_ids(self, endpoint)?;
        // Juju sorts them as strings: db:10 before db:9.
        ids.sort();
        self.0.relation.ids.borrow_mut().insert(endpoint.to_owned(), ids.clone());
        Ok(ids)
    }

    #[track_caller]
    pub(crate) fn relation_units(&self, relation: &RelationId) -> Result<Vec<String>, Error> {
        if let Some(units) = self.0.relation.units.borrow().get(relation) {
            return Ok(units.clone());
        }
        let units = match hook_command::relation_list(self, relation) {
            // A relation that is gone has no units.
            Err(error) if error.is_relation_gone() => Vec::new(),
            units => units?,
        };
        self.0.relation.units.borrow_mut().insert(relation.clone(), units.clone());
        Ok(units)
    }

    #[track_caller]
    pub(crate) fn remote_app(&self, relation: &RelationId) -> Result<Option<String>, Error> {
        if let Some(app) = self.0.relation.remote_apps.borrow().get(relation) {
            return Ok(app.clone());
        }
        let app = match hook_command::relation_remote_app(self, relation) {
            Err(error) if error.is_relation_gone() => None,
            app => app?,
        };
        self.0.relation.remote_apps.borrow_mut().insert(relation.clone(), app.clone());
        Ok(app)
    }
}

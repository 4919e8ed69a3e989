//! Relations.

mod broken;
mod endpoint;
mod id;
#[cfg(test)]
mod tests;
mod unit;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;

use crate::databag::{LocalDatabag, Own, Owner, ReadOnlyDatabag};
use crate::error::Error;
use crate::hook_command;
use crate::juju::Juju;
use crate::leader::Leader;

pub use broken::{BrokenReason, BrokenRelation};
pub use endpoint::{Endpoint, Peer, Role, Single};
pub use id::{RelationId, RelationIdOf};
pub use unit::RelationUnit;

/// One relation of the endpoint `E`.
///
/// Its databags have the types that are bound to the endpoint with `#[charm(endpoint(..))]`:
///
/// ```
/// use charm_runtime::prelude::*;
///
/// /// What the database tells.
/// #[derive(Databag)]
/// pub struct Database {
///     endpoints: Vec<String>,
/// }
///
/// /// What this charm asks for.
/// #[derive(Databag)]
/// pub struct Request {
///     database: String,
/// }
///
/// #[charm(
///     endpoint(database, remote = Database, local = Request),
///     metadata_str = "{name: webapp, summary: s, description: d, requires: {database: {interface: pg, limit: 1}}}",
/// )]
/// #[derive(Default)]
/// pub struct Webapp;
///
/// #[charm(
///     metadata_str = "{name: webapp, summary: s, description: d, requires: {database: {interface: pg, limit: 1}}}"
/// )]
/// impl Webapp {
///     #[on(any)]
///     fn reconcile(&mut self, db: Option<Relation<endpoint::Database>>, leader: Option<Leader>) -> Result<()> {
///         let db = db.or_blocked("relate a database")?;
///         if let Some(leader) = &leader {
///             db.local_app(leader).set(&Request { database: "webapp".to_owned() })?;
///         }
///         let database = db.remote_app().load()?.or_waiting("the database's address")?;
///         info!("the database is at {}", database.endpoints.join(", "));
///         Ok(())
///     }
/// }
/// ```
pub struct Relation<E> {
    juju: Juju,
    id: RelationIdOf<E>,
    /// The remote application, where the event named it; Juju is asked otherwise.
    app: Option<String>,
}

impl<E: Endpoint> AsRef<RelationIdOf<E>> for Relation<E> {
    fn as_ref(&self) -> &RelationIdOf<E> {
        self.id()
    }
}

impl<E> Clone for Relation<E> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), id: self.id.clone(), app: self.app.clone() }
    }
}

impl<E> fmt::Debug for Relation<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Relation({})", self.id)
    }
}

impl<E: Endpoint> Relation<E> {
    /// Of an id that is known to be of this endpoint.
    pub(crate) fn new(juju: &Juju, id: RelationId, app: Option<String>) -> Self {
        Self { juju: juju.clone(), id: RelationIdOf::new(id), app }
    }

    /// Its id.
    pub fn id(&self) -> &RelationIdOf<E> {
        &self.id
    }

    /// The remote application's name; the own one's for a peer relation. `None` where Juju doesn't say. Of an application
    /// in another model it is a name that Juju made up, such as `remote-0a1b…`, at the side that offers.
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

    /// The units at the other side whose relation-joined has been seen, sorted by name; in a peer relation the other units
    /// of this application. Units that have not joined yet, or have departed, are not among them although their databags
    /// can be read.
    #[track_caller]
    pub fn units(&self) -> Result<Vec<RelationUnit<E>>, Error> {
        let units = self.juju.relation_units(&self.id)?;
        Ok(units.into_iter().map(|unit| RelationUnit::new(self, unit)).collect())
    }

    /// The remote application's databag; absent where Juju doesn't name the application.
    pub fn remote_app(&self) -> ReadOnlyDatabag<'_, E::RemoteApp> {
        let owner = match E::ROLE {
            Role::Peers => Owner::Own(Own::App),
            Role::Provides | Role::Requires => Owner::RemoteApp(self.app.clone()),
        };
        ReadOnlyDatabag::new(&self.juju, &self.id, owner)
    }

    /// A remote unit's databag, by its name, such as `db/0`.
    pub fn remote_unit(&self, unit: &str) -> ReadOnlyDatabag<'_, E::RemoteUnit> {
        ReadOnlyDatabag::new(&self.juju, &self.id, Owner::Unit(unit.to_owned()))
    }

    /// This unit's own databag.
    pub fn local_unit(&self) -> LocalDatabag<'_, E::LocalUnit> {
        LocalDatabag::new(&self.juju, &self.id, Own::Unit)
    }

    /// The own application's databag. Only the leader writes it, and reads it unless it is of a peer relation
    /// ([`app`](Self::app)).
    pub fn local_app(&self, _proof: &Leader<'_>) -> LocalDatabag<'_, E::LocalApp> {
        LocalDatabag::new(&self.juju, &self.id, Own::App)
    }

    /// What this application's units share: the databag that its leader writes, which in a peer relation all of them read.
    pub fn app(&self) -> ReadOnlyDatabag<'_, E::LocalApp>
    where
        E: Peer,
    {
        ReadOnlyDatabag::new(&self.juju, &self.id, Owner::Own(Own::App))
    }

    /// The id of the model that the remote application is in: another one's for a relation between models. `None` where
    /// the relation is gone. Juju 3.6.2 and later; with an older one it
    /// fails ([`Error::is_not_supported`]).
    #[track_caller]
    pub fn remote_model_uuid(&self) -> Result<Option<String>, Error> {
        self.juju.remote_model_uuid(&self.id)
    }
}

/// All relations of the endpoint `E`, by id; without one that is over with this dispatch's relation-broken.
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

    /// The relation with this id; `None` where it is over.
    pub fn get(&self, id: &RelationIdOf<E>) -> Option<&Relation<E>> {
        self.relations.iter().find(|relation| relation.id() == id)
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
    remote_models: RefCell<BTreeMap<RelationId, Option<String>>>,
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
        // Juju 3 leaves out the one that breaks, Juju 4 may list it.
        let breaking = self.breaking_id();
        let mut ids = Vec::new();
        for id in hook_command::relation_ids(self, endpoint)? {
            if Some(&id) != breaking.as_ref() {
                // Juju sorts them as strings: db:10 before db:9. They are few, and `sort` is 5 KB of code for every type.
                ids.insert(ids.partition_point(|before| *before <= id), id);
            }
        }
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

    #[track_caller]
    pub(crate) fn remote_model_uuid(&self, relation: &RelationId) -> Result<Option<String>, Error> {
        if let Some(uuid) = self.0.relation.remote_models.borrow().get(relation) {
            return Ok(uuid.clone());
        }
        let uuid = match hook_command::relation_model_get(self, relation) {
            Err(error) if error.is_relation_gone() => None,
            uuid => uuid?,
        };
        self.0.relation.remote_models.borrow_mut().insert(relation.clone(), uuid.clone());
        Ok(uuid)
    }
}

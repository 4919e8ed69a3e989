//! The other units of a relation.

use std::fmt;

use super::{Endpoint, Relation};
use crate::databag::ReadOnlyDatabag;

/// A unit at the other side of a relation of the endpoint `E`; in a peer relation another unit of this application.
pub struct RelationUnit<E> {
    relation: Relation<E>,
    name: String,
}

impl<E: Endpoint> RelationUnit<E> {
    pub(crate) fn new(relation: &Relation<E>, name: String) -> Self {
        Self { relation: relation.clone(), name }
    }

    /// Its name, such as `postgresql/0`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its databag. Of a unit that has departed it stays readable as long as the relation lives (Juju 3.6; Juju 4.0's
    /// first releases answer that there is none, which reads as absent).
    pub fn databag(&self) -> ReadOnlyDatabag<'_, E::RemoteUnit> {
        self.relation.remote_unit(&self.name)
    }
}

impl<E> Clone for RelationUnit<E> {
    fn clone(&self) -> Self {
        Self { relation: self.relation.clone(), name: self.name.clone() }
    }
}

/// The name.
impl<E> fmt::Display for RelationUnit<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

impl<E> fmt::Debug for RelationUnit<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RelationUnit({} of {:?})", self.name, self.relation)
    }
}

//! The ids of relations.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Endpoint;
use crate::error::Error;

/// A relation's id, as Juju writes it: `db:7`. Of an endpoint that is known by its type it is a [`RelationIdOf`].
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

impl FromStr for RelationId {
    type Err = Error;

    #[track_caller]
    fn from_str(id: &str) -> Result<Self, Error> {
        match Self::parse(id) {
            Some(id) => Ok(id),
            None => Err(Error::invalid("relation id", format!("`{id}` is none, such as `db:7`"))),
        }
    }
}

impl Serialize for RelationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RelationId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The id of a relation of the endpoint `E`.
///
/// Juju itself looks only at an id's number: an id of another endpoint would read and write that one's databags. With
/// the endpoint in its type it can't be used there. It can be stored, in a
/// [`StoredMap`](crate::StoredMap) for one, and looks up its relation with [`Relations::get`](super::Relations::get).
pub struct RelationIdOf<E> {
    id: RelationId,
    endpoint: PhantomData<fn() -> E>,
}

impl<E> RelationIdOf<E> {
    /// Of an id that is known to be of this endpoint.
    pub(super) fn new(id: RelationId) -> Self {
        Self { id, endpoint: PhantomData }
    }
}

impl<E> AsRef<Self> for RelationIdOf<E> {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// The id without its endpoint's type, as hook commands take it.
impl<E> Deref for RelationIdOf<E> {
    type Target = RelationId;
    fn deref(&self) -> &RelationId {
        &self.id
    }
}

// By hand: derives would ask it of the endpoint's type too.
impl<E> Clone for RelationIdOf<E> {
    fn clone(&self) -> Self {
        Self::new(self.id.clone())
    }
}

impl<E> fmt::Debug for RelationIdOf<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RelationId({})", self.id)
    }
}

impl<E> fmt::Display for RelationIdOf<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<E> PartialEq for RelationIdOf<E> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<E> Eq for RelationIdOf<E> {}

impl<E> PartialOrd for RelationIdOf<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for RelationIdOf<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

impl<E> Hash for RelationIdOf<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl<E: Endpoint> FromStr for RelationIdOf<E> {
    type Err = Error;

    #[track_caller]
    fn from_str(id: &str) -> Result<Self, Error> {
        let id: RelationId = id.parse()?;
        if id.endpoint() == E::NAME {
            Ok(Self::new(id))
        } else {
            let expected = E::NAME;
            Err(Error::invalid(
                "relation id",
                format!("`{id}` is of no relation of the endpoint `{expected}`"),
            ))
        }
    }
}

impl<E> Serialize for RelationIdOf<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id.serialize(serializer)
    }
}

impl<'de, E: Endpoint> Deserialize<'de> for RelationIdOf<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relation::Role;
    use crate::RawDatabag;

    enum Db {}
    impl Endpoint for Db {
        const NAME: &'static str = "db";
        const ROLE: Role = Role::Requires;
        const INTERFACE: &'static str = "pg";
        type RemoteApp = RawDatabag;
        type LocalApp = RawDatabag;
        type RemoteUnit = RawDatabag;
        type LocalUnit = RawDatabag;
    }

    #[test]
    fn an_id_that_was_stored_is_of_the_same_endpoint() {
        let id = RelationIdOf::<Db>::new(RelationId::parse("db:7").unwrap());
        let stored = serde_json::to_string(&id).unwrap();
        assert_eq!(stored, r#""db:7""#);
        assert_eq!(serde_json::from_str::<RelationIdOf<Db>>(&stored).unwrap(), id);
        let other = serde_json::from_str::<RelationIdOf<Db>>(r#""ingress:7""#).unwrap_err();
        assert!(other.to_string().contains("no relation of the endpoint `db`"), "{other}");
        // As a key of a stored map.
        assert_eq!(id.to_string().parse::<RelationIdOf<Db>>().unwrap(), id);
    }

    #[test]
    fn ids_are_of_an_endpoint_and_a_number() {
        for bad in ["", "7", ":7", "db:", "db:x", "db:-1"] {
            assert_eq!(RelationId::parse(bad), None, "{bad}");
        }
    }
}

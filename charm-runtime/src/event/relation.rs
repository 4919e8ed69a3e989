//! The five events of a relation.

use std::fmt;

use super::{Event, Payload};
use crate::error::Error;
use crate::juju::Juju;
use crate::relation::{BrokenReason, BrokenRelation, Endpoint, Relation, RelationUnit};

macro_rules! relation_events {
    ($($(#[$doc:meta])* $name:ident($juju_name:literal) of $relation:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty = $value:expr),* $(,)?
    } given ($given:ident);)*) => {$(
        $(#[$doc])*
        pub struct $name<E> {
            /// The relation.
            pub relation: $relation<E>,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl<E: Endpoint> Event for $name<E> {
            #[track_caller]
            fn from_payload(juju: &Juju, payload: &Payload) -> Result<Self, Error> {
                let Payload::Relation { id, app, unit, departing } = payload else {
                    return Err(payload.mismatch($juju_name));
                };
                let relation = $relation::<E>::new(juju, id.clone(), app.clone());
                #[allow(unused_variables)]
                let $given = Given { juju, relation: &relation, unit: unit.as_ref(), departing: departing.as_deref() };
                $(let $field = $value;)*
                Ok(Self { relation, $($field,)* })
            }
        }

        // By hand: a derive would ask it of the endpoint's type too.
        impl<E> Clone for $name<E> {
            fn clone(&self) -> Self {
                Self { relation: self.relation.clone(), $($field: self.$field.clone(),)* }
            }
        }

        impl<E> fmt::Debug for $name<E> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("relation", &self.relation)
                    $(.field(stringify!($field), &self.$field))*
                    .finish()
            }
        }
    )*};
}

/// What the environment said besides the relation.
struct Given<'g, R> {
    juju: &'g Juju,
    relation: &'g R,
    unit: Option<&'g String>,
    departing: Option<&'g str>,
}

impl<E: Endpoint> Given<'_, Relation<E>> {
    fn unit(&self) -> Option<RelationUnit<E>> {
        self.unit.map(|unit| RelationUnit::new(self.relation, unit.clone()))
    }

    #[track_caller]
    fn named(&self, event: &str) -> Result<RelationUnit<E>, Error> {
        match self.unit() {
            Some(unit) => Ok(unit),
            None => Err(Error::invalid(format!("event `{event}`"), "it names no remote unit")),
        }
    }

    #[track_caller]
    fn departing(&self) -> Result<Departing, Error> {
        Ok(match self.departing {
            None => Departing::Unknown,
            Some(unit) if unit == self.juju.unit_name()? => Departing::ThisUnit,
            Some(_) => Departing::RemoteUnit,
        })
    }
}

/// Who leaves a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departing {
    /// The unit at the other side; this one stays.
    RemoteUnit,
    /// This very unit, which goes away, or whose application does: to it the others depart, one after another, although
    /// they stay.
    ThisUnit,
    /// Juju (before 2.8) doesn't say.
    Unknown,
}

relation_events! {
    /// `relation-created`: the relation exists; no remote unit has joined yet.
    RelationCreated("relation-created") of Relation {} given (_given);

    /// `relation-joined`: a remote unit is there; its relation-changed follows next in this relation.
    RelationJoined("relation-joined") of Relation {
        /// The unit that joined.
        unit: RelationUnit<E> = given.named("relation-joined")?,
    } given (given);

    /// `relation-changed`: data on the other side changed; several changes may come as one event.
    RelationChanged("relation-changed") of Relation {
        /// The unit whose databag changed; `None` where it was the application's.
        unit: Option<RelationUnit<E>> = given.unit(),
    } given (given);

    /// `relation-departed`: a unit has left the relation, or this one does. It is not among the relation's units any
    /// more; its databag can still be read, as `event.unit.databag()`.
    RelationDeparted("relation-departed") of Relation {
        /// The remote unit that this event is about.
        unit: RelationUnit<E> = given.named("relation-departed")?,
        /// Who goes: that unit, or this one.
        departing: Departing = given.departing()?,
    } given (given);

    /// `relation-broken`: the relation is over for this unit. What is last known of its data can be read; nothing can be
    /// written. [`reason`](BrokenRelation::reason) says why.
    RelationBroken("relation-broken") of BrokenRelation {} given (_given);
}

impl<E: Endpoint> RelationBroken<E> {
    /// Why it broke: asks Juju for the goal state, each time.
    pub fn reason(&self) -> BrokenReason {
        self.relation.reason()
    }
}

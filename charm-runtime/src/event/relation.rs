//! The five events of a relation.

use std::fmt;

use super::{Event, Payload};
use crate::error::Error;
use crate::juju::Juju;
use crate::relation::{Endpoint, Relation};

macro_rules! relation_events {
    ($($(#[$doc:meta])* $name:ident($juju_name:literal) {
        $($(#[$field_doc:meta])* $field:ident: $type:ty = $value:expr),* $(,)?
    } given ($id:ident, $app:ident, $unit:ident, $departing:ident);)*) => {$(
        $(#[$doc])*
        pub struct $name<E> {
            /// The relation.
            pub relation: Relation<E>,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl<E: Endpoint> Event for $name<E> {
            #[track_caller]
            fn from_payload(juju: &Juju, payload: &Payload) -> Result<Self, Error> {
                #[allow(unused_variables)]
                let Payload::Relation { id: $id, app: $app, unit: $unit, departing: $departing } = payload else {
                    return Err(payload.mismatch($juju_name));
                };
                Ok(Self { relation: Relation::new(juju, $id.clone(), $app.clone()), $($field: $value,)* })
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

#[track_caller]
fn named(unit: Option<&String>, event: &str) -> Result<String, Error> {
    match unit {
        Some(unit) => Ok(unit.clone()),
        None => Err(Error::invalid(format!("event `{event}`"), "it names no remote unit")),
    }
}

relation_events! {
    /// `relation-created`: the relation exists; no remote unit has joined yet.
    RelationCreated("relation-created") {} given (id, app, unit, departing);

    /// `relation-joined`: a remote unit is there; its relation-changed follows next in this relation.
    RelationJoined("relation-joined") {
        /// The unit that joined.
        unit: String = named(unit.as_ref(), "relation-joined")?,
    } given (id, app, unit, departing);

    /// `relation-changed`: data on the other side changed; several changes may come as one event.
    RelationChanged("relation-changed") {
        /// The unit whose databag changed; `None` where it was the application's.
        unit: Option<String> = unit.clone(),
    } given (id, app, unit, departing);

    /// `relation-departed`: a unit has left the relation. Its databag can still be read.
    RelationDeparted("relation-departed") {
        /// The remote unit that this hook is about.
        unit: String = named(unit.as_ref(), "relation-departed")?,
        /// The unit that goes: the remote one, or this very unit. `None` where Juju (before 2.8) doesn't say.
        departing_unit: Option<String> = departing.clone(),
    } given (id, app, unit, departing);

    /// `relation-broken`: the relation is over for this unit. The remote application's last data may still be readable.
    RelationBroken("relation-broken") {} given (id, app, unit, departing);
}

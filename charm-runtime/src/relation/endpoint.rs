//! Endpoints: where a charm's relations end.

use crate::databag::Databag;

/// Which side of a relation an endpoint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // charmcraft.yaml's own words
pub enum Role {
    Provides,
    Requires,
    Peers,
}

/// An endpoint of the charm, as a type: `#[charm]` makes one for each that `charmcraft.yaml` declares.
///
/// What stands in the databags of its relations is bound to it with `#[charm(endpoint(..))]`; where nothing is bound it
/// is a [`RawDatabag`](crate::RawDatabag). In a peer relation the remote side is of the same application, so the remote
/// types are the local ones.
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
    /// What the other side's leader writes for its application.
    type RemoteApp: Databag;
    /// What this application's leader writes.
    type LocalApp: Databag;
    /// What each unit of the other side writes.
    type RemoteUnit: Databag;
    /// What each unit of this application writes.
    type LocalUnit: Databag;
}

/// An endpoint with `limit: 1` in `charmcraft.yaml`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` may have several relations",
    label = "one relation of many",
    note = "take `Relations<..>`, or declare `limit: 1` for the endpoint in charmcraft.yaml"
)]
pub trait Single: Endpoint {}

/// An endpoint below `peers` in `charmcraft.yaml`: its relation is between the units of this application.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no peer relation, so only the leader reads its own application's databag",
    label = "Juju refuses this to all units but the leader",
    note = "take an `Option<Leader>`, and as the leader read `relation.local_app(&leader)`"
)]
pub trait Peer: Endpoint {}

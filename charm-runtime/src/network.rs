//! The networks of endpoints and extra bindings.

use std::fmt;
use std::marker::PhantomData;

use crate::error::Error;
use crate::hook_command::{network_get, NetworkInfo};
use crate::juju::Juju;
use crate::relation::{Endpoint, Relation};

/// What an operator can bind to a network space: an endpoint, or one of the `extra-bindings` in `charmcraft.yaml`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no network",
    note = "the charm's networks are those of the types in the modules `endpoint` and `binding` beside the struct with `#[charm]`"
)]
pub trait Binding: 'static {
    /// The name in `charmcraft.yaml`.
    const NAME: &'static str;
}

#[diagnostic::do_not_recommend]
impl<E: Endpoint> Binding for E {
    const NAME: &'static str = <E as Endpoint>::NAME;
}

/// The network of an endpoint or an extra binding: an argument of handlers. Nothing is asked before
/// [`info`](Self::info).
///
/// ```
/// # use charm_runtime::prelude::*;
/// # use charm_runtime::Network;
/// # #[charm(metadata_str = "{name: a, summary: s, description: d, extra-bindings: {admin: null}, provides: {website: {interface: http}}}")]
/// # #[derive(Default)]
/// # struct Webapp;
/// # #[charm(metadata_str = "{name: a, summary: s, description: d, extra-bindings: {admin: null}, provides: {website: {interface: http}}}")]
/// # impl Webapp {
/// #[on(relation_joined = "website")]
/// fn joined(
///     &mut self,
///     event: RelationJoined<endpoint::Website>,
///     website: Network<endpoint::Website>,
///     admin: Network<binding::Admin>,
/// ) -> Result<()> {
///     let seen_from_there = website.info_for(&event.relation)?;
///     let host = seen_from_there.ingress_address().or_waiting("an address")?;
///     info!("website at {host}, administration at {:?}", admin.info()?.bind_address());
///     Ok(())
/// }
/// # }
/// ```
pub struct Network<B> {
    juju: Juju,
    binding: PhantomData<fn() -> B>,
}

impl<B> Clone for Network<B> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), binding: PhantomData }
    }
}

impl<B: Binding> fmt::Debug for Network<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Network({})", B::NAME)
    }
}

impl<B: Binding> Network<B> {
    pub(crate) fn new(juju: &Juju) -> Self {
        Self { juju: juju.clone(), binding: PhantomData }
    }

    /// The addresses and subnets, as they are now: never kept, since they may change at any time.
    #[track_caller]
    pub fn info(&self) -> Result<NetworkInfo, Error> {
        network_get(&self.juju, B::NAME, None)
    }
}

impl<E: Endpoint> Network<E> {
    /// The addresses and subnets for one relation of the endpoint: its remote side may have to come in by others, as
    /// from another model.
    ///
    /// Fails with [`Error::is_relation_gone`] once the relation is gone.
    #[track_caller]
    pub fn info_for(&self, relation: &Relation<E>) -> Result<NetworkInfo, Error> {
        network_get(&self.juju, <E as Endpoint>::NAME, Some(relation.id()))
    }
}

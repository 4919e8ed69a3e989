//! The network of the units: one flat subnet, the same for every endpoint.

use super::View;

/// The subnet in which all units have their address.
pub(crate) const SUBNET: &str = "10.0.0.0/8";

/// What a unit knows about an endpoint's network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// The address to listen on, and the one that others use.
    pub address: String,
    /// The subnet from which its traffic comes, as others see it.
    pub egress_subnet: String,
}

impl View<'_> {
    /// The network of an endpoint or an extra binding; none if the charm has neither of that name.
    pub fn network(&self, binding: &str) -> Option<Network> {
        let unit = self.unit();
        let metadata = &self.model.application(unit.name.application())?.charm.metadata;
        let known = metadata.endpoints.contains_key(binding)
            || metadata.extra_bindings.iter().any(|extra| extra == binding)
            || binding == "juju-info";
        let address = unit.address;
        known.then(|| Network { address: address.to_string(), egress_subnet: format!("{address}/32") })
    }
}

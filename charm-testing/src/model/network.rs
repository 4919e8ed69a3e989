//! The networks of the units: one flat subnet for every endpoint, unless the model is told otherwise.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::databag::Writes;
use super::error::{ModelError, Refusal};
use super::name::UnitName;
use super::relation::RelationId;
use super::resolve::unknown_unit;
use super::{Model, View};

/// The subnet in which all units have their address.
const SUBNET: &str = "10.0.0.0/8";

/// What a unit knows about an endpoint's network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// The interfaces to listen on.
    pub bind_addresses: Vec<BindAddress>,
    /// The addresses that others use.
    pub ingress_addresses: Vec<String>,
    /// The subnets from which its traffic comes, as others see it.
    pub egress_subnets: Vec<String>,
}

/// An interface with its addresses. On Kubernetes it has neither name nor MAC address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BindAddress {
    /// Its name: `eth0`.
    pub interface_name: String,
    /// Its MAC address.
    pub mac_address: String,
    /// Its addresses.
    pub addresses: Vec<Address>,
}

/// One address of an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The name it has, often none.
    pub hostname: String,
    /// The address.
    pub value: String,
    /// The subnet it is in.
    pub cidr: String,
}

impl Network {
    /// A network with one interface and one address.
    pub fn of_address(address: &str) -> Self {
        let addresses =
            vec![Address { hostname: String::new(), value: address.to_owned(), cidr: SUBNET.to_owned() }];
        let interface = BindAddress {
            interface_name: "eth0".to_owned(),
            mac_address: "02:00:00:00:00:01".to_owned(),
            addresses,
        };
        Self {
            bind_addresses: vec![interface],
            ingress_addresses: vec![address.to_owned()],
            egress_subnets: vec![format!("{address}/32")],
        }
    }

    /// The first address to listen on.
    pub fn bind_address(&self) -> Option<&str> {
        Some(&self.bind_addresses.first()?.addresses.first()?.value)
    }
}

impl Model {
    /// Gives a unit's machine or pod another address, as a new lease does. The units there run config-changed, and when
    /// that has ended well the new address stands in their databags.
    pub fn set_address(&mut self, unit: &UnitName, address: Ipv4Addr) -> Result<(), ModelError> {
        let machine = self.units.get(unit).ok_or_else(|| unknown_unit(unit))?.machine;
        self.move_machine(machine, address);
        Ok(())
    }

    /// Has a unit's databags say where it is now.
    pub(crate) fn refresh_addresses(&mut self, unit: &UnitName) {
        let Some(known) = self.units.get(unit) else { return };
        let writes = addresses(known.address);
        let relations: Vec<RelationId> = known.relations.keys().copied().collect();
        for id in relations {
            let Some(relation) = self.relations.get_mut(&id) else { continue };
            if relation.units.entry(unit.clone()).or_default().apply(&writes) {
                self.wake_relation(id);
            }
        }
    }

    /// Gives a unit's endpoint or extra binding a network of its own.
    pub fn set_network(&mut self, unit: &UnitName, binding: &str, network: Network) {
        self.networks.insert((unit.clone(), binding.to_owned()), network);
    }

    /// Forgets the networks of a unit that is gone.
    pub(crate) fn forget_networks(&mut self, unit: &UnitName) {
        self.networks.retain(|(name, _), _| name != unit);
        self.relation_networks.retain(|(name, _), _| name != unit);
    }

    /// Gives a unit another network for one relation, as for one with another model.
    pub fn set_relation_network(&mut self, unit: &UnitName, relation: RelationId, network: Network) {
        self.relation_networks.insert((unit.clone(), relation), network);
    }
}

/// One address per machine or pod, counted up from 10.0.0.10: plausible, and the same for the same seed.
pub(crate) fn address_of(number: u32) -> Ipv4Addr {
    let offset = number.wrapping_add(10) & 0x00ff_ffff;
    Ipv4Addr::from_bits(0x0a00_0000 | offset)
}

/// What Juju itself puts into the databag of a unit with this address.
pub(crate) fn addresses(address: Ipv4Addr) -> Writes {
    let mut writes = Writes::default();
    writes.set("private-address".to_owned(), address.to_string());
    writes.set("ingress-address".to_owned(), address.to_string());
    writes.set("egress-subnets".to_owned(), format!("{address}/32"));
    writes
}

impl View<'_> {
    /// The network of an endpoint or an extra binding, live; none if the charm has neither of that name. A relation may
    /// have another than its endpoint.
    pub fn network(&self, binding: &str, relation: Option<RelationId>) -> Result<Option<Network>, Refusal> {
        if let Some(id) = relation.filter(|id| self.model.relation(*id).is_none()) {
            return Err(if self.model.version().is_4() {
                Refusal::RelationNotFound(Some(id))
            } else {
                Refusal::PermissionDenied
            });
        }
        let unit = self.unit();
        let of_relation = relation.and_then(|id| self.model.relation_networks.get(&(unit.name.clone(), id)));
        let of_binding = self.model.networks.get(&(unit.name.clone(), binding.to_owned()));
        let metadata =
            self.model.application(unit.name.application()).map(|application| &application.charm.metadata);
        let known = binding == "juju-info"
            || metadata.is_some_and(|metadata| {
                metadata.endpoints.contains_key(binding) || metadata.extra_bindings.contains(binding)
            });
        let own = || Network::of_address(&unit.address.to_string());
        Ok(known.then(|| of_relation.or(of_binding).cloned().unwrap_or_else(own)))
    }
}

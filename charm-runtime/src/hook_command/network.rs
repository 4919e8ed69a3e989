//! `network-get` and `unit-get`.

use serde::Deserialize;

use super::{or_default, read, HookCommand, Transport};
use crate::error::Error;
use crate::relation::RelationId;

/// What `network-get` says of a binding.
///
/// Lists that Juju leaves out are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct NetworkInfo {
    /// The network interfaces of the binding, with the addresses that a workload may listen on.
    #[serde(deserialize_with = "or_default")]
    pub bind_addresses: Vec<BindAddress>,
    /// The subnets that others see this unit's traffic come from, such as `10.0.0.0/24`.
    #[serde(deserialize_with = "or_default")]
    pub egress_subnets: Vec<String>,
    /// The addresses that others reach this unit at: names or numbers.
    #[serde(deserialize_with = "or_default")]
    pub ingress_addresses: Vec<String>,
}

impl NetworkInfo {
    /// The first address to listen on, if Juju names one.
    pub fn bind_address(&self) -> Option<&str> {
        let addresses = self.bind_addresses.iter().flat_map(|interface| &interface.addresses);
        addresses.map(|address| address.value.as_str()).find(|value| !value.is_empty())
    }

    /// The first address that others reach this unit at; the one to listen on where Juju names no other.
    pub fn ingress_address(&self) -> Option<&str> {
        let first = self.ingress_addresses.iter().find(|address| !address.is_empty());
        first.map(String::as_str).or_else(|| self.bind_address())
    }
}

/// A network interface and its addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct BindAddress {
    /// The hardware's address; may be empty, on Kubernetes it is.
    #[serde(deserialize_with = "or_default")]
    pub mac_address: String,
    /// The interface, such as `eth0`; may be empty, on Kubernetes it is.
    #[serde(deserialize_with = "or_default")]
    pub interface_name: String,
    /// Its addresses.
    #[serde(deserialize_with = "or_default")]
    pub addresses: Vec<Address>,
}

/// One address of an interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Address {
    /// The host's name; mostly empty.
    #[serde(deserialize_with = "or_default")]
    pub hostname: String,
    /// The address: a number, or at times a host's name.
    #[serde(deserialize_with = "or_default")]
    pub value: String,
    /// The subnet, such as `10.0.0.0/24`; may be empty.
    #[serde(deserialize_with = "or_default")]
    pub cidr: String,
}

/// `network-get [-r RELATION] BINDING`: the network of an endpoint or an extra binding, as it is now.
///
/// With a relation, which must be one of that endpoint, the addresses are those for its remote side: another model
/// may have to come in by another one. Asked of the controller anew each time.
///
/// Fails with [`Error::is_relation_gone`] for a relation that is gone, in the words of Juju 3.6 and of 4; with
/// [`Error::is_not_found`] for a binding that charmcraft.yaml doesn't declare.
///
/// ```
/// use charm_runtime::hook_command::{network_get, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(
///     r#"{"bind-addresses":[{"mac-address":"","interface-name":"","addresses":[{"hostname":"","value":"10.1.2.3","cidr":""}]}]}"#,
/// );
/// let network = network_get(&juju, "website", None)?;
/// assert_eq!(network.bind_address(), Some("10.1.2.3"));
/// assert!(network.egress_subnets.is_empty());
/// assert_eq!(juju.calls(), [HookCommand::new("network-get").args(["--format=json", "website"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn network_get(
    juju: &dyn Transport,
    binding: &str,
    relation: Option<&RelationId>,
) -> Result<NetworkInfo, Error> {
    let mut command = HookCommand::new("network-get").json();
    if let Some(relation) = relation {
        command = command.arg("-r").arg(relation.to_string());
    }
    let network: Option<NetworkInfo> = read(juju, &command.arg(binding))?;
    Ok(network.unwrap_or_default())
}

/// Which address `unit-get` is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitAddress {
    /// The one inside the cloud.
    Private,
    /// The one that the rest of the world sees, if there is one.
    Public,
}

/// `unit-get`: the unit's address in one word; [`network_get`] says more, for each binding.
///
/// Fails with [`Error::is_not_found`] where the unit has no such address (Juju 3.6 and 4).
///
/// ```
/// use charm_runtime::hook_command::{unit_get, HookCommand, Scripted, UnitAddress};
///
/// let juju = Scripted::new().answer("\"10.1.2.3\"\n");
/// assert_eq!(unit_get(&juju, UnitAddress::Private)?, "10.1.2.3");
/// assert_eq!(juju.calls(), [HookCommand::new("unit-get").args(["--format=json", "private-address"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn unit_get(juju: &dyn Transport, address: UnitAddress) -> Result<String, Error> {
    let setting = match address {
        UnitAddress::Private => "private-address",
        UnitAddress::Public => "public-address",
    };
    read(juju, &HookCommand::new("unit-get").json().arg(setting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn a_relation_is_named_by_its_id() {
        let juju = Scripted::new().answer("{}");
        let relation = RelationId::parse("db:7").unwrap();
        assert_eq!(network_get(&juju, "db", Some(&relation)).unwrap(), NetworkInfo::default());
        let expected = HookCommand::new("network-get").args(["--format=json", "-r", "db:7", "db"]);
        assert_eq!(juju.calls(), [expected]);
    }

    #[test]
    fn whatever_is_left_out_is_empty() {
        for answer in [
            "null",
            "{}",
            r#"{"bind-addresses":null,"egress-subnets":null,"ingress-addresses":null,"new":1}"#,
            r#"{"bind-addresses":[{"addresses":null,"mac-address":null,"new":[]}]}"#,
        ] {
            let juju = Scripted::new().answer(answer);
            let network = network_get(&juju, "db", None).unwrap();
            assert_eq!((network.bind_address(), network.ingress_address()), (None, None), "{answer}");
        }
    }

    #[test]
    fn hostnames_stay_as_they_are() {
        let answer = r#"{"bind-addresses":[{"addresses":[]},{"interface-name":"eth1","addresses":
            [{"hostname":"h","value":"","cidr":""},{"hostname":"","value":"10.0.0.9","cidr":"10.0.0.0/24"}]}],
            "egress-subnets":["10.0.0.9/32"],"ingress-addresses":["lb.example.com"]}"#;
        let network = network_get(&Scripted::new().answer(answer), "db", None).unwrap();
        assert_eq!(network.bind_address(), Some("10.0.0.9"));
        assert_eq!(network.ingress_address(), Some("lb.example.com"));
        assert_eq!(network.egress_subnets, ["10.0.0.9/32"]);
    }

    #[test]
    fn refusals_are_typed() {
        let relation = RelationId::parse("db:7").unwrap();
        for words in [
            "permission denied",
            "permission denied (unauthorized access)",
            "relation 7 not found",
            "invalid value \"db:7\" for option -r: relation not found",
        ] {
            let juju = Scripted::new().refuse(1, words);
            let error = network_get(&juju, "db", Some(&relation)).unwrap_err();
            assert!(error.is_relation_gone(), "{error}");
        }
        let juju = Scripted::new()
            .refuse(1, "no network config found for binding \"x\"")
            .refuse(1, "public address not found");
        let error = network_get(&juju, "x", None).unwrap_err();
        assert!(error.is_not_found() && error.to_string().contains("binding \"x\""), "{error}");
        assert!(unit_get(&juju, UnitAddress::Public).unwrap_err().is_not_found());
        let asked = HookCommand::new("unit-get").args(["--format=json", "public-address"]);
        assert_eq!(juju.calls().last(), Some(&asked));
    }
}

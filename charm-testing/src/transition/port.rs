//! Ports, in the charm's own type.

use charm_runtime::{Port, Protocol};

use crate::model::{self, PortRange};

impl From<Port> for PortRange {
    fn from(port: Port) -> Self {
        let protocol = match port.protocol() {
            Protocol::Icmp => model::Protocol::Icmp,
            Protocol::Tcp => model::Protocol::Tcp,
            Protocol::Udp => model::Protocol::Udp,
        };
        Self { protocol, from: port.first(), to: port.last() }
    }
}

impl From<PortRange> for Port {
    fn from(range: PortRange) -> Self {
        match range.protocol {
            model::Protocol::Icmp => Self::ICMP,
            model::Protocol::Tcp => Self::tcp_range(range.from, range.to),
            model::Protocol::Udp => Self::udp_range(range.from, range.to),
        }
    }
}

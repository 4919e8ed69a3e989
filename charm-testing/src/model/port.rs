//! The ports that units open.

use std::collections::BTreeSet;
use std::fmt;

use super::View;

/// The protocol of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// `icmp`, which has no ports.
    Icmp,
    /// `tcp`
    Tcp,
    /// `udp`
    Udp,
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Icmp => "icmp",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        })
    }
}

/// A range of ports, sorted as Juju lists them: by protocol, then by port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PortRange {
    /// The protocol.
    pub protocol: Protocol,
    /// The first port.
    pub from: u16,
    /// The last port.
    pub to: u16,
}

impl PortRange {
    fn overlaps(self, other: Self) -> bool {
        self.protocol == other.protocol && self.from <= other.to && other.from <= self.to
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { protocol, from, to } = self;
        match protocol {
            Protocol::Icmp => write!(f, "icmp"),
            _ if from == to => write!(f, "{from}/{protocol}"),
            _ => write!(f, "{from}-{to}/{protocol}"),
        }
    }
}

impl View<'_> {
    /// The unit's open ports, with this hook's own changes.
    pub fn ports(&self) -> BTreeSet<PortRange> {
        self.context.ports.clone().unwrap_or_else(|| self.unit().ports.clone())
    }

    /// Stages the opening of a range. The error is a range it overlaps without being the same.
    pub fn open_port(&mut self, range: PortRange) -> Result<(), PortRange> {
        let mut ports = self.ports();
        if let Some(conflict) = ports.iter().find(|open| open.overlaps(range) && **open != range) {
            return Err(*conflict);
        }
        ports.insert(range);
        self.context.ports = Some(ports);
        Ok(())
    }

    /// Stages the closing of a range; one that isn't open is no error. The error is a range it overlaps without being
    /// the same.
    pub fn close_port(&mut self, range: PortRange) -> Result<(), PortRange> {
        let mut ports = self.ports();
        if let Some(conflict) = ports.iter().find(|open| open.overlaps(range) && **open != range) {
            return Err(*conflict);
        }
        ports.remove(&range);
        self.context.ports = Some(ports);
        Ok(())
    }
}

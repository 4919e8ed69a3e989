//! The ports that units open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::Refusal;
use super::name::UnitName;
use super::unit::Unit;
use super::{Model, View};

/// The protocol of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PortRange {
    /// The protocol.
    pub protocol: Protocol,
    /// The first port.
    pub from: u16,
    /// The last port.
    pub to: u16,
}

impl PortRange {
    pub(crate) fn overlaps(self, other: Self) -> bool {
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

/// The open ranges of a unit, each for all its endpoints or for some.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPorts(#[serde(with = "super::pairs")] BTreeMap<PortRange, BTreeSet<String>>);

/// What stands for all endpoints.
const ALL: &str = "";

impl OpenPorts {
    /// The ranges with the endpoints they are open for; the empty name stands for all.
    pub fn iter(&self) -> impl Iterator<Item = (PortRange, &BTreeSet<String>)> {
        self.0.iter().map(|(range, endpoints)| (*range, endpoints))
    }

    /// The ranges.
    pub fn ranges(&self) -> impl Iterator<Item = &PortRange> {
        self.0.keys()
    }

    fn insert(&mut self, range: PortRange, endpoint: &str) {
        self.0.entry(range).or_default().insert(endpoint.to_owned());
    }

    fn remove(&mut self, range: PortRange, endpoint: &str) {
        if let Some(endpoints) = self.0.get_mut(&range) {
            endpoints.remove(endpoint);
            if endpoints.is_empty() {
                self.0.remove(&range);
            }
        }
    }

    /// A range that this one overlaps without being the same.
    fn conflict(&self, range: PortRange) -> Option<PortRange> {
        self.ranges().copied().find(|open| open.overlaps(range) && *open != range)
    }
}

impl FromIterator<PortRange> for OpenPorts {
    /// Ranges that are open for all endpoints.
    fn from_iter<I: IntoIterator<Item = PortRange>>(ranges: I) -> Self {
        Self(ranges.into_iter().map(|range| (range, BTreeSet::from([ALL.to_owned()]))).collect())
    }
}

/// What a hook has staged for its ports.
#[derive(Debug, Clone, Default)]
pub(crate) struct PortChanges {
    opened: OpenPorts,
    closed: OpenPorts,
}

/// A range that is in the way of the wanted one: it overlaps it without being the same, or is another unit's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortConflict {
    /// The other range.
    pub range: PortRange,
    /// Whose it is: the unit's own, or another's on the same machine.
    pub unit: UnitName,
    /// Whether this hook has staged it.
    pub staged: bool,
}

impl View<'_> {
    /// The unit's open ports, with this hook's own changes.
    pub fn ports(&self) -> OpenPorts {
        let mut ports = self.unit().ports.clone();
        let changes = &self.context.ports;
        for (range, endpoints) in changes.opened.iter() {
            for endpoint in endpoints {
                ports.insert(range, endpoint);
            }
        }
        for (range, endpoints) in changes.closed.iter() {
            for endpoint in endpoints {
                ports.remove(range, endpoint);
            }
        }
        ports
    }

    /// Stages the opening of a range for an endpoint, or with an empty name for all.
    pub fn open_port(&mut self, range: PortRange, endpoint: &str) -> Result<(), PortConflict> {
        self.context.ports.closed.remove(range, endpoint);
        let staged = self.context.ports.opened.conflict(range);
        self.check(range, staged)?;
        self.context.ports.opened.insert(range, endpoint);
        Ok(())
    }

    /// Stages the closing of a range for an endpoint, or with an empty name for all; one that isn't open is no error.
    pub fn close_port(&mut self, range: PortRange, endpoint: &str) -> Result<(), PortConflict> {
        self.context.ports.opened.remove(range, endpoint);
        let staged = self.context.ports.closed.conflict(range);
        self.check(range, staged)?;
        self.context.ports.closed.insert(range, endpoint);
        Ok(())
    }

    fn check(&self, range: PortRange, staged: Option<PortRange>) -> Result<(), PortConflict> {
        let unit = self.unit();
        if let Some(range) = staged {
            return Err(PortConflict { range, unit: unit.name.clone(), staged: true });
        }
        let in_the_way = |other: &Unit| {
            let own = other.name == unit.name;
            let mut ranges = other.ports.ranges().copied();
            ranges.find(|open| open.overlaps(range) && !(own && *open == range))
        };
        match self.model.units_on(unit.machine).find_map(|other| Some((in_the_way(other)?, other))) {
            Some((range, other)) => Err(PortConflict { range, unit: other.name.clone(), staged: false }),
            None => Ok(()),
        }
    }
}

impl Model {
    /// Opens and closes what a hook has staged. All endpoints cover each; closing one of all leaves the others.
    pub(crate) fn commit_ports(&mut self, name: &UnitName, changes: &PortChanges) -> Result<(), Refusal> {
        let Some(application) = self.applications.get(name.application()) else { return Ok(()) };
        let mut known: BTreeSet<&str> =
            application.charm.metadata.endpoints.keys().map(String::as_str).collect();
        known.insert("juju-info");
        let Some(unit) = self.units.get_mut(name) else { return Ok(()) };
        let mut ports = unit.ports.clone();
        for (doing, changed) in [("open", &changes.opened), ("close", &changes.closed)] {
            for (range, endpoints) in changed.iter() {
                for endpoint in endpoints {
                    if endpoint != ALL && !known.contains(endpoint.as_str()) {
                        return Err(Refusal::PortEndpoint {
                            doing,
                            endpoint: endpoint.clone(),
                            unit: name.clone(),
                        });
                    }
                    let of_all = ports.0.get(&range).is_some_and(|open| open.contains(ALL));
                    match (doing, endpoint.as_str()) {
                        (_, ALL) => drop(ports.0.remove(&range)),
                        ("close", one) if of_all => {
                            let others = known.iter().filter(|other| **other != one);
                            let others = others.map(|other| (*other).to_owned()).collect();
                            ports.0.insert(range, others);
                        }
                        ("close", one) => ports.remove(range, one),
                        _ => {}
                    }
                    if doing == "open" && (endpoint == ALL || !of_all) {
                        ports.insert(range, endpoint);
                    }
                }
            }
        }
        unit.ports = ports;
        Ok(())
    }
}

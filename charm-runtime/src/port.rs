//! Ports that the unit's firewall lets through.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::panic::Location;
use std::rc::Rc;
use std::str::FromStr;

use crate::error::Error;
use crate::hook_command::{close_port, open_port, opened_ports_by_endpoint, Refusal};
use crate::juju::{Juju, OwnWay};
use crate::log;

/// The protocol of a [`Port`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the names say it all
pub enum Protocol {
    Icmp,
    Tcp,
    Udp,
}

/// A port, or a range of ports, of one protocol.
///
/// Written, and read with [`FromStr`], as Juju does: `80/tcp`, `8080-8088/udp`, `icmp`; `80` alone is `80/tcp`.
/// Kubernetes models take no ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Port {
    protocol: Protocol,
    from: u16,
    to: u16,
}

impl Port {
    /// All of ICMP, which has no ports. Kubernetes models don't take it.
    pub const ICMP: Self = Self { protocol: Protocol::Icmp, from: 0, to: 0 };

    /// A port of TCP.
    pub const fn tcp(port: u16) -> Self {
        Self::tcp_range(port, port)
    }

    /// A port of UDP.
    pub const fn udp(port: u16) -> Self {
        Self::udp_range(port, port)
    }

    /// Ports of TCP, both ends included. In the wrong order they are refused where they are used.
    pub const fn tcp_range(from: u16, to: u16) -> Self {
        Self { protocol: Protocol::Tcp, from, to }
    }

    /// Ports of UDP, both ends included. In the wrong order they are refused where they are used.
    pub const fn udp_range(from: u16, to: u16) -> Self {
        Self { protocol: Protocol::Udp, from, to }
    }

    /// The protocol.
    pub fn protocol(self) -> Protocol {
        self.protocol
    }

    /// The first port; 0 for ICMP.
    pub fn first(self) -> u16 {
        self.from
    }

    /// The last port; 0 for ICMP.
    pub fn last(self) -> u16 {
        self.to
    }

    /// Whether the two have a port in common. Juju lets no two different ranges that overlap be open on a machine.
    pub fn overlaps(self, other: Self) -> bool {
        self.protocol == other.protocol && self.from <= other.to && other.from <= self.to
    }

    #[track_caller]
    pub(crate) fn check(self) -> Result<(), Error> {
        if self.from <= self.to {
            return Ok(());
        }
        let right = Self { from: self.to, to: self.from, ..self };
        Err(Error::invalid(
            format!("port range {self}"),
            format!("its first port is above its last; write {right}"),
        ))
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        if text == "icmp" {
            return Some(Self::ICMP);
        }
        let (ports, protocol) = text.split_once('/').unwrap_or((&text, "tcp"));
        let protocol = match protocol {
            "tcp" => Protocol::Tcp,
            "udp" => Protocol::Udp,
            _ => return None,
        };
        let (from, to) = ports.split_once('-').unwrap_or((ports, ports));
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        (from <= to).then_some(Self { protocol, from, to })
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { protocol, from, to } = self;
        let protocol = match protocol {
            Protocol::Icmp => return f.write_str("icmp"),
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
        };
        write!(f, "{from}")?;
        if from != to {
            write!(f, "-{to}")?;
        }
        write!(f, "/{protocol}")
    }
}

impl FromStr for Port {
    type Err = Error;

    #[track_caller]
    fn from_str(text: &str) -> Result<Self, Error> {
        match Self::parse(text) {
            Some(port) => Ok(port),
            None => Err(Error::invalid(
                format!("port {text:?}"),
                "write `80/tcp`, `8080-8088/udp` or `icmp`; ports go from 0 to 65535, the lower end of a range first",
            )),
        }
    }
}

/// The ports that this unit has open, once an operator has exposed the application: an argument of handlers.
///
/// Changes are staged: only what differs from what Juju has is sent, when the handlers have run, and Juju keeps it when
/// the dispatch has ended well. They hold for all endpoints: a port that is open for some of them only is opened for the
/// others, too. For single endpoints there is [`hook_command::open_port`](crate::hook_command::open_port).
///
/// ```
/// # use charm_runtime::prelude::*;
/// # use charm_runtime::{Port, Ports};
/// # #[charm(metadata_str = "{name: a, summary: s, description: d}")]
/// # #[derive(Default)]
/// # struct Webapp;
/// # #[charm(metadata_str = "{name: a, summary: s, description: d}")]
/// # impl Webapp {
/// #[on(any)]
/// fn reconcile(&mut self, ports: Ports) -> Result<()> {
///     ports.set([Port::tcp(80), Port::tcp(443)])?; // and no others
///     Ok(())
/// }
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Ports {
    juju: Juju,
}

impl Ports {
    pub(crate) fn new(juju: &Juju) -> Self {
        Self { juju: juju.clone() }
    }

    /// What is open, with what has been staged in this dispatch. Juju is asked once per dispatch.
    #[track_caller]
    pub fn opened(&self) -> Result<BTreeSet<Port>, Error> {
        let mut ports: BTreeSet<Port> = self.juju.opened_ports()?.keys().copied().collect();
        for (port, staged) in &self.juju.0.stage.borrow().ports {
            if staged.is_open {
                ports.insert(*port);
            } else {
                ports.remove(port);
            }
        }
        Ok(ports)
    }

    #[track_caller]
    fn check(&self, port: Port) -> Result<(), Error> {
        port.check()?;
        let is_one = port.protocol != Protocol::Icmp && port.from == port.to;
        if !is_one && self.juju.environment().is_on_kubernetes() {
            let problem = "Juju opens single ports of TCP and UDP on Kubernetes; name each";
            return Err(Error::foreseen(Refusal::NotSupported, format!("port {port}"), problem));
        }
        Ok(())
    }

    /// Opens these ports and closes all others.
    ///
    /// A new range that overlaps with one that is open can't take its place at once: Juju closes the old one at the end
    /// of this hook and refuses to open the new one before (3.6 and 4). Then the old one is closed now, the log says
    /// so, and the next dispatch that declares the same ports opens the new one.
    ///
    /// Fails, before Juju is asked, where the bounds of a range are in the wrong order, where two of the ports overlap
    /// ([`Error::is_port_conflict`]), and for a range or ICMP on Kubernetes ([`Error::is_not_supported`]). A conflict with
    /// another unit of the machine fails the dispatch when it is sent.
    #[track_caller]
    pub fn set(&self, ports: impl IntoIterator<Item = Port>) -> Result<(), Error> {
        let wanted: BTreeSet<Port> = ports.into_iter().collect();
        for (index, port) in wanted.iter().enumerate() {
            self.check(*port)?;
            if let Some(other) = in_the_way(*port, wanted.iter().take(index)) {
                return Err(conflict(*port, other, "declare the one or the other"));
            }
        }
        for port in self.opened()?.difference(&wanted) {
            self.juju.stage_port(*port, false)?;
        }
        for port in wanted {
            match in_the_way(port, self.juju.opened_ports()?.keys()) {
                None => self.juju.stage_port(port, true)?,
                Some(other) => log::warn(format_args!(
                    "port {port} is not opened yet: Juju closes {other}, with which it overlaps, at the end of this hook"
                )),
            }
        }
        Ok(())
    }

    /// Opens a port. One that is open already is left alone.
    ///
    /// Fails with [`Error::is_port_conflict`], before Juju is asked, where it overlaps with another one that this unit
    /// has open, even one that was closed in this dispatch: Juju closes it at the end only; and with
    /// [`Error::is_not_supported`] for a range or ICMP on Kubernetes. A conflict with another unit of the machine fails
    /// the dispatch when it is sent.
    #[track_caller]
    pub fn open(&self, port: Port) -> Result<(), Error> {
        self.check(port)?;
        if let Some(other) = in_the_way(port, self.juju.opened_ports()?.keys()) {
            return Err(conflict(port, other, "close that one, and open this one in a later event"));
        }
        match in_the_way(port, &self.opened()?) {
            Some(other) => Err(conflict(port, other, "open the one or the other")),
            None => self.juju.stage_port(port, true),
        }
    }

    /// Closes a port. One that is not open is left alone.
    ///
    /// Fails with [`Error::is_port_conflict`], before Juju is asked, where it is a part of a range that is open: Juju
    /// closes ranges as they were opened.
    #[track_caller]
    pub fn close(&self, port: Port) -> Result<(), Error> {
        port.check()?;
        match in_the_way(port, &self.opened()?) {
            Some(other) => Err(conflict(port, other, "close that one, as it was opened")),
            None => self.juju.stage_port(port, false),
        }
    }
}

/// Another one with a port in common.
fn in_the_way<'p>(port: Port, others: impl IntoIterator<Item = &'p Port>) -> Option<Port> {
    others.into_iter().copied().find(|other| *other != port && other.overlaps(port))
}

#[track_caller]
fn conflict(port: Port, other: Port, advice: &str) -> Error {
    let problem = format!("it overlaps with {other}: {advice}");
    Error::foreseen(Refusal::PortConflict, format!("port {port}"), problem)
}

/// What has been read of ports.
#[derive(Default)]
pub(crate) struct Kept {
    /// And whether each is open for all endpoints.
    opened: RefCell<Option<Rc<BTreeMap<Port, bool>>>>,
}

/// Ports to open or to close.
pub(crate) type Staged = BTreeMap<Port, StagedPort>;

/// What is to become of a port.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StagedPort {
    is_open: bool,
    /// The line of the charm that wants it so.
    location: &'static Location<'static>,
}

impl Juju {
    /// What Juju has open for the unit, read once.
    #[track_caller]
    fn opened_ports(&self) -> Result<Rc<BTreeMap<Port, bool>>, Error> {
        if let Some(opened) = &*self.0.port.opened.borrow() {
            return Ok(Rc::clone(opened));
        }
        let opened = opened_ports_by_endpoint(self)?.into_iter();
        let opened: Rc<BTreeMap<_, _>> =
            Rc::new(opened.map(|opened| (opened.port, opened.endpoints.is_empty())).collect());
        *self.0.port.opened.borrow_mut() = Some(Rc::clone(&opened));
        Ok(opened)
    }

    pub(crate) fn forget_ports(&self) {
        *self.0.port.opened.borrow_mut() = None;
    }

    /// Stages one port; staging what Juju has already takes it off the stage.
    #[track_caller]
    fn stage_port(&self, port: Port, is_open: bool) -> Result<(), Error> {
        let is_as_wanted = match self.opened_ports()?.get(&port) {
            Some(is_for_all) => is_open && *is_for_all,
            None => !is_open,
        };
        let ports = &mut self.0.stage.borrow_mut().ports;
        if is_as_wanted {
            ports.remove(&port);
        } else if ports.get(&port).is_none_or(|staged| staged.is_open != is_open) {
            ports.insert(port, StagedPort { is_open, location: Location::caller() });
        }
        Ok(())
    }

    pub(crate) fn send_ports(&self, ports: &Staged) -> Result<(), Error> {
        for (port, StagedPort { is_open, location }) in ports {
            let send = if *is_open { open_port } else { close_port };
            send(&OwnWay(self), *port, &[]).map_err(|error| error.at(location))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_written_and_read_as_juju_does() {
        for (text, port) in [
            ("80/tcp", Port::tcp(80)),
            ("80", Port::tcp(80)),
            ("53/UDP", Port::udp(53)),
            ("0-65535/tcp", Port::tcp_range(0, u16::MAX)),
            ("icmp", Port::ICMP),
        ] {
            assert_eq!(text.parse::<Port>().unwrap(), port);
            assert_eq!(port.to_string().parse::<Port>().unwrap(), port);
        }
        for bad in ["", "/tcp", "x", "80/x", "65536", "-1", "9-8", "80-", "1-2-3", "80/tcp/udp", "icmp/tcp"] {
            let error = bad.parse::<Port>().unwrap_err().to_string();
            assert!(error.contains("0 to 65535") && error.contains(&format!("{bad:?}")), "{error}");
        }
    }

    #[test]
    fn overlapping_is_sharing_a_port_of_one_protocol() {
        let range = Port::tcp_range(80, 90);
        assert!(range.overlaps(Port::tcp(90)) && Port::tcp(80).overlaps(range) && range.overlaps(range));
        assert!(!range.overlaps(Port::tcp(91)) && !range.overlaps(Port::udp(80)));
    }
}

//! `open-port`, `close-port` and `opened-ports`.

use super::{read, run, HookCommand, Transport};
use crate::error::Error;
use crate::port::Port;

/// `open-port [--endpoints A,B] PORT`: the unit's firewall lets the port through once the application is exposed.
///
/// Without endpoints it is open for all of them (Juju 2.9 and later know endpoints). On Kubernetes it is open whether or
/// not the application is exposed, from Juju 3.0.3. Buffered until the process has exited 0. What is open already is no
/// error.
///
/// Fails where the port conflicts with another one that is open on the machine ([`Error::is_port_conflict`]), another
/// unit's included, and one's own although this hook has closed it; where it is a range on Kubernetes
/// ([`Error::is_not_supported`]); and, before Juju is asked, where the bounds of a range are in the wrong order
/// ([`Error::is_invalid`]). An endpoint that charmcraft.yaml doesn't declare, or `icmp` on Kubernetes, fails the hook when
/// it has ended.
///
/// ```
/// use charm_runtime::hook_command::{open_port, HookCommand, Scripted};
/// use charm_runtime::Port;
///
/// let juju = Scripted::new();
/// open_port(&juju, Port::udp(53), &["dns"])?;
/// assert_eq!(juju.calls(), [HookCommand::new("open-port").args(["--endpoints", "dns", "53/udp"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn open_port(juju: &dyn Transport, port: Port, endpoints: &[&str]) -> Result<(), Error> {
    port.check()?;
    run(juju, &of("open-port", port, endpoints)).map(drop)
}

/// `close-port [--endpoints A,B] PORT`: takes an [`open_port`] back, for the same endpoints.
///
/// Buffered until the process has exited 0. What is not open is no error. Fails where only a part of an open range is
/// named, or what another unit of the machine has open ([`Error::is_port_conflict`]); otherwise as [`open_port`] does.
///
/// ```
/// use charm_runtime::hook_command::{close_port, HookCommand, Scripted};
/// use charm_runtime::Port;
///
/// let juju = Scripted::new();
/// close_port(&juju, Port::tcp_range(8080, 8088), &[])?;
/// assert_eq!(juju.calls(), [HookCommand::new("close-port").arg("8080-8088/tcp")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn close_port(juju: &dyn Transport, port: Port, endpoints: &[&str]) -> Result<(), Error> {
    port.check()?;
    run(juju, &of("close-port", port, endpoints)).map(drop)
}

fn of(name: &'static str, port: Port, endpoints: &[&str]) -> HookCommand {
    let command = HookCommand::new(name);
    let command = match endpoints {
        [] => command,
        some => command.arg("--endpoints").arg(some.join(",")),
    };
    command.arg(port.to_string())
}

/// `opened-ports`: the unit's ports, for whichever endpoints; by protocol, then number.
///
/// What this hook has opened and closed so far is taken into account.
///
/// ```
/// use charm_runtime::hook_command::{opened_ports, Scripted};
/// use charm_runtime::Port;
///
/// let juju = Scripted::new().answer(r#"["icmp","80/tcp"]"#);
/// assert_eq!(opened_ports(&juju)?, [Port::ICMP, Port::tcp(80)]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn opened_ports(juju: &dyn Transport) -> Result<Vec<Port>, Error> {
    let command = HookCommand::new("opened-ports").json();
    let shown: Option<Vec<String>> = read(juju, &command)?;
    let mut ports = Vec::new();
    for shown in shown.unwrap_or_default() {
        ports.push(parse(&command, &shown)?);
    }
    Ok(ports)
}

/// One line of `opened-ports --endpoints`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedPort {
    /// The port.
    pub port: Port,
    /// The endpoints that it is open for; empty for all of them.
    pub endpoints: Vec<String>,
}

/// `opened-ports --endpoints`: the unit's ports, and for which endpoints each is open.
///
/// ```
/// use charm_runtime::hook_command::{opened_ports_by_endpoint, Scripted};
/// use charm_runtime::Port;
///
/// let juju = Scripted::new().answer(r#"["80/tcp (*)","53/udp (dns, peers)"]"#);
/// let ports = opened_ports_by_endpoint(&juju)?;
/// assert!(ports[0].port == Port::tcp(80) && ports[0].endpoints.is_empty());
/// assert_eq!(ports[1].endpoints, ["dns", "peers"]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn opened_ports_by_endpoint(juju: &dyn Transport) -> Result<Vec<OpenedPort>, Error> {
    let command = HookCommand::new("opened-ports").arg("--endpoints").json();
    let shown: Option<Vec<String>> = read(juju, &command)?;
    let mut ports = Vec::new();
    for shown in shown.unwrap_or_default() {
        let (port, endpoints) = shown.split_once(' ').unwrap_or((&shown, "(*)"));
        let endpoints = endpoints.trim_start_matches('(').trim_end_matches(')').split(", ");
        ports.push(OpenedPort {
            port: parse(&command, port)?,
            endpoints: endpoints.filter(|name| *name != "*" && !name.is_empty()).map(str::to_owned).collect(),
        });
    }
    Ok(ports)
}

#[track_caller]
fn parse(command: &HookCommand, shown: &str) -> Result<Port, Error> {
    match Port::parse(shown) {
        Some(port) => Ok(port),
        None => Err(Error::hook_command(command, format!("{shown:?} is no port, such as `80/tcp`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn what_is_sent() {
        let juju = Scripted::new();
        open_port(&juju, Port::tcp(80), &[]).unwrap();
        open_port(&juju, Port::ICMP, &["a", "b"]).unwrap();
        close_port(&juju, Port::udp_range(1, 2), &["a"]).unwrap();
        opened_ports(&Scripted::new().answer("null")).unwrap();
        let expected = [
            HookCommand::new("open-port").arg("80/tcp"),
            HookCommand::new("open-port").args(["--endpoints", "a,b", "icmp"]),
            HookCommand::new("close-port").args(["--endpoints", "a", "1-2/udp"]),
        ];
        assert_eq!(juju.calls(), expected);
        let juju = Scripted::new().answer("[]").answer("[]");
        assert_eq!(opened_ports(&juju).unwrap(), []);
        assert_eq!(opened_ports_by_endpoint(&juju).unwrap(), []);
        let expected = [
            HookCommand::new("opened-ports").arg("--format=json"),
            HookCommand::new("opened-ports").args(["--endpoints", "--format=json"]),
        ];
        assert_eq!(juju.calls(), expected);
    }

    #[test]
    fn bounds_in_the_wrong_order_are_refused_before_the_call() {
        let juju = Scripted::new();
        let error = open_port(&juju, Port::tcp_range(90, 80), &[]).unwrap_err().to_string();
        assert!(error.contains("90-80/tcp") && error.contains("write 80-90/tcp"), "{error}");
        assert!(close_port(&juju, Port::tcp_range(90, 80), &[]).is_err());
        assert_eq!(juju.calls(), []);
    }

    #[test]
    fn refusals_are_typed() {
        let conflict =
            "cannot open 80/tcp (unit \"a/0\"): port range conflicts with 80-90/tcp (unit \"b/0\")";
        let juju = Scripted::new()
            .refuse(1, conflict)
            .refuse(1, "port ranges are not supported for k8s applications, please specify a single port")
            .answer(r#"["eighty"]"#);
        assert!(open_port(&juju, Port::tcp(80), &[]).unwrap_err().is_port_conflict());
        assert!(open_port(&juju, Port::tcp_range(1, 2), &[]).unwrap_err().is_not_supported());
        assert!(opened_ports(&juju).unwrap_err().to_string().contains("\"eighty\" is no port"));
        let part = "cannot close 85/tcp (unit \"a/0\"): port range conflicts with 80-90/tcp (unit \"a/0\")";
        assert!(close_port(&Scripted::new().refuse(1, part), Port::tcp(85), &[])
            .unwrap_err()
            .is_port_conflict());
    }
}

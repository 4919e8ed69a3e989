//! `open-port`, `close-port` and `opened-ports`.

use std::num::IntErrorKind;

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{PortConflict, PortRange, Protocol, Substrate, View, quoted};

type Change<'a> = fn(&mut View<'a>, PortRange, &str) -> Result<(), PortConflict>;

pub(super) fn open_port(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    change(view, call, "open", View::open_port)
}

pub(super) fn close_port(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    change(view, call, "close", View::close_port)
}

fn change<'a>(view: &mut View<'a>, call: &Call<'_>, verb: &str, change: Change<'a>) -> Reply {
    let (mut endpoints, mut format) = (None, None);
    let args = flags::parse(
        call.args,
        &mut [Flag::text(&["endpoints"], &mut endpoints), Flag::text(&["format"], &mut format)],
    )?;
    let Some(range) = args.first() else { return Err(Failure::usage("no port or range specified")) };
    let range = parse(&range.to_lowercase()).map_err(Failure::usage)?;
    flags::no_more(&args[1..])?;
    if view.model().substrate() == Substrate::Kubernetes && range.from != range.to {
        let why = "port ranges are not supported for k8s applications, please specify a single port";
        return Err(Failure::run(why));
    }
    for endpoint in endpoints.unwrap_or_default().split(',') {
        change(view, range, endpoint.trim()).map_err(|conflict| {
            let (unit, earlier) = (view.unit_name(), if conflict.staged { " requested earlier" } else { "" });
            let (other, whose) = (conflict.range, conflict.unit);
            Failure::run(format!(
                "cannot {verb} {range} (unit \"{unit}\"): port range conflicts with {other} (unit \"{whose}\"){earlier}"
            ))
        })?;
    }
    Ok(Output::none().without_format(call, format))
}

/// Reads a range as Juju does: the ports first, then the protocol, at last whether the two fit.
fn parse(text: &str) -> Result<PortRange, String> {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    if ports == "icmp" {
        return Ok(PortRange { protocol: Protocol::Icmp, from: 0, to: 0 });
    }
    let number = |text: &str| {
        decimal(text)
            .map_err(|why| format!("invalid port {0}: strconv.Atoi: parsing {0}: {why}", quoted(text)))
    };
    let bounds: Vec<&str> = ports.split('-').collect();
    let (first, last) = match bounds.as_slice() {
        [port] => (number(port)?, number(port)?),
        [first, last] => (number(first)?, number(last)?),
        _ => return Err(format!("invalid port range {}", quoted(ports))),
    };
    let protocol = match protocol {
        "tcp" => Protocol::Tcp,
        "udp" => Protocol::Udp,
        "icmp" => return Err(format!("protocol \"icmp\" doesn't support any ports; got \"{first}\"")),
        other => {
            let other = quoted(other);
            return Err(format!("invalid protocol {other}, expected \"tcp\", \"udp\", or \"icmp\""));
        }
    };
    match (u16::try_from(first), u16::try_from(last)) {
        _ if first > last => Err(format!("invalid port range {first}-{last}/{protocol}")),
        (Ok(from), Ok(to)) => Ok(PortRange { protocol, from, to }),
        _ => Err(format!("port range bounds must be between 0 and 65535, got {first}-{last}")),
    }
}

fn decimal(text: &str) -> Result<i64, &'static str> {
    text.parse().map_err(|error: std::num::ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
        _ => "invalid syntax",
    })
}

pub(super) fn opened_ports(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let mut endpoints = false;
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::switch(&["endpoints"], &mut endpoints),
        ],
    )?;
    flags::no_more(&args)?;
    let ports = view.ports();
    let shown = ports.iter().map(|(range, open)| match endpoints {
        false => range.to_string(),
        true if open.contains("") => format!("{range} (*)"),
        true => format!("{range} ({})", open.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
    });
    Ok(out.with(Value::Texts(shown.collect())))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn ranges_are_read_as_juju_does() {
        let shown = |text: &str| parse(text).map(|range| range.to_string());
        assert_eq!(shown("80"), Ok("80/tcp".to_owned()));
        assert_eq!(shown("53/udp"), Ok("53/udp".to_owned()));
        assert_eq!(shown("80-90"), Ok("80-90/tcp".to_owned()));
        assert_eq!(shown("icmp"), Ok("icmp".to_owned()));
        let protocol = "invalid protocol \"x\", expected \"tcp\", \"udp\", or \"icmp\"";
        assert_eq!(shown("80/x"), Err(protocol.to_owned()));
        let bounds = "port range bounds must be between 0 and 65535, got 1-65536";
        assert_eq!(shown("1-65536"), Err(bounds.to_owned()));
        let number = "invalid port \"x\": strconv.Atoi: parsing \"x\": invalid syntax";
        assert_eq!(shown("x"), Err(number.to_owned()));
        assert_eq!(shown("x/y"), Err(number.to_owned()));
        assert_eq!(shown("90-80"), Err("invalid port range 90-80/tcp".to_owned()));
        assert_eq!(shown("88888-65535"), Err("invalid port range 88888-65535/tcp".to_owned()));
        assert_eq!(shown("1-2-3"), Err("invalid port range \"1-2-3\"".to_owned()));
        assert_eq!(shown("1/icmp"), Err("protocol \"icmp\" doesn't support any ports; got \"1\"".to_owned()));
        let range = "invalid port \"99999999999999999999\": strconv.Atoi: parsing \"99999999999999999999\": value out of range";
        assert_eq!(shown("99999999999999999999"), Err(range.to_owned()));
    }
}

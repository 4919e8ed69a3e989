//! `open-port`, `close-port` and `opened-ports`.

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{PortRange, Protocol, View};

pub(super) fn open_port(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let range = range_of(call)?;
    view.open_port(range).map_err(|conflict| conflicting(view, "open", range, conflict))?;
    Ok(Output::none())
}

pub(super) fn close_port(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let range = range_of(call)?;
    view.close_port(range).map_err(|conflict| conflicting(view, "close", range, conflict))?;
    Ok(Output::none())
}

fn conflicting(view: &View<'_>, verb: &str, range: PortRange, conflict: PortRange) -> Failure {
    let unit = view.unit_name();
    Failure::run(format!(
        "cannot {verb} {range} (unit \"{unit}\"): port range conflicts with {conflict} (unit \"{unit}\")"
    ))
}

fn range_of(call: &Call<'_>) -> Result<PortRange, Failure> {
    // Every endpoint has the same network here, so that it makes no difference for which of them a port opens.
    let mut endpoints = None;
    let args =
        flags::parse(call.args, &mut [Flag::text(&["endpoints"], &mut endpoints), Flag::ignored_format()])?;
    let Some(range) = args.first() else { return Err(Failure::usage("no port or range specified")) };
    flags::no_more(&args[1..])?;
    parse(&range.to_lowercase()).map_err(Failure::usage)
}

fn parse(text: &str) -> Result<PortRange, String> {
    if text == "icmp" {
        return Ok(PortRange { protocol: Protocol::Icmp, from: 0, to: 0 });
    }
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let protocol = match protocol {
        "tcp" => Protocol::Tcp,
        "udp" => Protocol::Udp,
        other => return Err(format!("invalid protocol {other:?}, expected \"tcp\", \"udp\", or \"icmp\"")),
    };
    let number = |text: &str| {
        text.parse::<i64>()
            .map_err(|_| format!("invalid port {text:?}: strconv.Atoi: parsing {text:?}: invalid syntax"))
    };
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    let (first, last) = (number(first)?, number(last)?);
    match (u16::try_from(first), u16::try_from(last)) {
        (Ok(from), Ok(to)) if from <= to => Ok(PortRange { protocol, from, to }),
        (Ok(_), Ok(_)) => Err(format!("invalid port range {first}-{last}/{protocol}")),
        _ => Err(format!("port range bounds must be between 0 and 65535, got {first}-{last}")),
    }
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
    let shown = ports.iter().map(|range| if endpoints { format!("{range} (*)") } else { range.to_string() });
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
    }
}

//! `network-get` and `unit-get`.

use super::flags::{self, Flag};
use super::format::Format;
use super::relation::relation_flag;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{Network, SUBNET, View};

pub(super) fn unit_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    let setting = args.first().ok_or_else(|| Failure::usage("no setting specified"))?;
    if setting != "private-address" && setting != "public-address" {
        return Err(Failure::usage(format!("unknown setting {setting:?}")));
    }
    flags::no_more(&args[1..])?;
    Ok(out.with(Value::text(view.unit().address.to_string())))
}

pub(super) fn network_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let (mut bind, mut ingress, mut egress, mut primary) = (false, false, false, false);
    // The relation would choose an address among several; here there is only one.
    let mut relation = None;
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            relation_flag(view, &mut relation),
            Flag::switch(&["bind-address"], &mut bind),
            Flag::switch(&["ingress-address"], &mut ingress),
            Flag::switch(&["egress-subnets"], &mut egress),
            Flag::switch(&["primary-address"], &mut primary),
        ],
    )?;
    let binding = args.first().ok_or_else(|| Failure::usage("no arguments specified"))?;
    flags::no_more(&args[1..])?;
    if primary && (bind || ingress || egress) {
        return Err(Failure::usage("--primary-address must be the only flag specified"));
    }
    let network = view
        .network(binding)
        .ok_or_else(|| Failure::run(format!("no network config found for binding {binding:?}")))?;
    let address = || Value::text(&network.address);
    let mut chosen: Vec<(&'static str, Value)> = Vec::new();
    if bind || primary {
        chosen.push(("bind-address", address()));
    }
    if egress {
        chosen.push(("egress-subnets", Value::texts([&network.egress_subnet])));
    }
    if ingress {
        chosen.push(("ingress-address", address()));
    }
    let legacy = out.format != Format::Json;
    Ok(match chosen.len() {
        0 => out.with(whole(&network, legacy)),
        1 => out.with(chosen.remove(0).1),
        _ => out.with(Value::Record(chosen)),
    })
}

/// Everything, outside JSON with the keys of old charms besides.
fn whole(network: &Network, legacy: bool) -> Value {
    let text = |text: &str| Value::text(text);
    let mut address = vec![("hostname", text("")), ("value", text(&network.address)), ("cidr", text(SUBNET))];
    if legacy {
        address.push(("address", text(&network.address)));
    }
    let (mac, interface) = ("02:00:00:00:00:01", "eth0");
    let mut bind = vec![("mac-address", text(mac)), ("interface-name", text(interface))];
    bind.push(("addresses", Value::List(vec![Value::Record(address)])));
    if legacy {
        bind.push(("macaddress", text(mac)));
        bind.push(("interfacename", text(interface)));
    }
    Value::Record(vec![
        ("bind-addresses", Value::List(vec![Value::Record(bind)])),
        ("egress-subnets", Value::texts([&network.egress_subnet])),
        ("ingress-addresses", Value::texts([&network.address])),
    ])
}

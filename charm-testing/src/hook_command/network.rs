//! `network-get` and `unit-get`.

use super::flags::{self, Flag};
use super::format::Format;
use super::relation::{relation, relation_flag};
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{BindAddress, Network, View, quoted};

pub(super) fn unit_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    let setting = args.first().ok_or_else(|| Failure::usage("no setting specified"))?;
    if setting != "private-address" && setting != "public-address" {
        return Err(Failure::usage(format!("unknown setting {setting}", setting = quoted(setting))));
    }
    flags::no_more(&args[1..])?;
    Ok(out.with(Value::text(view.unit().address.to_string())))
}

pub(super) fn network_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let (mut bind, mut ingress, mut egress, mut primary) = (false, false, false, false);
    let mut id = None;
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            relation_flag(view, &mut id),
            Flag::switch(&["bind-address"], &mut bind),
            Flag::switch(&["ingress-address"], &mut ingress),
            Flag::switch(&["egress-subnets"], &mut egress),
            Flag::switch(&["primary-address"], &mut primary),
        ],
    )?;
    let binding = args.first().ok_or_else(|| Failure::usage("no arguments specified"))?;
    if binding.is_empty() {
        return Err(Failure::usage("no binding name specified"));
    }
    flags::no_more(&args[1..])?;
    let relation = relation(view, id).ok();
    let network = view.network(binding, relation)?;
    let network = network.filter(|network| !network.bind_addresses.is_empty()).ok_or_else(|| {
        Failure::run(format!("no network config found for binding {binding}", binding = quoted(binding)))
    })?;
    if primary && (bind || ingress || egress) {
        return Err(Failure::run("--primary-address must be the only flag specified"));
    }
    let none = || {
        Failure::run(format!(
            "no addresses attached to space for binding {binding}",
            binding = quoted(binding)
        ))
    };
    let bind_address = || network.bind_address().ok_or_else(none);
    let mut chosen: Vec<(&'static str, Value)> = Vec::new();
    if bind || primary {
        chosen.push(("bind-address", Value::text(bind_address()?)));
    }
    if egress {
        // A list that was never made.
        let subnets = &network.egress_subnets;
        chosen.push(("egress-subnets", if subnets.is_empty() { Value::Null } else { Value::texts(subnets) }));
    }
    if ingress {
        let address = match network.ingress_addresses.first() {
            Some(address) => address,
            None => bind_address()?,
        };
        chosen.push(("ingress-address", Value::text(address)));
    }
    let legacy = out.format != Format::Json;
    Ok(match chosen.len() {
        0 => out.with(whole(&network, legacy)),
        1 => out.with(chosen.remove(0).1),
        _ => out.with(Value::Record(chosen)),
    })
}

/// Everything, outside JSON with the keys of old charms besides. Empty lists are left out.
fn whole(network: &Network, legacy: bool) -> Value {
    let interfaces = network.bind_addresses.iter().map(|bind| interface(bind, legacy)).collect();
    let mut fields = vec![("bind-addresses", Value::List(interfaces))];
    for (name, texts) in
        [("egress-subnets", &network.egress_subnets), ("ingress-addresses", &network.ingress_addresses)]
    {
        if !texts.is_empty() {
            fields.push((name, Value::texts(texts)));
        }
    }
    Value::Record(fields)
}

fn interface(bind: &BindAddress, legacy: bool) -> Value {
    let addresses = bind.addresses.iter().map(|address| {
        let mut fields = vec![
            ("hostname", Value::text(&address.hostname)),
            ("value", Value::text(&address.value)),
            ("cidr", Value::text(&address.cidr)),
        ];
        if legacy {
            fields.push(("address", Value::text(&address.value)));
        }
        Value::Record(fields)
    });
    let mut fields = vec![
        ("mac-address", Value::text(&bind.mac_address)),
        ("interface-name", Value::text(&bind.interface_name)),
        ("addresses", Value::List(addresses.collect())),
    ];
    if legacy {
        fields.push(("macaddress", Value::text(&bind.mac_address)));
        fields.push(("interfacename", Value::text(&bind.interface_name)));
    }
    Value::Record(fields)
}

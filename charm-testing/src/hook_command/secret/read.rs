//! `secret-get`, `secret-info-get` and `secret-ids`.

use std::collections::BTreeMap;

use super::optional;
use crate::hook_command::flags::{self, Flag};
use crate::hook_command::format::Format;
use crate::hook_command::value::Value;
use crate::hook_command::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{Grant, Relation, SecretInfo, View, quoted};

pub(in crate::hook_command) fn secret_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Yaml);
    let (mut label, mut peek, mut refresh) = (None, false, false);
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::STRUCTURED, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::text(&["label"], &mut label),
            Flag::switch(&["peek"], &mut peek),
            Flag::switch(&["refresh"], &mut refresh),
        ],
    )?;
    let id = optional(&args)?;
    let label = label.unwrap_or_default();
    if id.is_none() && label.is_empty() {
        return Err(Failure::usage("require either a secret URI or label"));
    }
    if peek && refresh {
        return Err(Failure::usage("specify one of --peek or --refresh but not both"));
    }
    flags::no_more(args.get(2..).unwrap_or_default())?;
    let content = view.read_secret(id.as_ref(), &label, refresh, peek)?;
    let values = content.decoded().map_err(Failure::run)?;
    let Some(key) = args.get(1).filter(|key| !key.is_empty()) else {
        let values = values.into_iter().map(|(key, value)| (key, Value::bytes(value)));
        return Ok(out.with(Value::Map(values.collect())));
    };
    let missing = |key: &str| Failure::run(format!("secret key value {key} not found", key = quoted(key)));
    Ok(out.with(match key.strip_suffix("#base64") {
        Some(key) => Value::text(content.encoded_value(key).ok_or_else(|| missing(key))?),
        None => Value::bytes(values.get(key).cloned().ok_or_else(|| missing(key))?),
    }))
}

pub(in crate::hook_command) fn secret_info_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Yaml);
    let mut label = None;
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::STRUCTURED, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::text(&["label"], &mut label),
        ],
    )?;
    let id = optional(&args)?;
    let label = label.unwrap_or_default();
    let wanted = match (&id, label.is_empty()) {
        (None, true) => return Err(Failure::usage("require either a secret URI or label")),
        (Some(_), false) => {
            return Err(Failure::usage("specify either a secret URI or label but not both"));
        }
        (Some(id), true) => id.to_string(),
        (None, false) => label,
    };
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let infos = view.secret_infos();
    let found = infos.iter().find(|(known, info)| match &id {
        Some(id) => *known == id,
        None => info.label == wanted,
    });
    let (id, info) =
        found.ok_or_else(|| Failure::run(format!("secret {wanted} not found", wanted = quoted(&wanted))))?;
    Ok(out.with(Value::Map(BTreeMap::from([(id.to_string(), shown(view, info))]))))
}

fn shown(view: &View<'_>, info: &SecretInfo) -> Value {
    let mut fields = vec![
        ("revision", Value::Int(info.revision.into())),
        ("label", Value::text(&info.label)),
        ("owner", Value::text(info.owner.kind())),
    ];
    if !info.description.is_empty() {
        fields.push(("description", Value::text(&info.description)));
    }
    if let Some(rotate) = info.rotate {
        fields.push(("rotation", Value::text(rotate.as_str())));
    }
    if let Some(expires) = info.expires {
        fields.push(("expiry", Value::Time(expires)));
    }
    if let Some(rotates) = info.rotates {
        fields.push(("rotates", Value::Time(rotates)));
    }
    let access: Vec<Value> = info.access.iter().map(|grant| permission(view, grant)).collect();
    if !access.is_empty() {
        fields.push(("access", Value::List(access)));
    }
    Value::Record(fields)
}

fn permission(view: &View<'_>, grant: &Grant) -> Value {
    let relation = grant.relation.and_then(|id| view.model().relation(id));
    Value::Record(vec![
        ("target", Value::text(grant.subject.tag())),
        ("scope", Value::text(relation.map(Relation::tag).unwrap_or_default())),
        ("role", Value::text("view")),
    ])
}

pub(in crate::hook_command) fn secret_ids(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(&args)?;
    let ids = view.secret_ids();
    // A list that was never made: `null` in JSON, nothing elsewhere.
    Ok(out.with(if ids.is_empty() { Value::Null } else { Value::texts(ids) }))
}

//! `status-set`, `status-get` and `application-version-set`.

use std::collections::BTreeMap;

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{Status, StatusKind, View, quoted};

pub(super) fn status_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut application = false;
    let args = flags::parse(call.args, &mut [Flag::switch(&["application"], &mut application)])?;
    let (Some(kind), message) = (args.first(), args.get(1).map_or("", String::as_str)) else {
        return Err(Failure::usage("invalid args, require <status> [message]"));
    };
    let kind = StatusKind::settable(kind).ok_or_else(|| {
        let names = StatusKind::SETTABLE.map(StatusKind::as_str).join(" ");
        Failure::usage(format!("invalid status {kind}, expected one of [{names}]", kind = quoted(kind)))
    })?;
    flags::no_more(args.get(2..).unwrap_or_default())?;
    if application {
        view.set_application_status(kind, message)?;
    } else {
        view.set_status(kind, message);
    }
    Ok(Output::none())
}

pub(super) fn status_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let (mut application, mut include_data) = (false, false);
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::switch(&["application"], &mut application),
            Flag::switch(&["include-data"], &mut include_data),
        ],
    )?;
    flags::no_more(&args)?;
    if view.context().hook().is_restricted() {
        // The one command that makes an answer of the refusal.
        return Ok(out.with(Value::text("unknown")));
    }
    if application {
        let (status, units) = view
            .application_status()
            .map_err(|refusal| Failure::run(format!("finding application status: {refusal}")))?;
        if !include_data && out.format == Format::Smart {
            return Ok(out.with(Value::text(status.kind.as_str())));
        }
        let Value::Map(mut fields) = details(&status, include_data) else { return Ok(out.with(Value::Null)) };
        let units = units.iter().map(|(name, status)| (name.to_string(), details(status, include_data)));
        fields.insert("units".to_owned(), Value::Map(units.collect()));
        let status = BTreeMap::from([("application-status".to_owned(), Value::Map(fields))]);
        return Ok(out.with(Value::Map(status)));
    }
    let status = view.status();
    if !include_data && out.format == Format::Smart {
        return Ok(out.with(Value::text(status.kind.as_str())));
    }
    Ok(out.with(details(&status, include_data)))
}

fn details(status: &Status, include_data: bool) -> Value {
    let mut fields = BTreeMap::from([("status".to_owned(), Value::text(status.kind.as_str()))]);
    if include_data {
        fields.insert("message".to_owned(), Value::text(&status.message));
        fields.insert("status-data".to_owned(), Value::Map(BTreeMap::new()));
    }
    Value::Map(fields)
}

pub(super) fn application_version_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    let version = args.first().ok_or_else(|| Failure::usage("no version specified"))?;
    flags::no_more(&args[1..])?;
    view.set_workload_version(version);
    Ok(Output::none())
}

//! `action-get`, `action-set`, `action-fail` and `action-log`.

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{View, quoted};

/// The results that Juju fills in itself; no part of a key is called so.
const RESERVED: [&str; 4] = ["stdout", "stdout-encoding", "stderr", "stderr-encoding"];

pub(super) fn action_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let params = view.action_params()?;
    let Some(path) = args.first().filter(|path| !path.is_empty()) else {
        let all = params.iter().map(|(name, value)| (name.clone(), Value::from_json(value)));
        return Ok(out.with(Value::Map(all.collect())));
    };
    let mut parts = path.split('.');
    let found = parts.next().and_then(|first| params.get(first));
    let found = parts.fold(found, |value, part| value.and_then(|value| value.get(part)));
    Ok(out.with(found.map_or(Value::Null, Value::from_json)))
}

pub(super) fn action_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    let mut results = Vec::new();
    for arg in &args {
        let pair = arg.split_once('=');
        let (key, value) = pair.ok_or_else(|| {
            Failure::usage(format!("argument {arg} must be of the form key...=value", arg = quoted(arg)))
        })?;
        let path: Vec<&str> = key.split('.').collect();
        for part in &path {
            if !is_key(part) {
                return Err(Failure::usage(format!(
                    "key {part} must start and end with lowercase alphanumeric, and contain only lowercase \
                     alphanumeric, hyphens and periods",
                    part = quoted(part)
                )));
            }
            if RESERVED.contains(part) {
                return Err(Failure::usage(format!(
                    "cannot set reserved action key {part}",
                    part = quoted(part)
                )));
            }
        }
        results.push((path, value));
    }
    for (path, value) in results {
        view.set_action_result(&path, value)?;
    }
    Ok(Output::none())
}

fn is_key(part: &str) -> bool {
    let alphanumeric = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let ends =
        part.bytes().next().is_some_and(alphanumeric) && part.bytes().next_back().is_some_and(alphanumeric);
    ends && part.bytes().all(|b| alphanumeric(b) || b == b'-')
}

pub(super) fn action_fail(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let default = "action failed without reason given, check action for errors";
    // An empty message is one.
    view.fail_action(args.first().map_or(default, String::as_str))?;
    Ok(Output::none())
}

pub(super) fn action_log(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    if args.is_empty() {
        return Err(Failure::usage("no message specified"));
    }
    view.log_action(&args.join(" "))?;
    Ok(Output::none())
}

//! `state-get`, `state-set` and `state-delete`.

use super::flags::{self, Flag};
use super::format::Format;
use super::settings;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{View, quoted};

/// Bytes that Juju allows in a key.
const MAX_KEY: usize = 256;
/// Bytes that Juju allows in a value.
const MAX_VALUE: usize = 64 * 1024;

pub(super) fn state_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let mut strict = false;
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::switch(&["strict"], &mut strict),
        ],
    )?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let state = view.charm_state();
    let Some(key) = args.first().filter(|key| *key != "-" && !key.is_empty()) else {
        // A map that was never made: JSON tells it from an empty one.
        let absent = state.is_empty() && out.format == Format::Json;
        return Ok(out.with(if absent { Value::Null } else { Value::map(state) }));
    };
    match state.get(key) {
        Some(value) => Ok(out.with(Value::text(value))),
        None if strict => Err(Failure::run(format!("{key} not found", key = quoted(key)))),
        None => Ok(out.with(Value::text(""))),
    }
}

pub(super) fn state_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut file = None;
    let args = flags::parse(call.args, &mut [Flag::text(&["file"], &mut file)])?;
    let from_args = settings::from_args(&args)?;
    let mut changes = match file.filter(|file| !file.is_empty()) {
        Some(file) => settings::from_file(call, &file)?,
        None => std::collections::BTreeMap::new(),
    };
    changes.extend(from_args);
    for (key, value) in &changes {
        if key.len() > MAX_KEY {
            return Err(Failure::run(format!("max allowed key size ({MAX_KEY}) exceeded: {}", key.len())));
        }
        if value.len() > MAX_VALUE {
            return Err(Failure::run(format!(
                "max allowed value size ({MAX_VALUE}) exceeded: {}",
                value.len()
            )));
        }
    }
    for (key, value) in changes {
        view.write_charm_state(&key, Some(&value));
    }
    Ok(Output::none())
}

pub(super) fn state_delete(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    if let Some(key) = args.first() {
        view.write_charm_state(key, None);
    }
    Ok(Output::none())
}

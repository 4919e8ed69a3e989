//! `leader-get` and `leader-set`, of Juju 3.

use super::flags::{self, Flag};
use super::format::Format;
use super::settings;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{View, quoted};

pub(super) fn leader_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    let key = args.first().filter(|key| *key != "-" && !key.is_empty());
    if let Some(key) = key.filter(|key| key.contains('=')) {
        return Err(Failure::usage(format!("invalid key {}", quoted(key))));
    }
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let settings = view.leader_settings();
    Ok(out.with(match key {
        Some(key) => settings.get(key).map_or(Value::Null, Value::text),
        None => Value::map(settings.clone()),
    }))
}

pub(super) fn leader_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    let settings = settings::from_args(&args)?;
    let written = view.write_leader_settings(settings);
    written.map_err(|refusal| Failure::run(format!("cannot write leadership settings: {refusal}")))?;
    Ok(Output::none())
}

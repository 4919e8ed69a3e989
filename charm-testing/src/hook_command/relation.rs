//! `relation-ids`, `relation-list`, `relation-get` and `relation-set`.

use super::flags::{self, Flag};
use super::format::Format;
use super::settings;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{RelationId, UnitName, View, is_application_name, quoted};

/// `-r`, `--relation`. Only the number counts: what stands before the last colon is never checked.
pub(super) fn relation_flag<'a>(view: &'a View<'_>, target: &'a mut Option<RelationId>) -> Flag<'a> {
    Flag::value(&["r", "relation"], move |text| {
        let number = text.rsplit(':').next().unwrap_or_default();
        let number: i64 = number.parse().map_err(|_| "invalid relation id")?;
        let id = u32::try_from(number).map(RelationId).ok().filter(|id| view.has_relation(*id));
        *target = Some(id.ok_or("relation not found")?);
        Ok(())
    })
}

/// The relation that was named, or that of the hook.
pub(super) fn relation(view: &View<'_>, named: Option<RelationId>) -> Result<RelationId, Failure> {
    let of_hook = view.context().hook().relation().map(|hook| hook.relation);
    named.or(of_hook).ok_or_else(|| Failure::usage("no relation id specified"))
}

pub(super) fn relation_ids(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let of_hook = view.context().hook().relation().map(|hook| hook.endpoint.clone());
    let endpoint = args.into_iter().next().or(of_hook);
    let endpoint = endpoint.ok_or_else(|| Failure::usage("no endpoint name specified"))?;
    let mut keys: Vec<String> =
        view.relation_ids(&endpoint).into_iter().map(|id| format!("{endpoint}:{id}")).collect();
    keys.sort_unstable();
    Ok(out.with(Value::Texts(keys)))
}

pub(super) fn relation_list(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let (mut id, mut application) = (None, false);
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::switch(&["app"], &mut application),
            relation_flag(view, &mut id),
        ],
    )?;
    flags::no_more(&args)?;
    let id = relation(view, id)?;
    if application {
        return Ok(out.with(Value::text(view.remote_application(id).unwrap_or_default())));
    }
    let mut units: Vec<String> = view.relation_units(id).iter().map(ToString::to_string).collect();
    units.sort_unstable();
    Ok(out.with(Value::Texts(units)))
}

pub(super) fn relation_model_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let mut id = None;
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            relation_flag(view, &mut id),
        ],
    )?;
    let id = relation(view, id)?;
    flags::no_more(&args)?;
    Ok(out.with(Value::Record(vec![("uuid", Value::text(view.remote_model(id)))])))
}

/// Whose databag is read.
enum Target {
    Unit(UnitName),
    Application(String),
}

pub(super) fn relation_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let (mut id, mut application) = (None, false);
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::switch(&["app"], &mut application),
            relation_flag(view, &mut id),
        ],
    )?;
    let id = relation(view, id)?;
    let key = args.first().map(String::as_str).filter(|key| *key != "-" && !key.is_empty());
    let target = target(view, args.get(1).map(String::as_str), application)?;
    flags::no_more(args.get(2..).unwrap_or_default())?;
    let content = match target {
        Target::Unit(unit) => view.unit_data(id, &unit)?,
        Target::Application(name) => view.application_data(id, &name)?,
    };
    Ok(out.with(match key {
        Some(key) => content.get(key).map_or(Value::Null, Value::text),
        None => Value::map(content),
    }))
}

fn target(view: &View<'_>, named: Option<&str>, application: bool) -> Result<Target, Failure> {
    let hook = view.context().hook().relation();
    let remote_application = hook.map(|hook| hook.remote_application.clone());
    let unspecified = || Failure::usage("no unit or application specified");
    match (named, application) {
        (None, true) => remote_application.map(Target::Application).ok_or_else(unspecified),
        // Without a unit in the hook it is its application that is meant.
        (None, false) => match hook.and_then(|hook| hook.remote_unit.clone()) {
            Some(unit) => Ok(Target::Unit(unit)),
            None => remote_application.map(Target::Application).ok_or_else(unspecified),
        },
        (Some(name), true) => match name.parse::<UnitName>() {
            Ok(unit) => Ok(Target::Application(unit.application().to_owned())),
            Err(_) if is_application_name(name) => Ok(Target::Application(name.to_owned())),
            Err(_) => Err(Failure::usage(format!("invalid application name {name}", name = quoted(name)))),
        },
        (Some(name), false) => match name.parse::<UnitName>() {
            Ok(unit) => Ok(Target::Unit(unit)),
            Err(_) if is_application_name(name) => Err(Failure::usage(format!(
                "expected unit name, got application name {name}",
                name = quoted(name)
            ))),
            Err(error) => Err(Failure::usage(error.to_string())),
        },
    }
}

pub(super) fn relation_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let (mut id, mut application, mut file, mut format) = (None, false, None, None);
    let args = flags::parse(
        call.args,
        &mut [
            Flag::switch(&["app"], &mut application),
            Flag::text(&["file"], &mut file),
            Flag::text(&["format"], &mut format),
            relation_flag(view, &mut id),
        ],
    )?;
    let id = relation(view, id)?;
    let from_args = settings::from_args(&args)?;
    let mut changes = match file.filter(|file| !file.is_empty()) {
        Some(file) => settings::from_file(call, &file)?,
        None => std::collections::BTreeMap::new(),
    };
    changes.extend(from_args);
    let writes = if application { view.write_application_data(id)? } else { view.write_unit_data(id) };
    for (key, value) in changes {
        writes.set(key, value);
    }
    Ok(Output::none().without_format(call, format))
}

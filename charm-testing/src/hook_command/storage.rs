//! `storage-add`, `storage-get` and `storage-list`.

use std::collections::BTreeMap;

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::{Hook, Storage, StorageId, View, parse_storage_directives, quoted};

pub(super) fn storage_list(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let name = args.first().filter(|name| !name.is_empty());
    let wanted = |id: &&StorageId| name.is_none_or(|name| id.name() == name);
    Ok(out.with(Value::texts(view.storage_ids().iter().filter(wanted))))
}

pub(super) fn storage_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let mut id = match view.context().hook() {
        Hook::Storage(hook) => Some(hook.storage.clone()),
        _ => None,
    };
    let args = flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::value(&["s"], |text| {
                let named: StorageId = text.parse().map_err(|error| format!("{error}"))?;
                if view.storage(&named).is_none() {
                    return Err("storage not found".to_owned());
                }
                id = Some(named);
                Ok(())
            }),
        ],
    )?;
    let id = id.ok_or_else(|| Failure::usage("no storage instance specified"))?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    let storage = view.storage(&id).ok_or_else(|| Failure::run("storage not found"))?;
    let location = storage.location.as_deref();
    let location = location.ok_or_else(|| Failure::run(format!("storage \"{id}\" not provisioned")))?;
    let mut values = BTreeMap::from([
        ("kind".to_owned(), Value::text(Storage::kind_name(storage.kind))),
        ("location".to_owned(), Value::text(location)),
    ]);
    match args.first().filter(|key| !key.is_empty()) {
        None => Ok(out.with(Value::Map(values))),
        Some(key) => {
            let value = values.remove(key);
            let value = value
                .ok_or_else(|| Failure::run(format!("invalid storage attribute {key}", key = quoted(key))))?;
            Ok(out.with(value))
        }
    }
}

pub(super) fn storage_add(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    if args.is_empty() {
        return Err(Failure::usage("storage add requires a storage directive"));
    }
    for (name, count) in parse_storage_directives(&args).map_err(Failure::usage)? {
        view.add_storage(&name, count);
    }
    Ok(Output::none())
}

//! `storage-list` and `storage-get`. The model has no storage yet: the lists are empty.

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::View;

pub(super) fn storage_list(_view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    Ok(out.with(Value::Texts(Vec::new())))
}

pub(super) fn storage_get(_view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    flags::parse(
        call.args,
        &mut [
            Flag::format(Format::ALL, &mut out.format),
            Flag::text(OUTPUT, &mut out.file),
            Flag::value(&["s"], |id| {
                let known_form = id.split_once('/').is_some_and(|(name, number)| {
                    !name.is_empty() && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
                });
                Err(if known_form {
                    "storage not found".to_owned()
                } else {
                    format!("invalid storage ID {id:?}")
                })
            }),
        ],
    )?;
    Err(Failure::usage("no storage instance specified"))
}

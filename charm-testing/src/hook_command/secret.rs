//! `secret-get`, `secret-info-get` and `secret-ids`. The model has no secrets yet: none is ever found.

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, OUTPUT, Output, Reply};
use crate::model::View;

pub(super) fn secret_get(_view: &mut View<'_>, call: &Call<'_>) -> Reply {
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
    let id = named(args.first(), label.as_deref())?;
    if peek && refresh {
        return Err(Failure::usage("specify one of --peek or --refresh but not both"));
    }
    flags::no_more(args.get(2..).unwrap_or_default())?;
    Err(Failure::run(format!("secret {id:?} not found")))
}

pub(super) fn secret_info_get(_view: &mut View<'_>, call: &Call<'_>) -> Reply {
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
    let id = named(args.first(), label.as_deref())?;
    flags::no_more(args.get(1..).unwrap_or_default())?;
    Err(Failure::run(format!("secret {id:?} not found")))
}

pub(super) fn secret_ids(_view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(&args)?;
    // A list that was never made: `null` in JSON, nothing elsewhere.
    Ok(out.with(Value::Null))
}

/// The secret that is meant, by its id without `secret:` or by its label.
fn named(uri: Option<&String>, label: Option<&str>) -> Result<String, Failure> {
    let Some(uri) = uri.filter(|uri| !uri.is_empty()) else {
        let label = label.filter(|label| !label.is_empty());
        return label
            .map(str::to_owned)
            .ok_or_else(|| Failure::usage("require either a secret URI or label"));
    };
    let id = uri.strip_prefix("secret:").unwrap_or(uri);
    // It may name its model first: `//<uuid>/<id>`.
    let id = id.rsplit('/').next().unwrap_or_default();
    let valid = id.len() == 20 && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'v').contains(&b));
    if valid { Ok(id.to_owned()) } else { Err(Failure::usage(format!("secret URI {uri:?} not valid"))) }
}

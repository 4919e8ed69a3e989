//! `is-leader`.

use super::flags::{self, Flag};
use super::format::Format;
use super::value::Value;
use super::{Call, OUTPUT, Output, Reply};
use crate::model::View;

pub(super) fn is_leader(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut out = Output::new(Format::Smart);
    let args = flags::parse(
        call.args,
        &mut [Flag::format(Format::ALL, &mut out.format), Flag::text(OUTPUT, &mut out.file)],
    )?;
    flags::no_more(&args)?;
    Ok(out.with(Value::Bool(view.is_leader())))
}

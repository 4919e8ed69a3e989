//! `resource-get`.

use super::flags;
use super::format::Format;
use super::value::Value;
use super::{Call, Failure, Output, Reply};
use crate::model::View;

pub(super) fn resource_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    let name = args.first().ok_or_else(|| Failure::usage("missing required resource name"))?;
    flags::no_more(&args[1..])?;
    let path = view.resource(name);
    let path = path.map_err(|refusal| Failure::run(format!("could not download resource: {refusal}")))?;
    // The one answer without a newline.
    Ok(Output::new(Format::Bare).with(Value::text(path)))
}

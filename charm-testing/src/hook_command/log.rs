//! `juju-log`.

use super::flags::{self, Flag};
use super::{Call, Failure, Output, Reply};
use crate::model::{Level, View, quoted};

pub(super) fn juju_log(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let (mut level, mut debug, mut format) = (None, false, None);
    let args = flags::parse(
        call.args,
        &mut [
            Flag::text(&["l", "log-level"], &mut level),
            Flag::switch(&["debug"], &mut debug),
            Flag::text(&["format"], &mut format),
        ],
    )?;
    if args.is_empty() {
        return Err(Failure::usage("no message specified"));
    }
    let named = level.as_deref().filter(|name| !name.is_empty()).map(|name| (name, Level::from_name(name)));
    if let Some((name, None)) = named {
        view.log(Level::Warning, &format!("Specified log level of {name} is not valid", name = quoted(name)));
    }
    let level = match named {
        _ if debug => Level::Debug,
        Some((_, Some(level))) => level,
        _ => Level::Info,
    };
    view.log(level, &args.join(" "));
    Ok(Output::none().without_format(call, format))
}

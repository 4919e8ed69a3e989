//! `config-get`.

use serde_json::{Map, Value};

use super::{read, HookCommand, Transport};
use crate::error::Error;

/// `config-get --format=json`: every option that is set or has a default.
///
/// Juju fetches the options once per hook; they may be newer than the event.
#[track_caller]
pub fn config_get(juju: &dyn Transport) -> Result<Map<String, Value>, Error> {
    // Juju prints `null` where a charm has no options at all.
    let options: Option<Map<String, Value>> = read(juju, &HookCommand::new("config-get").json())?;
    Ok(options.unwrap_or_default())
}

//! `storage-list`.

use super::{read, HookCommand, Transport};
use crate::error::Error;

/// `storage-list`: the ids of the unit's storage of that name, such as `data/0`.
#[track_caller]
pub fn storage_list(juju: &dyn Transport, name: &str) -> Result<Vec<String>, Error> {
    let ids: Option<Vec<String>> = read(juju, &HookCommand::new("storage-list").json().arg(name))?;
    Ok(ids.unwrap_or_default())
}

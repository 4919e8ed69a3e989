//! `is-leader`.

use super::{read, HookCommand, Transport};
use crate::error::Error;

/// `is-leader`: claims the lease. `true` holds for at least 30 seconds; `false` holds for the whole hook.
#[track_caller]
pub fn is_leader(juju: &dyn Transport) -> Result<bool, Error> {
    read(juju, &HookCommand::new("is-leader").json())
}

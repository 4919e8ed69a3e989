//! What the runtime itself asks of secrets.

use super::{run, HookCommand, Transport};
use crate::error::Error;

/// Whether a secret that this unit consumes can still be read.
///
/// `secret-get --peek` looks without pinning a revision; what it prints is thrown away unread.
#[track_caller]
pub fn secret_exists(juju: &dyn Transport, id: &str) -> Result<bool, Error> {
    let command = HookCommand::new("secret-get").json().arg(id).arg("--peek");
    match run(juju, &command) {
        Ok(_) => Ok(true),
        Err(error) if error.is_not_found() || error.is_permission_denied() => Ok(false),
        Err(error) => Err(error),
    }
}

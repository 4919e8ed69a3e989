//! What the runtime itself asks of secrets.

use super::{HookCommand, Transport};
use crate::error::Error;

/// Whether a secret that this unit consumes can still be read.
///
/// `secret-get --peek` looks without pinning a revision; what it prints is thrown away unread.
pub fn secret_exists(juju: &dyn Transport, id: &str) -> Result<bool, Error> {
    let command = HookCommand::new("secret-get").json().arg(id).arg("--peek");
    let output = juju.run(&command)?;
    if output.code == 0 {
        return Ok(true);
    }
    let error = Error::refused(&command, output.code, &output.stderr);
    if error.is_not_found() || error.is_permission_denied() {
        Ok(false)
    } else {
        Err(error)
    }
}

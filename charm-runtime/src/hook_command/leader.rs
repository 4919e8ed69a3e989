//! `is-leader`.

use super::{read, HookCommand, Transport};
use crate::error::Error;

/// `is-leader`: claims the lease, at once. `true` holds for at least 30 seconds from the question; `false` holds for the
/// whole hook (Juju 3.6 and 4).
///
/// An error is no answer: whether this unit leads isn't known then.
///
/// ```
/// use charm_runtime::hook_command::{is_leader, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer("false\n");
/// assert!(!is_leader(&juju)?);
/// assert_eq!(juju.calls(), [HookCommand::new("is-leader").arg("--format=json")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn is_leader(juju: &dyn Transport) -> Result<bool, Error> {
    read(juju, &HookCommand::new("is-leader").json())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn an_unknown_leadership_is_an_error_and_no_answer() {
        let juju = Scripted::new().refuse(1, "leadership status unknown: lease manager stopped").answer("");
        assert!(is_leader(&juju).unwrap_err().to_string().contains("lease manager stopped"));
        assert!(is_leader(&juju).unwrap_err().to_string().contains("not what Juju documents"));
    }
}

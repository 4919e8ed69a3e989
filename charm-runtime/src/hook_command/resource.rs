//! `resource-get`.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use super::{run, HookCommand, Transport};
use crate::error::Error;

/// `resource-get NAME`: downloads a resource of the charm, unless it is there already, and says where it is.
///
/// It may take minutes: the unit's agent fetches it from the controller. Immediate. Fails with [`Error::is_not_found`]
/// where nobody has given the application this resource; a charm from Charmhub always has its default one, which may be
/// an empty file. For an `oci-image` it is a file that says where the image is, and how to log in there.
///
/// ```
/// use charm_runtime::hook_command::{resource_get, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer("/var/lib/juju/agents/unit-a-0/resources/tool/tool.tar");
/// assert!(resource_get(&juju, "tool")?.ends_with("tool/tool.tar"));
/// assert_eq!(juju.calls(), [HookCommand::new("resource-get").arg("tool")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn resource_get(juju: &dyn Transport, name: &str) -> Result<PathBuf, Error> {
    let command = HookCommand::new("resource-get").arg(name);
    let mut path = run(juju, &command)?;
    // This command alone ends its answer without a newline; a path of one is none that Juju makes.
    if path.last() == Some(&b'\n') {
        path.pop();
    }
    if path.is_empty() {
        return Err(Error::hook_command(&command, "it named no file"));
    }
    Ok(OsString::from_vec(path).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn a_newline_at_the_end_makes_no_difference() {
        let juju = Scripted::new().answer("/a b\n").answer(b"/\xff".to_vec()).answer("\n").answer("");
        assert_eq!(resource_get(&juju, "tool").unwrap(), PathBuf::from("/a b"));
        assert_eq!(resource_get(&juju, "tool").unwrap().as_os_str().len(), 2);
        for _ in 0..2 {
            assert!(resource_get(&juju, "tool").unwrap_err().to_string().contains("named no file"));
        }
    }

    #[test]
    fn refusals_are_typed() {
        let juju = Scripted::new()
            .refuse(1, "could not download resource: HTTP request failed: resource#a/tool not found")
            .refuse(1, "could not download resource: connection is shut down");
        assert!(resource_get(&juju, "tool").unwrap_err().is_not_found());
        assert!(!resource_get(&juju, "tool").unwrap_err().is_not_found());
    }
}

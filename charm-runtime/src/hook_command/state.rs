//! `state-get`, `state-set` and `state-delete`: strings that the controller keeps for the unit.
//!
//! They have no typed face: a charm's own state is in [`Stored`](crate::Stored) fields.

use std::collections::BTreeMap;

use super::{read, run, stdin, HookCommand, Transport};
use crate::error::Error;

/// What Juju takes as a key, in bytes.
const LONGEST_KEY: usize = 256;
/// What Juju takes as a value, in bytes.
const LONGEST_VALUE: usize = 64 * 1024;

/// `state-get`: all that is kept for the unit, what this hook has written included (Juju 2.8 and later).
///
/// Fails with [`Error::is_restricted`] in a restricted hook of Juju 3, and with [`Error::is_not_supported`] where Juju
/// has no such command.
///
/// ```
/// use charm_runtime::hook_command::{state_get, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"phase":"two"}"#).answer("null");
/// assert_eq!(state_get(&juju)?["phase"], "two");
/// assert!(state_get(&juju)?.is_empty());
/// assert_eq!(juju.calls()[0], HookCommand::new("state-get").arg("--format=json"));
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn state_get(juju: &dyn Transport) -> Result<BTreeMap<String, String>, Error> {
    // `null` where nothing has ever been kept.
    let state: Option<BTreeMap<String, String>> = read(juju, &HookCommand::new("state-get").json())?;
    Ok(state.unwrap_or_default())
}

/// `state-get --strict KEY`: one value; `None` where there is none, which Juju without `--strict` doesn't tell from an
/// empty one. Fails as [`state_get`] does.
///
/// ```
/// use charm_runtime::hook_command::{state_get_key, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer("\"two\"").refuse(1, "\"pace\" not found");
/// assert_eq!(state_get_key(&juju, "phase")?.as_deref(), Some("two"));
/// assert_eq!(state_get_key(&juju, "pace")?, None);
/// assert_eq!(juju.calls()[0], HookCommand::new("state-get").args(["--format=json", "--strict", "--", "phase"]));
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn state_get_key(juju: &dyn Transport, key: &str) -> Result<Option<String>, Error> {
    // Asked for one of these, Juju gives all.
    if matches!(key, "" | "-") {
        return Ok(state_get(juju)?.remove(key));
    }
    let command = HookCommand::new("state-get").json().arg("--strict").arg("--").arg(key);
    match read(juju, &command) {
        Err(error) if error.is_not_found() => Ok(None),
        value => value,
    }
}

/// `state-set --file -`: keeps values for the unit. Buffered until the process has exited 0.
///
/// Fails, before Juju is asked, where a key is empty ([`Error::is_invalid`]), and where one has over 256 bytes or a value
/// over 64 KiB ([`Error::is_too_large`]). A unit may keep 2 MiB in all, unless the controller's `max-charm-state-size`
/// says otherwise; more fails the hook when it has ended. In a restricted hook of Juju 3 it fails with
/// [`Error::is_restricted`]. Juju 2.8 and later have it.
///
/// ```
/// use charm_runtime::hook_command::{state_set, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// state_set(&juju, &[("phase".into(), " two\n".into())].into())?;
/// let expected = HookCommand::new("state-set").args(["--file", "-"]).stdin(r#"{"phase":" two\n"}"#);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn state_set(juju: &dyn Transport, values: &BTreeMap<String, String>) -> Result<(), Error> {
    for (key, value) in values {
        let shown: String = key.chars().take(40).collect();
        for (what, length, most) in
            [("key", key.len(), LONGEST_KEY), ("value of key", value.len(), LONGEST_VALUE)]
        {
            if length > most {
                return Err(Error::too_large(format!("state-set, {what} `{shown}`"), length, most));
            }
        }
    }
    let stdin = stdin::map("state-set", values)?;
    run(juju, &HookCommand::new("state-set").arg("--file").arg("-").stdin(stdin)).map(drop)
}

/// `state-delete KEY`: keeps a value no longer. Buffered until the process has exited 0. A key that isn't there is no
/// error. Fails as [`state_get`] does.
///
/// ```
/// use charm_runtime::hook_command::{state_delete, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// state_delete(&juju, "phase")?;
/// assert_eq!(juju.calls(), [HookCommand::new("state-delete").args(["--", "phase"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn state_delete(juju: &dyn Transport, key: &str) -> Result<(), Error> {
    run(juju, &HookCommand::new("state-delete").arg("--").arg(key)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    fn set(key: &str, value: &str) -> (Result<(), Error>, usize) {
        let juju = Scripted::new();
        let result = state_set(&juju, &[(key.to_owned(), value.to_owned())].into());
        (result, juju.calls().len())
    }

    #[test]
    fn jujus_limits_are_known_before_the_call() {
        assert!(matches!(set(&"k".repeat(256), &"v".repeat(65536)), (Ok(()), 1)));
        let (long_key, calls) = set(&"k".repeat(257), "v");
        let error = long_key.unwrap_err();
        let message = error.to_string();
        assert!(error.is_too_large());
        assert!(calls == 0 && message.contains("257 bytes") && message.contains("256"), "{message}");
        let (long_value, calls) = set("k", &"v".repeat(65537));
        let message = long_value.unwrap_err().to_string();
        assert!(calls == 0 && message.contains("65537 bytes") && message.contains("`k`"), "{message}");
        assert!(matches!(set("", "v"), (Err(error), 0) if error.is_invalid()));
    }

    #[test]
    fn a_key_that_means_all_to_juju_is_found_among_all() {
        let juju = Scripted::new().answer(r#"{"-":"dash","k":""}"#).answer("\"\"");
        assert_eq!(state_get_key(&juju, "-").unwrap().as_deref(), Some("dash"));
        assert_eq!(state_get_key(&juju, "k").unwrap().as_deref(), Some(""));
        assert_eq!(juju.calls()[0], HookCommand::new("state-get").arg("--format=json"));
    }

    #[test]
    fn refusals_are_not_taken_for_absence() {
        let restricted =
            || Scripted::new().refuse(1, "not implemented for restricted context not implemented");
        assert!(state_get_key(&restricted(), "k").unwrap_err().is_restricted());
        assert!(state_get(&restricted()).unwrap_err().is_restricted());
        assert!(state_set(&restricted(), &BTreeMap::new()).unwrap_err().is_restricted());
        assert!(state_delete(&restricted(), "k").unwrap_err().is_restricted());
        // Nor is a key's name for a refusal.
        let juju = Scripted::new().refuse(1, r#""restricted context" not found"#);
        assert_eq!(state_get_key(&juju, "restricted context").unwrap(), None);
    }
}

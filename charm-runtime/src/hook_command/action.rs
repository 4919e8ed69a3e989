//! `action-get`, `action-set`, `action-fail` and `action-log`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{argument, read, run, HookCommand, Transport};
use crate::error::Error;

/// Linux passes single arguments of up to 128 KiB.
const LONGEST_RESULT: usize = 120_000;
/// What one call's arguments may hold together; the system's limit is higher, and shared with the environment.
const LONGEST_CALL: usize = 500_000;

/// `action-get --format=json`: the parameters of the action that runs, defaults included.
///
/// Juju (3.6 and 4) has checked them against the action's schema. Numbers come as JSON numbers that Juju keeps as
/// floating-point ones: 8000 may come as 8000.0, and one beyond ±2^53 is rounded.
///
/// Outside of an action it fails with an error that [is not supported](Error::is_not_supported).
///
/// ```
/// use charm_runtime::hook_command::{action_get, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"target":{"port":8000}}"#);
/// let parameters = action_get(&juju)?;
/// assert_eq!(parameters["target"]["port"], 8000);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn action_get(juju: &dyn Transport) -> Result<Map<String, Value>, Error> {
    let parameters: Option<Map<String, Value>> = read(juju, &HookCommand::new("action-get").json())?;
    Ok(parameters.unwrap_or_default())
}

/// `action-get --format=json -- KEY`: one parameter, or with dots one in an object; `None` where it was not given.
///
/// A parameter whose name holds a dot can't be asked for. An empty key is refused here ([`Error::is_invalid`]), since
/// Juju answers it with all parameters. Outside of an action it fails as [`action_get`] does.
///
/// ```
/// use charm_runtime::hook_command::{action_get_key, Scripted};
///
/// let juju = Scripted::new().answer("8000");
/// let port = action_get_key(&juju, "target.port")?;
/// assert_eq!(port.and_then(|port| port.as_i64()), Some(8000));
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn action_get_key(juju: &dyn Transport, key: &str) -> Result<Option<Value>, Error> {
    if key.is_empty() {
        return Err(Error::invalid("action-get", "the key is empty; `action_get` gives all parameters"));
    }
    read(juju, &HookCommand::new("action-get").json().arg("--").arg(key))
}

/// `action-set KEY=VALUE..`: results, which Juju sends when the action ends, failed or not (3.6 and 4).
///
/// A key of several parts (`backup.size`) makes nested maps. Results of an earlier call stay, but those with the same
/// keys. More than fits one call's arguments is spread over several.
///
/// Refused here, before any call, is what Juju refuses: keys that don't follow its rule, or a part of which is its own
/// (`stdout`, `stderr`, `stdout-encoding`, `stderr-encoding`); `return-code`, which it writes over; values with NUL; and
/// keys and values of over 120 000 bytes together, which no argument can hold ([`Error::is_too_large`]).
///
/// Outside of an action it fails with an error that [is not supported](Error::is_not_supported).
///
/// ```
/// use std::collections::BTreeMap;
/// use charm_runtime::hook_command::{action_set, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// action_set(&juju, &BTreeMap::from([("backup.size".to_owned(), "12".to_owned())]))?;
/// assert_eq!(juju.calls(), [HookCommand::new("action-set").arg("backup.size=12")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn action_set(juju: &dyn Transport, results: &BTreeMap<String, String>) -> Result<(), Error> {
    for (key, value) in results {
        check_result(key, value)?;
    }
    let mut command = HookCommand::new("action-set");
    let mut length = 0;
    for (key, value) in results {
        let pair = format!("{key}={value}");
        if length > 0 && length + pair.len() > LONGEST_CALL {
            run(juju, &std::mem::replace(&mut command, HookCommand::new("action-set")))?;
            length = 0;
        }
        length += pair.len();
        command = command.arg(pair);
    }
    if length > 0 {
        run(juju, &command)?;
    }
    Ok(())
}

/// What no part of a result's key may be, not even below another: Juju writes those itself when an action ends.
const RESERVED: [&str; 4] = ["stdout", "stdout-encoding", "stderr", "stderr-encoding"];
/// The result that Juju takes, and then writes over.
const OVERWRITTEN: &str = "return-code";

/// Whether Juju takes this as an action's result, and keeps it; the reason if not.
#[track_caller]
pub(crate) fn check_result(key: &str, value: &str) -> Result<(), Error> {
    let shown: String = key.chars().take(80).collect();
    let what = format!("action result `{shown}`");
    let length = key.len() + value.len();
    let problem = if !key.split('.').all(is_key_part) {
        "a key is lowercase letters, digits and hyphens, parts joined by dots, no hyphen at an end"
    } else if key == OVERWRITTEN {
        "Juju keeps this key for what it says of every action; choose another"
    } else if key.split('.').any(|part| RESERVED.contains(&part)) {
        "Juju keeps `stdout` and `stderr`, and these with `-encoding`, for what it says of every action, and takes none \
         as a part of a key; choose another"
    } else if value.contains('\0') {
        "its value holds NUL, which no argument can"
    } else if length > LONGEST_RESULT {
        return Err(Error::too_large(what, length, LONGEST_RESULT));
    } else {
        return Ok(());
    };
    Err(Error::invalid(what, problem))
}

fn is_key_part(part: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = part.as_bytes();
    bytes.first().is_some_and(|byte| sound(*byte))
        && bytes.last().is_some_and(|byte| sound(*byte))
        && bytes.iter().all(|byte| sound(*byte) || *byte == b'-')
}

/// `action-fail -- MESSAGE`: the action ends as failed, with this message. The process goes on; what it sets before
/// and after counts all the same, and it should exit 0, or Juju drops what it buffered.
///
/// The message is cut at 8000 bytes. Without one the action shows Juju's own, that no reason was given. Outside of an
/// action it fails with [`Error::is_not_supported`].
///
/// ```
/// use charm_runtime::hook_command::{action_fail, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// action_fail(&juju, "the disk is full")?;
/// assert_eq!(juju.calls(), [HookCommand::new("action-fail").args(["--", "the disk is full"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn action_fail(juju: &dyn Transport, message: &str) -> Result<(), Error> {
    let command = HookCommand::new("action-fail");
    let command = match message {
        // Juju would show an empty one as it is.
        "" => command,
        message => command.arg("--").arg(argument(message, 8000)),
    };
    run(juju, &command).map(drop)
}

/// `action-log -- MESSAGE`: a line for whoever watches the action. Immediate: it stays where the action fails.
///
/// The message is cut at 100 000 bytes. Outside of an action it fails with [`Error::is_not_supported`].
///
/// ```
/// use charm_runtime::hook_command::{action_log, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// action_log(&juju, "half of it is done")?;
/// assert_eq!(juju.calls(), [HookCommand::new("action-log").args(["--", "half of it is done"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn action_log(juju: &dyn Transport, message: &str) -> Result<(), Error> {
    run(juju, &HookCommand::new("action-log").arg("--").arg(argument(message, 100_000))).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;
    use serde_json::json;

    fn results(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn each_command_has_its_argv() {
        let juju = Scripted::new().answer("{}").answer("null");
        action_get(&juju).unwrap();
        action_get_key(&juju, "target.port").unwrap();
        action_set(&juju, &results(&[("size", "=1 2\n"), ("backup.at", "")])).unwrap();
        action_fail(&juju, "-m\0").unwrap();
        action_fail(&juju, "").unwrap();
        action_log(&juju, "--debug").unwrap();
        assert_eq!(
            juju.calls(),
            [
                HookCommand::new("action-get").arg("--format=json"),
                HookCommand::new("action-get").args(["--format=json", "--", "target.port"]),
                HookCommand::new("action-set").args(["backup.at=", "size==1 2\n"]),
                HookCommand::new("action-fail").args(["--", "-m␀"]),
                HookCommand::new("action-fail"),
                HookCommand::new("action-log").args(["--", "--debug"]),
            ]
        );
    }

    #[test]
    fn nothing_is_an_answer_too() {
        assert_eq!(action_get(&Scripted::new().answer("null")).unwrap(), Map::new());
        assert_eq!(action_get_key(&Scripted::new().answer("null"), "a").unwrap(), None);
        let nested = action_get_key(&Scripted::new().answer(r#"{"b":[1.0]}"#), "a").unwrap();
        assert_eq!(nested, Some(json!({"b": [1.0]})));
        let juju = Scripted::new();
        action_set(&juju, &BTreeMap::new()).unwrap();
        assert!(action_get_key(&juju, "").unwrap_err().is_invalid());
        assert!(juju.calls().is_empty());
    }

    #[test]
    fn outside_of_an_action_nothing_is_supported() {
        for says in ["not running an action", "bad request: unknown hook command: action-get"] {
            let juju = || Scripted::new().refuse(1, says);
            assert!(action_get(&juju()).unwrap_err().is_not_supported(), "{says}");
            assert!(action_set(&juju(), &results(&[("a", "b")])).unwrap_err().is_not_supported(), "{says}");
            assert!(action_fail(&juju(), "").unwrap_err().is_not_supported(), "{says}");
            assert!(action_log(&juju(), "").unwrap_err().is_not_supported(), "{says}");
        }
    }

    #[test]
    fn a_refusal_is_told_without_the_results() {
        let juju = Scripted::new().refuse(2, "cannot set reserved action key \"stdout\"");
        let error = format!("{:#}", action_set(&juju, &results(&[("password", "hunter2")])).unwrap_err());
        assert!(error.contains("cannot set reserved action key") && !error.contains("hunter2"), "{error}");
    }

    #[test]
    fn what_is_too_much_for_one_call_is_spread_over_several() {
        let value = "v".repeat(100_000);
        let keys = ["a", "b", "c", "d", "e", "f"];
        let juju = Scripted::new();
        action_set(&juju, &results(&keys.map(|key| (key, value.as_str())))).unwrap();
        let given: Vec<Vec<char>> = juju
            .calls()
            .iter()
            .map(|call| call.arguments().iter().filter_map(|pair| pair.chars().next()).collect())
            .collect();
        assert_eq!(given, [vec!['a', 'b', 'c', 'd'], vec!['e', 'f']]);
    }

    #[test]
    fn result_keys_follow_jujus_rule() {
        for good in ["a", "greeting", "a-b.c1", "0", "backup.return-code"] {
            assert!(check_result(good, "v").is_ok(), "{good}");
        }
        for bad in [
            "",
            "A",
            "a_b",
            "-a",
            "a-",
            "a..b",
            ".a",
            "stdout",
            "backup.stdout",
            "stderr.a",
            "return-code",
            "é",
        ] {
            assert!(check_result(bad, "v").is_err(), "{bad}");
        }
    }

    #[test]
    fn what_no_argument_can_hold_is_refused_before_any_call() {
        let juju = Scripted::new();
        let most = "v".repeat(LONGEST_RESULT - 1);
        action_set(&juju, &results(&[("a", &most)])).unwrap();
        let error = action_set(&juju, &results(&[("a", "b"), ("aa", &most)])).unwrap_err();
        assert_eq!(
            error.to_string(),
            "action result `aa`: it would have 120001 bytes, and Juju takes at most 120000"
        );
        assert!(error.is_too_large());
        assert!(action_set(&juju, &results(&[("a", "\0")])).unwrap_err().is_invalid());
        assert_eq!(juju.calls().len(), 1);
    }
}

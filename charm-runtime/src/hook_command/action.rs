//! `action-get`, `action-set`, `action-fail` and `action-log`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{argument, read, run, HookCommand, Transport};
use crate::error::Error;

/// Linux passes single arguments of up to 128 KiB.
const LONGEST_RESULT: usize = 120_000;
/// What one call's arguments may hold together; the system's limit is higher, and shared with the environment.
const LONGEST_CALL: usize = 500_000;

/// `action-get`: the parameters of the action that runs, defaults included.
#[track_caller]
pub fn action_get(juju: &dyn Transport) -> Result<Map<String, Value>, Error> {
    let parameters: Option<Map<String, Value>> = read(juju, &HookCommand::new("action-get").json())?;
    Ok(parameters.unwrap_or_default())
}

/// `action-set`: results, as `key=value`. Juju sends them when the action ends, failed or not.
#[track_caller]
pub fn action_set(juju: &dyn Transport, results: &BTreeMap<String, String>) -> Result<(), Error> {
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

/// Whether Juju takes this as an action's result; the reason if not.
///
/// Keys are lowercase words joined by hyphens and dots; four are Juju's own (Juju 3.6).
#[track_caller]
pub(crate) fn check_result(key: &str, value: &str) -> Result<(), Error> {
    let what = || format!("action result `{key}`");
    let part_is_sound = |part: &str| {
        let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let bytes = part.as_bytes();
        bytes.first().is_some_and(|byte| sound(*byte))
            && bytes.last().is_some_and(|byte| sound(*byte))
            && bytes.iter().all(|byte| sound(*byte) || *byte == b'-')
    };
    if !key.split('.').all(part_is_sound) {
        let rule =
            "a key is lowercase letters, digits and hyphens, parts joined by dots, no hyphen at an end";
        return Err(Error::invalid(what(), rule));
    }
    if ["stdout", "stdout-encoding", "stderr", "stderr-encoding"].contains(&key) {
        return Err(Error::invalid(what(), "Juju keeps this key for what the action prints"));
    }
    if value.len() > LONGEST_RESULT {
        let problem =
            format!("its value has {} bytes; {LONGEST_RESULT} is the most that is passed on", value.len());
        return Err(Error::invalid(what(), problem));
    }
    if value.contains('\0') {
        return Err(Error::invalid(what(), "its value holds NUL, which no argument can"));
    }
    Ok(())
}

/// `action-fail`: the action ends as failed, with this message. The process goes on.
#[track_caller]
pub fn action_fail(juju: &dyn Transport, message: &str) -> Result<(), Error> {
    run(juju, &HookCommand::new("action-fail").arg("--").arg(argument(message, 8000))).map(drop)
}

/// `action-log`: a line for whoever watches the action. Immediate.
#[track_caller]
pub fn action_log(juju: &dyn Transport, message: &str) -> Result<(), Error> {
    run(juju, &HookCommand::new("action-log").arg("--").arg(argument(message, 100_000))).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_keys_follow_jujus_rule() {
        for good in ["a", "greeting", "a-b.c1", "0"] {
            assert!(check_result(good, "v").is_ok(), "{good}");
        }
        for bad in ["", "A", "a_b", "-a", "a-", "a..b", ".a", "stdout"] {
            assert!(check_result(bad, "v").is_err(), "{bad}");
        }
        assert!(check_result("a", &"v".repeat(LONGEST_RESULT + 1)).is_err());
    }
}

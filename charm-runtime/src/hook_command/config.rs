//! `config-get`.

use serde_json::{Map, Value};

use super::{read, HookCommand, Transport};
use crate::error::Error;

/// `config-get --format=json`: every option that is set or has a default.
///
/// Juju (3.6 and 4) fetches the options once per hook; they may be newer than the event. Numbers come as JSON numbers
/// that Juju keeps as floating-point ones: one beyond ±2^53 is rounded. An option that was set to the empty text is
/// there, and empty.
///
/// ```
/// use charm_runtime::hook_command::{config_get, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"port":8000}"#);
/// let options = config_get(&juju)?;
/// assert_eq!(options["port"], 8000);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn config_get(juju: &dyn Transport) -> Result<Map<String, Value>, Error> {
    // Juju prints `null` where a charm has no options at all.
    let options: Option<Map<String, Value>> = read(juju, &HookCommand::new("config-get").json())?;
    Ok(options.unwrap_or_default())
}

/// `config-get --all --format=json`: every option of the charm; null where it is not set and has no default. Otherwise as
/// [`config_get`].
///
/// ```
/// use charm_runtime::hook_command::{config_get_all, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"hostname":null,"port":8000}"#);
/// let options = config_get_all(&juju)?;
/// assert!(options["hostname"].is_null());
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn config_get_all(juju: &dyn Transport) -> Result<Map<String, Value>, Error> {
    let command = HookCommand::new("config-get").arg("--all").json();
    let options: Option<Map<String, Value>> = read(juju, &command)?;
    Ok(options.unwrap_or_default())
}

/// `config-get --format=json -- KEY`: one option. `None` where it is not set and has no default, and where the charm has
/// no such option: Juju tells the two no apart.
///
/// An empty key is refused here, since Juju answers it with all options.
///
/// ```
/// use charm_runtime::hook_command::{config_get_key, Scripted};
///
/// let juju = Scripted::new().answer("null");
/// assert_eq!(config_get_key(&juju, "external-hostname")?, None);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn config_get_key(juju: &dyn Transport, key: &str) -> Result<Option<Value>, Error> {
    if key.is_empty() {
        return Err(Error::invalid("config-get", "the key is empty; `config_get` gives all options"));
    }
    read(juju, &HookCommand::new("config-get").json().arg("--").arg(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;
    use serde_json::json;

    fn answering<T>(stdout: &str, ask: impl Fn(&Scripted) -> Result<T, Error>) -> Result<T, String> {
        ask(&Scripted::new().answer(stdout)).map_err(|error| format!("{:#}", anyhow::Error::from(error)))
    }

    #[test]
    fn each_form_has_its_argv() {
        let juju = Scripted::new().answer("{}").answer("{}").answer("8000");
        config_get(&juju).unwrap();
        config_get_all(&juju).unwrap();
        config_get_key(&juju, "-port").unwrap();
        let command = || HookCommand::new("config-get");
        assert_eq!(
            juju.calls(),
            [
                command().args(["--format=json"]),
                command().args(["--all", "--format=json"]),
                command().args(["--format=json", "--", "-port"]),
            ]
        );
    }

    #[test]
    fn nothing_is_an_answer_too() {
        assert_eq!(answering("null\n", |juju| config_get(juju)), Ok(Map::new()));
        assert_eq!(answering("null\n", |juju| config_get_all(juju)), Ok(Map::new()));
        assert_eq!(answering("null\n", |juju| config_get_key(juju, "port")), Ok(None));
        assert_eq!(answering("\"\"\n", |juju| config_get_key(juju, "port")), Ok(Some(json!(""))));
    }

    #[test]
    fn numbers_come_as_juju_writes_them() {
        let options =
            answering(r#"{"a":1000000,"b":1e+21,"c":0.5,"d":9007199254740993}"#, |juju| config_get(juju));
        let expected = json!({"a": 1_000_000, "b": 1e21, "c": 0.5, "d": 9_007_199_254_740_993_u64});
        assert_eq!(options.map(Value::Object), Ok(expected));
    }

    #[test]
    fn an_empty_key_is_refused_before_juju_is_asked() {
        let juju = Scripted::new();
        let error = config_get_key(&juju, "").unwrap_err();
        assert_eq!(error.to_string(), "config-get: the key is empty; `config_get` gives all options");
        assert!(error.is_invalid() && juju.calls().is_empty());
    }

    #[test]
    fn a_refusal_is_told() {
        let juju = Scripted::new().refuse(2, "cannot use argument --all together with key \"port\"");
        let error = config_get_all(&juju).unwrap_err().to_string();
        assert!(error.contains("cannot use argument --all together with key"), "{error}");
    }

    #[test]
    fn nonsense_is_an_error_that_quotes_no_option() {
        for nonsense in ["", "[\"hunter2\"]", "hunter2", "{\"a\": hunter2"] {
            let error = answering(nonsense, |juju| config_get(juju)).unwrap_err();
            assert!(error.contains("not what Juju documents") && !error.contains("hunter2"), "{error}");
        }
    }
}

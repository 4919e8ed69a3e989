//! The environment of one dispatch, as Juju sets it.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use crate::error::Error;

/// The variables of one dispatch.
///
/// A value, not the process's environment: it is handed in, so that many charms run side by side in one
/// test process. Nothing is checked before it is asked for, and every complaint names its variable.
/// An empty variable counts as unset, because Juju exports `JUJU_REMOTE_UNIT` and others empty.
#[derive(Clone, Default)]
pub struct Environment {
    /// A few dozen, looked up a few times: a search through them costs less than a map does to build.
    variables: Vec<(OsString, OsString)>,
}

impl Environment {
    /// The environment of this process.
    pub fn of_process() -> Self {
        std::env::vars_os().collect()
    }

    /// The value of an optional variable: `None` where it is unset or empty.
    ///
    /// Fails where the value is not UTF-8.
    #[track_caller]
    pub fn get(&self, name: &str) -> Result<Option<&str>, Error> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => match value.to_str() {
                Some("") => Ok(None),
                Some(value) => Ok(Some(value)),
                None => Err(Error::environment(name, "its value is not UTF-8")),
            },
        }
    }

    fn value(&self, name: &str) -> Option<&OsStr> {
        self.variables.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_os_str())
    }

    /// The value of a variable that this event needs.
    #[track_caller]
    pub fn require(&self, name: &str) -> Result<&str, Error> {
        match self.get(name)? {
            Some(value) => Ok(value),
            None => Err(Error::environment(name, "it is not set, or empty")),
        }
    }

    /// Whether the variable is there at all, empty or not.
    pub fn is_set(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// What Juju wants this dispatch to do, from `JUJU_DISPATCH_PATH`.
    ///
    /// `JUJU_HOOK_NAME` is not read: Juju leaves it empty for actions.
    #[track_caller]
    pub fn dispatch_path(&self) -> Result<DispatchPath<'_>, Error> {
        const NAME: &str = "JUJU_DISPATCH_PATH";
        let Some(path) = self.get(NAME)? else {
            return Err(Error::environment(
                NAME,
                "it is not set: Juju names the event there (as hooks/install or actions/backup); \
                 to look at this unit's state by hand, run `./dispatch queue`, `state` or `handlers`",
            ));
        };
        let (directory, name) = path.rsplit_once('/').unwrap_or(("hooks", path));
        if name.is_empty() {
            return Err(Error::environment(NAME, format!("`{path}` names no event")));
        }
        let is_action = directory.rsplit('/').next() == Some("actions");
        Ok(DispatchPath { name, is_action })
    }

    /// The charm directory: `JUJU_CHARM_DIR`, else the working directory, which is where Juju starts a charm.
    #[track_caller]
    pub fn charm_dir(&self) -> Result<PathBuf, Error> {
        const NAME: &str = "JUJU_CHARM_DIR";
        // A path need not be UTF-8.
        match self.value(NAME).filter(|value| !value.is_empty()) {
            Some(path) => Ok(PathBuf::from(path)),
            None => match std::env::current_dir() {
                Ok(directory) => Ok(directory),
                Err(error) => Err(Error::environment(
                    NAME,
                    format!("it is not set, and the working directory is gone: {error}"),
                )),
            },
        }
    }

    /// Whether the unit is surely on Kubernetes: Juju names a machine, and says so in an empty variable where there is
    /// none.
    pub(crate) fn is_on_kubernetes(&self) -> bool {
        self.value("JUJU_MACHINE_ID").is_some_and(OsStr::is_empty)
    }

    /// This unit's name, such as `hello/0`.
    #[track_caller]
    pub fn unit_name(&self) -> Result<&str, Error> {
        const NAME: &str = "JUJU_UNIT_NAME";
        let unit = self.require(NAME)?;
        match application_of(unit) {
            Some(_) => Ok(unit),
            None => Err(Error::environment(NAME, format!("`{unit}` is no unit's name, such as `hello/0`"))),
        }
    }
}

impl<K: Into<OsString>, V: Into<OsString>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        Self { variables: variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }
}

/// Only the names: values may be anything that a model's owner put there.
impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.variables.iter().map(|(name, _)| name)).finish()
    }
}

/// The event that `JUJU_DISPATCH_PATH` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DispatchPath<'e> {
    /// The hook's or the action's name, such as `db-relation-changed`.
    pub name: &'e str,
    /// Whether it is an action (`actions/…`): an action and a hook may share a name.
    pub is_action: bool,
}

/// The application of a unit's name: `hello` of `hello/0`.
pub(crate) fn application_of(unit: &str) -> Option<&str> {
    let (application, number) = unit.split_once('/')?;
    let number_is_sound = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (!application.is_empty() && number_is_sound).then_some(application)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStringExt as _;

    fn path(value: &str) -> Environment {
        [("JUJU_DISPATCH_PATH", value)].into_iter().collect()
    }

    #[test]
    fn the_dispatch_path_names_hook_or_action() {
        let cases = [
            ("hooks/config-changed", "config-changed", false),
            ("actions/backup", "backup", true),
            ("/var/lib/juju/agents/unit-a-0/charm/actions/backup", "backup", true),
            ("install", "install", false),
        ];
        for (value, name, is_action) in cases {
            assert_eq!(path(value).dispatch_path().unwrap(), DispatchPath { name, is_action }, "{value}");
        }
        assert!(path("hooks/").dispatch_path().unwrap_err().to_string().contains("JUJU_DISPATCH_PATH"));
        assert!(path("").dispatch_path().unwrap_err().to_string().contains("not set"));
    }

    #[test]
    fn a_value_that_is_not_utf8_is_named() {
        let bad = OsString::from_vec(vec![b'a', 0xff]);
        let environment: Environment = [("JUJU_UNIT_NAME", bad)].into_iter().collect();
        let error = environment.unit_name().unwrap_err().to_string();
        assert!(error.contains("JUJU_UNIT_NAME") && error.contains("UTF-8"), "{error}");
    }

    #[test]
    fn empty_is_unset_but_present() {
        let environment: Environment = [("JUJU_REMOTE_UNIT", "")].into_iter().collect();
        assert_eq!(environment.get("JUJU_REMOTE_UNIT").unwrap(), None);
        assert!(environment.is_set("JUJU_REMOTE_UNIT"));
        assert!(!environment.is_set("JUJU_REMOTE_APP"));
    }

    #[test]
    fn unit_names_are_checked() {
        for bad in ["hello", "hello/", "/0", "hello/x"] {
            let environment: Environment = [("JUJU_UNIT_NAME", bad)].into_iter().collect();
            assert!(environment.unit_name().is_err(), "{bad}");
        }
    }

    #[test]
    fn debug_shows_no_values() {
        let environment: Environment = [("PASSWORD", "hunter2")].into_iter().collect();
        assert!(!format!("{environment:?}").contains("hunter2"));
    }
}

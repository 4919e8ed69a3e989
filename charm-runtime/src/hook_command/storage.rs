//! `storage-list`, `storage-get` and `storage-add`.

use std::path::PathBuf;

use serde::Deserialize;

use super::{read, run, HookCommand, Transport};
use crate::error::Error;
use crate::storage::StorageKind;

/// What `storage-get` says of a storage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StorageInfo {
    /// How it is given; `None` while Juju doesn't say.
    pub kind: Option<StorageKind>,
    /// Where it is mounted, or its device; `None` while it is not provisioned.
    pub location: Option<PathBuf>,
}

/// `storage-list [NAME]`: the ids of the unit's storages, or of those of one name, such as `data/0`; by name, then
/// number. Juju lists them in any order.
///
/// A name that charmcraft.yaml doesn't declare has none.
///
/// ```
/// use charm_runtime::hook_command::{storage_list, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"["data/10","data/9"]"#);
/// assert_eq!(storage_list(&juju, Some("data"))?, ["data/9", "data/10"]);
/// assert_eq!(juju.calls(), [HookCommand::new("storage-list").args(["--format=json", "data"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn storage_list(juju: &dyn Transport, name: Option<&str>) -> Result<Vec<String>, Error> {
    let command = HookCommand::new("storage-list").json();
    let command = match name {
        Some(name) => command.arg(name),
        None => command,
    };
    let printed: Option<Vec<String>> = read(juju, &command)?;
    let order = |id: &str| {
        let (name, number) = id.rsplit_once('/').unwrap_or((id, ""));
        (name.to_owned(), number.parse::<u64>().unwrap_or(u64::MAX))
    };
    let mut ids: Vec<String> = Vec::new();
    for id in printed.unwrap_or_default() {
        // Each at its place: they are few, and `sort` is 5 KB of code for every type.
        let at = ids.partition_point(|before| order(before) <= order(&id));
        ids.insert(at, id);
    }
    Ok(ids)
}

/// `storage-get -s ID`: how a storage is given, and where.
///
/// Fails with [`Error::is_not_found`] for a storage that the unit doesn't have, or not any more, and for one that is not
/// provisioned yet (Juju 3.6 and 4).
///
/// ```
/// use charm_runtime::hook_command::{storage_get, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"kind":"filesystem","location":"/srv/data"}"#);
/// assert_eq!(storage_get(&juju, "data/0")?.location, Some("/srv/data".into()));
/// assert_eq!(juju.calls(), [HookCommand::new("storage-get").args(["--format=json", "-s", "data/0"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn storage_get(juju: &dyn Transport, id: &str) -> Result<StorageInfo, Error> {
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Shown {
        kind: Option<String>,
        location: Option<PathBuf>,
    }
    let command = HookCommand::new("storage-get").json().arg("-s").arg(id);
    let shown: Option<Shown> = read(juju, &command)?;
    let Shown { kind, location } = shown.unwrap_or_default();
    Ok(StorageInfo {
        kind: kind.as_deref().and_then(StorageKind::parse),
        location: location.filter(|path| !path.as_os_str().is_empty()),
    })
}

/// `storage-add NAME=COUNT`: asks for more storages of a name that may have several (`multiple` in charmcraft.yaml).
///
/// Buffered until the process has exited 0. Each comes later, with a storage-attached of its own. Fails, before Juju is
/// asked, where the count is 0 ([`Error::is_invalid`]). That a name is unknown, or has as many as it may, fails the hook
/// when it has ended. Several calls for one name add up.
///
/// ```
/// use charm_runtime::hook_command::{storage_add, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// storage_add(&juju, "data", 2)?;
/// assert_eq!(juju.calls(), [HookCommand::new("storage-add").arg("data=2")]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn storage_add(juju: &dyn Transport, name: &str, count: u32) -> Result<(), Error> {
    if count == 0 {
        return Err(Error::invalid(
            format!("storage `{name}`"),
            "0 more were asked for; Juju takes 1 or more",
        ));
    }
    run(juju, &HookCommand::new("storage-add").arg(format!("{name}={count}"))).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::Scripted;

    #[test]
    fn lists_are_sorted_and_may_be_null() {
        let juju = Scripted::new().answer("null").answer(r#"["logs/1","data/10","data/9","odd"]"#);
        assert_eq!(storage_list(&juju, None).unwrap(), [""; 0]);
        assert_eq!(storage_list(&juju, None).unwrap(), ["data/9", "data/10", "logs/1", "odd"]);
        assert_eq!(juju.calls()[0], HookCommand::new("storage-list").arg("--format=json"));
    }

    #[test]
    fn what_is_not_provisioned_has_no_location() {
        for answer in ["null", "{}", r#"{"kind":"unknown","location":"","new":1}"#, r#"{"location":null}"#] {
            let juju = Scripted::new().answer(answer);
            assert_eq!(storage_get(&juju, "data/0").unwrap(), StorageInfo::default(), "{answer}");
        }
        let juju = Scripted::new().answer(r#"{"kind":"block","location":"/dev/sdb"}"#);
        assert_eq!(storage_get(&juju, "data/0").unwrap().kind, Some(StorageKind::Block));
    }

    #[test]
    fn refusals_are_typed() {
        let juju = Scripted::new()
            .refuse(2, "invalid value \"data/9\" for option -s: storage not found")
            .refuse(1, "storage \"data/0\" not provisioned")
            .refuse(2, "invalid value \"data\" for option -s: invalid storage ID \"data\"");
        assert!(storage_get(&juju, "data/9").unwrap_err().is_not_found());
        assert!(storage_get(&juju, "data/0").unwrap_err().is_not_found());
        assert!(!storage_get(&juju, "data").unwrap_err().is_not_found());
        let juju = Scripted::new();
        assert!(storage_add(&juju, "data", 0).unwrap_err().to_string().contains("1 or more"));
        assert_eq!(juju.calls(), []);
    }
}

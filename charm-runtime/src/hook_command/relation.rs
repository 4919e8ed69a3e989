//! `relation-ids`, `relation-list`, `relation-get`, `relation-set` and `relation-model-get`.
//!
//! To Juju a relation's id is its number: which endpoint the id names is never looked at.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{read, run, stdin, HookCommand, Transport};
use crate::error::Error;
use crate::relation::RelationId;

fn on(name: &'static str, relation: &RelationId) -> HookCommand {
    HookCommand::new(name).arg("-r").arg(relation.to_string())
}

/// `relation-ids ENDPOINT`: the endpoint's relations, as Juju sorts them (`db:10` before `db:9`).
///
/// An endpoint without relations has none, and so has one that charmcraft.yaml doesn't declare. Relations are among them
/// whose relation-created is yet to come. While relation-broken is handled, Juju 3 leaves that relation out. What the hook
/// begins with holds until its end.
///
/// ```
/// use charm_runtime::hook_command::{relation_ids, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"["db:10","db:9"]"#);
/// assert_eq!(relation_ids(&juju, "db")?[1].number(), 9);
/// assert_eq!(juju.calls(), [HookCommand::new("relation-ids").args(["--format=json", "db"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn relation_ids(juju: &dyn Transport, endpoint: &str) -> Result<Vec<RelationId>, Error> {
    let command = HookCommand::new("relation-ids").json().arg(endpoint);
    let ids: Option<Vec<String>> = read(juju, &command)?;
    let mut relations = Vec::new();
    for id in ids.unwrap_or_default() {
        match RelationId::parse(&id) {
            Some(relation) => relations.push(relation),
            None => {
                let problem = format!("`{id}` is no relation id, such as `db:7`");
                return Err(Error::hook_command(&command, problem));
            }
        }
    }
    Ok(relations)
}

/// `relation-list -r RELATION`: the remote units whose relation-joined has been started, not all that exist, sorted as
/// strings. In a peer relation this unit is not among them; one that departs is none of them any more.
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more (Juju 3.6 and 4).
///
/// ```
/// use charm_runtime::hook_command::{relation_list, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"["pg/0","pg/1"]"#);
/// assert_eq!(relation_list(&juju, &"db:7".parse()?)?, ["pg/0", "pg/1"]);
/// assert_eq!(juju.calls(), [HookCommand::new("relation-list").args(["-r", "db:7", "--format=json"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn relation_list(juju: &dyn Transport, relation: &RelationId) -> Result<Vec<String>, Error> {
    let units: Option<Vec<String>> = read(juju, &on("relation-list", relation).json())?;
    Ok(units.unwrap_or_default())
}

/// `relation-list -r RELATION --app`: the remote application, which is known without any of its units; `None` where Juju
/// doesn't know it, as before its first unit in some versions. In a peer relation it is the own one.
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more (Juju 3.6 and 4).
///
/// ```
/// use charm_runtime::hook_command::{relation_remote_app, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer("\"pg\"");
/// assert_eq!(relation_remote_app(&juju, &"db:7".parse()?)?.as_deref(), Some("pg"));
/// assert_eq!(juju.calls(), [HookCommand::new("relation-list").args(["-r", "db:7", "--app", "--format=json"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn relation_remote_app(juju: &dyn Transport, relation: &RelationId) -> Result<Option<String>, Error> {
    let app: Option<String> = read(juju, &on("relation-list", relation).arg("--app").json())?;
    Ok(app.filter(|app| !app.is_empty()))
}

/// `relation-get -r RELATION - UNIT`: a unit's databag. Juju's own keys are in it: `private-address`, `ingress-address`,
/// `egress-subnets`.
///
/// The own unit's shows what this hook has set. Another's may be older than what the controller has: Juju (3.6 and 4) reads
/// it anew when a hook comes for that unit. That of a unit that has departed can be read as long as the relation lives.
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more, for which Juju 3.6 says `permission
/// denied`; with [`Error::is_not_found`] for a unit that never joined.
///
/// ```
/// use charm_runtime::hook_command::{relation_get, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"ingress-address":"10.1.2.3"}"#);
/// assert_eq!(relation_get(&juju, &"db:7".parse()?, "pg/0")?["ingress-address"], "10.1.2.3");
/// let expected = HookCommand::new("relation-get").args(["-r", "db:7", "--format=json", "-", "pg/0"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn relation_get(
    juju: &dyn Transport,
    relation: &RelationId,
    unit: &str,
) -> Result<BTreeMap<String, String>, Error> {
    bag(juju, &on("relation-get", relation).json().arg("-").arg(unit))
}

/// `relation-get -r RELATION --app - APP`: an application's databag. The own one of a relation that is no peer relation
/// is readable for the leader only.
///
/// Juju reads it once per hook; to the leader the own one shows what this hook has set.
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more, and with
/// [`Error::is_permission_denied`] for a unit that doesn't lead; Juju 3.6 says `permission denied` to both, and then it is the
/// latter.
///
/// ```
/// use charm_runtime::hook_command::{relation_get_app, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"version":"16"}"#);
/// assert_eq!(relation_get_app(&juju, &"db:7".parse()?, "pg")?["version"], "16");
/// let expected = HookCommand::new("relation-get").args(["-r", "db:7", "--format=json", "--app", "-", "pg"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn relation_get_app(
    juju: &dyn Transport,
    relation: &RelationId,
    app: &str,
) -> Result<BTreeMap<String, String>, Error> {
    bag(juju, &on("relation-get", relation).json().arg("--app").arg("-").arg(app))
}

#[track_caller]
fn bag(juju: &dyn Transport, command: &HookCommand) -> Result<BTreeMap<String, String>, Error> {
    let bag: Option<BTreeMap<String, String>> = read(juju, command)?;
    Ok(bag.unwrap_or_default())
}

/// `relation-set -r RELATION [--app] --file -`: sets keys of the own unit's databag, or with `app` of the own
/// application's; an empty value deletes its key. Buffered until the process has exited 0.
///
/// Keys and values travel on standard input and read back as they are, whatever characters they hold. Juju 4 keeps 16 MiB
/// of a databag. Whether the relation is still alive is not looked at.
///
/// Fails, before Juju is asked, where a key is empty ([`Error::is_invalid`]); with [`Error::is_not_leader`] for an
/// application's databag and a unit that doesn't lead (Juju 3.6 and 4); with [`Error::is_relation_gone`] where there is no
/// such relation any more. A unit that loses leadership afterwards fails when Juju commits.
///
/// ```
/// use charm_runtime::hook_command::{relation_set, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// relation_set(&juju, &"db:7".parse()?, false, &[("port".into(), "80".into())].into())?;
/// let expected = HookCommand::new("relation-set").args(["-r", "db:7", "--file", "-"]).stdin(r#"{"port":"80"}"#);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn relation_set(
    juju: &dyn Transport,
    relation: &RelationId,
    app: bool,
    values: &BTreeMap<String, String>,
) -> Result<(), Error> {
    let mut command = on("relation-set", relation);
    if app {
        command = command.arg("--app");
    }
    let stdin = stdin::map(&databag_of(relation), values)?;
    run(juju, &command.arg("--file").arg("-").stdin(stdin)).map(drop)
}

/// `relation-model-get -r RELATION`: the id of the model that the remote application is in (Juju 3.6.2 and later).
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more, and with [`Error::is_not_supported`]
/// with an older Juju.
///
/// ```
/// use charm_runtime::hook_command::{relation_model_get, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer(r#"{"uuid":"0b2f1c9e-4d11-4f8e-8a3c-6b1d2f3a4c5d"}"#);
/// let model = relation_model_get(&juju, &"db:7".parse()?)?;
/// assert!(model.is_some_and(|uuid| uuid.starts_with("0b2f1c9e")));
/// assert_eq!(juju.calls(), [HookCommand::new("relation-model-get").args(["-r", "db:7", "--format=json"])]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn relation_model_get(juju: &dyn Transport, relation: &RelationId) -> Result<Option<String>, Error> {
    #[derive(Deserialize)]
    struct Model {
        #[serde(default)]
        uuid: Option<String>,
    }
    let model: Option<Model> = read(juju, &on("relation-model-get", relation).json())?;
    Ok(model.and_then(|model| model.uuid).filter(|uuid| !uuid.is_empty()))
}

fn databag_of(relation: &RelationId) -> String {
    format!("databag of {relation}")
}

/// Whether a databag takes this key, so that a wrong one is an error where it is written.
#[track_caller]
pub(crate) fn check_bag_key(relation: &RelationId, key: &str) -> Result<(), Error> {
    stdin::check_key(&databag_of(relation), key)
}

#[cfg(test)]
mod tests {
    use super::super::fake::Fake;
    use super::*;

    fn db(number: u64) -> RelationId {
        RelationId::parse(&format!("db:{number}")).unwrap()
    }

    const BOTH_GONE: [&str; 5] = [
        // Juju 3.6 and 4, to a flag.
        r#"invalid value "db:7" for option -r: relation not found"#,
        // Juju 3.6, in its old and its new words, to who reads.
        "permission denied",
        "permission denied (unauthorized access)",
        // Juju 4, to who reads.
        "relation not found",
        "relation 7 not found",
    ];

    #[test]
    fn relation_ids_asks_for_an_endpoint() {
        let juju = Fake::default().says("relation-ids --format=json db", r#"["db:10","db:9"]"#);
        assert_eq!(relation_ids(&juju, "db").unwrap(), [db(10), db(9)]);
        assert_eq!(juju.calls(), ["relation-ids --format=json db"]);
        let juju = Fake::default().says("relation-ids --format=json db", "null");
        assert_eq!(relation_ids(&juju, "db").unwrap(), []);
        let juju = Fake::default().says("relation-ids --format=json db", r#"["db"]"#);
        let error = relation_ids(&juju, "db").unwrap_err().to_string();
        assert!(error.contains("`db` is no relation id"), "{error}");
        let juju = Fake::default().refuses("relation-ids --format=json db", "no endpoint name specified");
        assert!(!relation_ids(&juju, "db").unwrap_err().is_relation_gone());
    }

    #[test]
    fn relation_list_asks_for_units() {
        let command = "relation-list -r db:7 --format=json";
        let juju = Fake::default().says(command, r#"["pg/0","pg/1"]"#);
        assert_eq!(relation_list(&juju, &db(7)).unwrap(), ["pg/0", "pg/1"]);
        assert_eq!(juju.calls(), [command]);
        let juju = Fake::default().refuses(command, BOTH_GONE[0]);
        assert!(relation_list(&juju, &db(7)).unwrap_err().is_relation_gone());
    }

    #[test]
    fn relation_list_asks_for_the_application() {
        let command = "relation-list -r db:7 --app --format=json";
        for (said, app) in [(r#""pg""#, Some("pg")), (r#""""#, None), ("null", None)] {
            let juju = Fake::default().says(command, said);
            assert_eq!(relation_remote_app(&juju, &db(7)).unwrap().as_deref(), app);
            assert_eq!(juju.calls(), [command]);
        }
        let juju = Fake::default().refuses(command, BOTH_GONE[0]);
        assert!(relation_remote_app(&juju, &db(7)).unwrap_err().is_relation_gone());
    }

    #[test]
    fn relation_get_reads_a_units_databag() {
        let command = "relation-get -r db:7 --format=json - pg/0";
        let juju = Fake::default().says(command, r#"{"a":"\u003c1"}"#);
        assert_eq!(relation_get(&juju, &db(7), "pg/0").unwrap()["a"], "<1");
        assert_eq!(juju.calls(), [command]);
        for words in BOTH_GONE {
            let juju = Fake::default().refuses(command, words);
            assert!(relation_get(&juju, &db(7), "pg/0").unwrap_err().is_relation_gone(), "{words}");
        }
        let juju = Fake::default().refuses(command, "settings not found");
        assert!(relation_get(&juju, &db(7), "pg/0").unwrap_err().is_not_found());
        let juju = Fake::default().says(command, r#"{"a":["hunter2"]}"#);
        let error = relation_get(&juju, &db(7), "pg/0").unwrap_err().to_string();
        assert!(error.contains("not what Juju documents") && !error.contains("hunter2"), "{error}");
    }

    #[test]
    fn relation_get_reads_an_applications_databag() {
        let command = "relation-get -r db:7 --format=json --app - pg";
        let juju = Fake::default().says(command, r#"{"a":"1"}"#);
        assert_eq!(relation_get_app(&juju, &db(7), "pg").unwrap()["a"], "1");
        assert_eq!(juju.calls(), [command]);
        // Whether this unit doesn't lead, or the relation is gone, only the owner tells.
        for words in &BOTH_GONE[1..3] {
            let juju = Fake::default().refuses(command, words);
            assert!(relation_get_app(&juju, &db(7), "pg").unwrap_err().is_permission_denied(), "{words}");
        }
        for words in [BOTH_GONE[0], BOTH_GONE[3], BOTH_GONE[4]] {
            let juju = Fake::default().refuses(command, words);
            assert!(relation_get_app(&juju, &db(7), "pg").unwrap_err().is_relation_gone(), "{words}");
        }
    }

    #[test]
    fn relation_set_writes_on_standard_input() {
        let values = [("a".to_owned(), " 1=\u{85}\n".to_owned()), ("b".to_owned(), String::new())].into();
        let juju = Fake::default();
        relation_set(&juju, &db(7), false, &values).unwrap();
        relation_set(&juju, &db(7), true, &values).unwrap();
        let input = r#"{"a":" 1=\u0085\n","b":""}"#;
        let expected = [
            format!("relation-set -r db:7 --file - < {input}"),
            format!("relation-set -r db:7 --app --file - < {input}"),
        ];
        assert_eq!(juju.calls(), expected);
        let command = "relation-set -r db:7 --app --file -";
        let juju = Fake::default().refuses(command, "cannot write relation settings");
        assert!(relation_set(&juju, &db(7), true, &values).unwrap_err().is_not_leader());
        let juju = Fake::default().refuses(command, BOTH_GONE[0]);
        assert!(relation_set(&juju, &db(7), true, &values).unwrap_err().is_relation_gone());
        let juju = Fake::default();
        let unusable = [(String::new(), "1".to_owned())].into();
        let error = relation_set(&juju, &db(7), true, &unusable).unwrap_err().to_string();
        assert!(error.contains("databag of db:7") && juju.calls().is_empty(), "{error}");
    }

    #[test]
    fn relation_model_get_names_a_model() {
        let command = "relation-model-get -r db:7 --format=json";
        let juju = Fake::default().says(command, r#"{"uuid":"0b2f"}"#);
        assert_eq!(relation_model_get(&juju, &db(7)).unwrap().as_deref(), Some("0b2f"));
        assert_eq!(juju.calls(), [command]);
        let juju = Fake::default().says(command, "null");
        assert_eq!(relation_model_get(&juju, &db(7)).unwrap(), None);
        for words in [BOTH_GONE[0], BOTH_GONE[3], BOTH_GONE[4]] {
            let juju = Fake::default().refuses(command, words);
            assert!(relation_model_get(&juju, &db(7)).unwrap_err().is_relation_gone(), "{words}");
        }
        for words in
            ["bad request: unknown command: relation-model-get", "bad request: unknown hook command: x"]
        {
            let juju = Fake::default().refuses(command, words);
            assert!(relation_model_get(&juju, &db(7)).unwrap_err().is_not_supported(), "{words}");
        }
    }
}

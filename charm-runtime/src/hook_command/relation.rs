//! `relation-ids`, `relation-list`, `relation-get` and `relation-set`.

use std::collections::BTreeMap;

use super::{read, run, stdin, HookCommand, Transport};
use crate::error::Error;
use crate::relation::RelationId;

fn on(name: &'static str, relation: &RelationId) -> HookCommand {
    HookCommand::new(name).arg("-r").arg(relation.to_string())
}

/// `relation-ids`: the endpoint's relations. An unknown endpoint has none.
#[track_caller]
pub fn relation_ids(juju: &dyn Transport, endpoint: &str) -> Result<Vec<RelationId>, Error> {
    let command = HookCommand::new("relation-ids").json().arg(endpoint);
    let ids: Option<Vec<String>> = read(juju, &command)?;
    let mut parsed = Vec::new();
    for id in ids.unwrap_or_default() {
        let Some(id) = RelationId::parse(&id) else {
            return Err(Error::hook_command(&command, format!("`{id}` is no relation id, such as `db:7`")));
        };
        parsed.push(id);
    }
    Ok(parsed)
}

/// `relation-list`: the remote units whose relation-joined has been started, not all that exist.
#[track_caller]
pub fn relation_list(juju: &dyn Transport, relation: &RelationId) -> Result<Vec<String>, Error> {
    let units: Option<Vec<String>> = read(juju, &on("relation-list", relation).json())?;
    Ok(units.unwrap_or_default())
}

/// `relation-list --app`: the remote application; `None` where Juju doesn't know it.
#[track_caller]
pub fn relation_remote_app(juju: &dyn Transport, relation: &RelationId) -> Result<Option<String>, Error> {
    let app: Option<String> = read(juju, &on("relation-list", relation).arg("--app").json())?;
    Ok(app.filter(|app| !app.is_empty()))
}

/// `relation-get - UNIT`: a unit's databag.
#[track_caller]
pub fn relation_get(
    juju: &dyn Transport,
    relation: &RelationId,
    unit: &str,
) -> Result<BTreeMap<String, String>, Error> {
    bag(juju, &on("relation-get", relation).json().arg("-").arg(unit))
}

/// `relation-get --app - APP`: an application's databag. The own one of a relation that is no peer relation is
/// readable for the leader only.
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

/// `relation-set --file -`: sets keys of the own unit's databag, or with `app` of the own application's; an
/// empty value deletes its key. Buffered until the process has exited 0.
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

fn databag_of(relation: &RelationId) -> String {
    format!("databag of {relation}")
}

/// Whether a databag takes this key, so that a wrong one is an error where it is written.
#[track_caller]
pub(crate) fn check_bag_key(relation: &RelationId, key: &str) -> Result<(), Error> {
    stdin::check_key(&databag_of(relation), key)
}

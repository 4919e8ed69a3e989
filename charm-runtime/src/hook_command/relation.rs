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

/// `relation-ids`: the endpoint's relations, as Juju sorts them (`db:10` before `db:9`). An unknown endpoint has none.
/// While relation-broken is handled, Juju 3 leaves that relation out.
///
/// ```
/// use charm_runtime::{hook_command, Error, Juju};
///
/// fn count(juju: &Juju) -> Result<usize, Error> {
///     Ok(hook_command::relation_ids(juju, "db")?.len())
/// }
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

/// `relation-list`: the remote units whose relation-joined has been started, not all that exist, sorted as strings.
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more.
///
/// ```
/// use charm_runtime::{hook_command, Error, Juju, RelationId};
///
/// fn is_alone(juju: &Juju, relation: &RelationId) -> Result<bool, Error> {
///     Ok(hook_command::relation_list(juju, relation)?.is_empty())
/// }
/// ```
#[track_caller]
pub fn relation_list(juju: &dyn Transport, relation: &RelationId) -> Result<Vec<String>, Error> {
    let units: Option<Vec<String>> = read(juju, &on("relation-list", relation).json())?;
    Ok(units.unwrap_or_default())
}

/// `relation-list --app`: the remote application, which is known without any of its units; `None` where Juju doesn't know
/// it, as before its first unit in some versions. In a peer relation it is the own one.
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more.
///
/// ```
/// use charm_runtime::{hook_command, Error, Juju, RelationId};
///
/// fn related_to(juju: &Juju, relation: &RelationId) -> Result<String, Error> {
///     Ok(hook_command::relation_remote_app(juju, relation)?.unwrap_or_else(|| "somebody".to_owned()))
/// }
/// ```
#[track_caller]
pub fn relation_remote_app(juju: &dyn Transport, relation: &RelationId) -> Result<Option<String>, Error> {
    let app: Option<String> = read(juju, &on("relation-list", relation).arg("--app").json())?;
    Ok(app.filter(|app| !app.is_empty()))
}

/// `relation-get - UNIT`: a unit's databag. The own unit's shows what this dispatch has set.
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more: Juju 3.6 says `permission denied` then.
///
/// ```
/// use charm_runtime::{hook_command, Error, Juju, RelationId};
///
/// fn address(juju: &Juju, relation: &RelationId) -> Result<Option<String>, Error> {
///     Ok(hook_command::relation_get(juju, relation, "db/0")?.remove("ingress-address"))
/// }
/// ```
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
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more, and with
/// [`Error::is_permission_denied`] for a unit that doesn't lead; Juju 3.6 says `permission denied` to both.
///
/// ```
/// use charm_runtime::{hook_command, Error, Juju, RelationId};
///
/// fn version(juju: &Juju, relation: &RelationId) -> Result<Option<String>, Error> {
///     Ok(hook_command::relation_get_app(juju, relation, "db")?.remove("version"))
/// }
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

/// `relation-set --file -`: sets keys of the own unit's databag, or with `app` of the own application's; an
/// empty value deletes its key. Buffered until the process has exited 0.
///
/// Fails where a key is empty or has over 1000 bytes, which Juju's reader doesn't take; with [`Error::is_not_leader`] for
/// an application's databag and a unit that doesn't lead. A unit that loses leadership later fails when Juju commits.
///
/// ```
/// use charm_runtime::{hook_command, Error, Juju, RelationId};
///
/// fn publish(juju: &Juju, relation: &RelationId) -> Result<(), Error> {
///     let values = [("port".to_owned(), "80".to_owned())].into();
///     hook_command::relation_set(juju, relation, false, &values)
/// }
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

/// `relation-model-get`: the id of the model that the remote application is in (Juju 3.6.2 and later).
///
/// Fails with [`Error::is_relation_gone`] where there is no such relation any more.
///
/// ```
/// use charm_runtime::{hook_command, Error, Juju, RelationId};
///
/// fn is_in(juju: &Juju, relation: &RelationId, model: &str) -> Result<bool, Error> {
///     Ok(hook_command::relation_model_get(juju, relation)?.as_deref() == Some(model))
/// }
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

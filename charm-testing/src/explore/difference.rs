//! What a hook that was run once more has left behind.

use std::collections::BTreeMap;

use crate::local::LocalJuju;
use crate::model::SecretOwner;

/// The first things in which two models differ, in words; none if charms and operators can tell no difference.
pub(super) fn between(before: &LocalJuju, after: &LocalJuju) -> Option<String> {
    let (before, after) = (seen(before), seen(after));
    let mut differs: Vec<String> = Vec::new();
    for what in before.keys().chain(after.keys().filter(|what| !before.contains_key(*what))) {
        let said = match (before.get(what), after.get(what)) {
            (Some(was), Some(is)) if was == is => continue,
            (Some(Seen::Plain(was)), Some(Seen::Plain(is))) => format!("{what}: {was} → {is}"),
            (Some(_), Some(_)) => format!("{what} changes"),
            (None, _) => format!("{what} appears"),
            (_, None) => format!("{what} vanishes"),
        };
        differs.push(said);
    }
    let more = differs.len().saturating_sub(5);
    differs.truncate(5);
    if more > 0 {
        differs.push(format!("and {more} more"));
    }
    (!differs.is_empty()).then(|| differs.join("; "))
}

/// A value; one that may be secret is compared and not shown.
#[derive(PartialEq)]
enum Seen {
    Plain(String),
    Hidden(Vec<u8>),
}

/// All that outlasts a hook, by its name.
fn seen(juju: &LocalJuju) -> BTreeMap<String, Seen> {
    let mut seen = BTreeMap::new();
    let mut plain = |what: String, value: String| drop(seen.insert(what, Seen::Plain(value)));
    let model = juju.model();
    for application in model.applications() {
        let status = juju.app_status(&application.name);
        plain(format!("the status of {}", application.name), status.to_string());
        plain(format!("the workload's version of {}", application.name), application.version.clone());
    }
    for unit in juju.all_units() {
        let name = unit.name();
        plain(format!("the status of {name}"), unit.status().to_string());
        plain(format!("the ports of {name}"), format!("{:?}", unit.unit().open_ports()));
        plain(format!("the storages of {name}"), model.storages_of(name).count().to_string());
        let waiting =
            unit.deferred().into_iter().map(|waits| format!("{} for {}", waits.event, waits.handler));
        plain(format!("the deferred events of {name}"), waiting.collect::<Vec<_>>().join(", "));
    }
    for relation in model.relations() {
        for end in relation.ends() {
            for (key, value) in relation.application_data(&end.application).into_iter().flatten() {
                plain(
                    format!("{:?} of {} in relation {}", key, end.application, relation.id),
                    format!("{value:?}"),
                );
            }
        }
        for unit in model.units() {
            for (key, value) in relation.unit_data(&unit.name).into_iter().flatten() {
                plain(
                    format!("{:?} of {} in relation {}", key, unit.name, relation.id),
                    format!("{value:?}"),
                );
            }
        }
    }
    for secret in model.secrets() {
        let name = if secret.label.is_empty() { secret.id.as_str() } else { &secret.label };
        // Ids are drawn: another secret of the same label shows by the number of secrets.
        let owner = match &secret.owner {
            SecretOwner::Application(name) => name.clone(),
            SecretOwner::Unit(name) => name.to_string(),
            SecretOwner::Model => "the operator".to_owned(),
        };
        let what = format!("the secret {name:?} of {owner}");
        plain(what, format!("revision {}, {} grants", secret.latest, secret.grants.len()));
    }
    plain("the number of secrets".to_owned(), model.secrets().count().to_string());
    for (unit, name, value) in juju.stored_values() {
        seen.insert(format!("the stored field {name:?} of {unit}"), Seen::Hidden(value));
    }
    seen
}

//! What can't be: states and events that no Juju would bring about.

use std::fmt;

use charm_meta::{ConfigOption, ConfigValue, Metadata, OptionKind, Role, did_you_mean};

use super::bag::Bag;
use super::fault::{Faults, When};
use super::relation::RelationState;
use super::secret;
use super::unit::UnitState;
use crate::hook_command;
use crate::model::{SecretId, StatusKind, is_application_name};

/// A state, an event or faults that can't be, with everything that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inconsistent {
    problems: Vec<String>,
}

impl Inconsistent {
    pub(super) fn new(problems: Vec<String>) -> Self {
        Self { problems }
    }

    /// Everything that is wrong, a line each.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }
}

impl fmt::Display for Inconsistent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this can't be")?;
        match &*self.problems {
            [problem] => write!(f, ": {problem}"),
            problems => problems.iter().try_for_each(|problem| write!(f, "\n- {problem}")),
        }
    }
}

impl std::error::Error for Inconsistent {}

/// `; did you mean ..?`, or else what there is.
pub(super) fn one_of<'a>(wrong: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    if let Some(meant) = did_you_mean(wrong, known.clone()) {
        return format!("; did you mean `{meant}`?");
    }
    let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    if known.is_empty() { "; it has none".to_owned() } else { format!("; it has {}", known.join(", ")) }
}

/// Everything that is wrong with a state and with faults, whatever the event.
pub(super) fn check(unit: &UnitState, metadata: &Metadata, faults: &Faults, problems: &mut Vec<String>) {
    if !is_application_name(unit.name.application()) {
        problems.push(format!("{:?} is no application's name", unit.name.application()));
    }
    for (name, value) in &unit.config {
        match metadata.config.get(name) {
            Some(option) => problems.extend(wrong_option(name, option, value)),
            None => {
                let known = metadata.config.keys().map(String::as_str);
                problems.push(format!("the charm has no option `{name}`{}", one_of(name, known)));
            }
        }
    }
    check_relations(unit, metadata, problems);
    let statuses = [("unit", Some(&unit.unit_status)), ("application", unit.app_status.as_ref())];
    for (of, status) in statuses.into_iter().filter_map(|(of, status)| Some((of, status?))) {
        if matches!(status.kind, StatusKind::Error) {
            problems.push(format!(
                "the {of}'s status is `error`, which is Juju's word for a failed hook: a charm sets `blocked`"
            ));
        }
    }
    secret::check(unit, problems);
    check_surroundings(unit, metadata, problems);
    check_faults(unit, faults, problems);
}

fn check_faults(unit: &UnitState, faults: &Faults, problems: &mut Vec<String>) {
    let named = faults.refusals.iter().map(|refusal| &refusal.command);
    let before = faults.leadership.iter().filter_map(|when| match when {
        When::Command(command) => Some(command),
        When::Call(_) | When::Commit => None,
    });
    for command in named.chain(before) {
        if !hook_command::names(unit.juju).any(|known| known == command) {
            let meant = did_you_mean(command, hook_command::names(unit.juju));
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            problems.push(format!("there is no hook command `{command}`{meant}"));
        }
    }
    if faults.leadership.is_some() && !unit.leader {
        problems.push("leadership can't be lost by a unit that doesn't lead: add `.leader(true)`".to_owned());
    }
}

fn wrong_option(name: &str, option: &ConfigOption, value: &ConfigValue) -> Option<String> {
    let fits = match (option.kind, value) {
        (OptionKind::String, ConfigValue::String(_))
        | (OptionKind::Int, ConfigValue::Int(_))
        | (OptionKind::Boolean, ConfigValue::Boolean(_)) => true,
        (OptionKind::Float, ConfigValue::Float(value)) => value.is_finite(),
        (OptionKind::Secret, ConfigValue::String(uri)) => {
            uri.is_empty() || uri.starts_with("secret:") && SecretId::parse(uri).is_ok()
        }
        _ => false,
    };
    let declared = option.kind.name();
    let expected = match option.kind {
        OptionKind::Secret => "the URI of a secret, `secret:…`",
        OptionKind::Float => "a finite number, such as 1.0",
        _ => declared,
    };
    (!fits).then(|| {
        format!("the option `{name}` is of type {declared}, and {value:?} is not: give it {expected}")
    })
}

fn check_relations(unit: &UnitState, metadata: &Metadata, problems: &mut Vec<String>) {
    for (id, relation) in &unit.relations {
        let RelationState { endpoint: name, remote_app, .. } = relation;
        let key = format!("{name}:{id}");
        let Some(endpoint) = metadata.endpoints.get(name) else {
            let known = metadata.endpoints.keys().map(String::as_str);
            problems.push(format!("the charm has no endpoint `{name}`{}", one_of(name, known)));
            continue;
        };
        let own = unit.name.application();
        if endpoint.role == Role::Peers {
            if remote_app != own {
                problems.push(format!(
                    "the peer relation {key} is with `{remote_app}`, and its peers are units of `{own}`"
                ));
            }
            if relation.remote_units.contains_key(&unit.name.number()) {
                problems.push(format!(
                    "the peer relation {key} has {} itself among its remote units: it is not its own peer",
                    unit.name
                ));
            }
            if !relation.remote_app_data.is_empty() {
                problems.push(format!(
                    "the peer relation {key} has remote application data: that is `local_app` there"
                ));
            }
        } else if remote_app == own {
            problems.push(format!(
                "the relation {key} is with `{own}`, the unit's own application: name another"
            ));
        } else if !is_application_name(remote_app) {
            problems
                .push(format!("the relation {key} is with {remote_app:?}, which is no application's name"));
        }
        check_bags(&key, relation, problems);
    }
    for (name, endpoint) in &metadata.endpoints {
        let relations: Vec<_> = unit.relations_at(name).collect();
        let limit =
            if endpoint.role == Role::Peers { Some(1) } else { endpoint.limit.filter(|limit| *limit > 0) };
        if limit.is_some_and(|limit| relations.len() > limit as usize) {
            let (limit, count) = (limit.unwrap_or_default(), relations.len());
            problems.push(format!("the endpoint `{name}` has {count} relations, and takes {limit}"));
        }
        if endpoint.role == Role::Peers && relations.is_empty() {
            problems.push(format!(
                "the endpoint `{name}` has no peer relation, which every application has from the start"
            ));
        }
        for (index, (id, relation)) in relations.iter().enumerate() {
            let twin = relations[..index].iter().find(|(_, other)| other.remote_app == relation.remote_app);
            if let Some((other, _)) = twin {
                let remote = &relation.remote_app;
                problems.push(format!("the relations {name}:{other} and {name}:{id} are both with `{remote}`: Juju relates two endpoints once"));
            }
        }
    }
}

fn check_bags(key: &str, relation: &RelationState, problems: &mut Vec<String>) {
    let units =
        relation.remote_units.iter().map(|(number, bag)| (format!("{}/{number}", relation.remote_app), bag));
    let own = [("the local unit", &relation.local_unit), ("the local application", &relation.local_app)];
    let remote = ("the remote application", &relation.remote_app_data);
    let bags = own.into_iter().chain([remote]).map(|(whose, bag)| (whose.to_owned(), bag)).chain(units);
    for (whose, bag) in bags {
        let wrong = |(name, value): (&String, &String)| {
            if name.is_empty() {
                Some("an empty key".to_owned())
            } else if value.is_empty() {
                Some(format!("the key `{name}` with an empty value, which deletes it: leave it out"))
            } else {
                None
            }
        };
        problems.extend(
            Bag::iter(bag)
                .filter_map(wrong)
                .map(|wrong| format!("in {key} the databag of {whose} has {wrong}")),
        );
    }
}

fn check_surroundings(unit: &UnitState, metadata: &Metadata, problems: &mut Vec<String>) {
    for port in unit.ports.ranges() {
        if port.from > port.to {
            problems.push(format!("the ports {port} end before they begin"));
        }
        if let Some(other) = unit.ports.ranges().find(|other| *other > port && other.overlaps(*port)) {
            problems.push(format!("the ports {port} and {other} overlap: Juju opens one or the other"));
        }
    }
    for name in unit.resources.keys().filter(|name| !metadata.resources.contains_key(*name)) {
        let known = metadata.resources.keys().map(String::as_str);
        problems.push(format!("the charm has no resource `{name}`{}", one_of(name, known)));
    }
    let is_binding =
        |name: &str| metadata.endpoints.contains_key(name) || metadata.extra_bindings.contains(name);
    for name in unit.networks.keys().filter(|name| !is_binding(name) && *name != "juju-info") {
        let known = metadata.endpoints.keys().chain(&metadata.extra_bindings).map(String::as_str);
        problems.push(format!("the charm has no binding `{name}`{}", one_of(name, known)));
    }
    for id in unit.storages.keys().filter(|id| !metadata.storages.contains_key(id.name())) {
        let known = metadata.storages.keys().map(String::as_str);
        problems.push(format!("the charm has no storage `{}`{}", id.name(), one_of(id.name(), known)));
    }
    for (name, declared) in &metadata.storages {
        let count = unit.storages.keys().filter(|id| id.name() == name).count();
        if declared.multiple.max.is_some_and(|most| count > most as usize) {
            problems.push(format!(
                "the storage `{name}` has {count} instances, more than charmcraft.yaml allows"
            ));
        }
    }
    let peers = unit.relations.values().filter(|relation| relation.remote_app == unit.name.application());
    let known = 1 + peers.map(|peers| peers.remote_units.len()).max().unwrap_or(0);
    if let Some(planned) = unit.planned_units.filter(|planned| (*planned as usize) < known) {
        problems.push(format!(
            "{planned} units are planned, and {known} are there: plan as many, or give it fewer peers"
        ));
    }
}

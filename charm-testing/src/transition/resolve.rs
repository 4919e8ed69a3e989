//! Which hook an event is in a state, or why it can't be.

use charm_meta::Metadata;

use super::consistency::one_of;
use super::on::{Event, RelationEvent, SecretEvent, What};
use super::parameter;
use super::relation::RelationState;
use super::storage::StorageEvent;
use super::unit::UnitState;
use crate::model::{
    ActionId, Hook, RelationHook, RelationHookKind, RelationId, SecretHook, SecretHookKind, SecretOwner,
    Storage, StorageHook, UnitName,
};

/// The hook that an event is in this state, or why it can't be.
pub(super) fn resolve(unit: &UnitState, metadata: &Metadata, event: &Event) -> Result<Hook, Vec<String>> {
    let one = |problem: String| vec![problem];
    Ok(match &event.0 {
        What::Install => Hook::Install,
        What::Start => Hook::Start,
        What::Stop => Hook::Stop,
        What::Remove => Hook::Remove,
        What::ConfigChanged => Hook::ConfigChanged,
        What::UpdateStatus => Hook::UpdateStatus,
        What::UpgradeCharm => Hook::UpgradeCharm,
        What::CollectMetrics | What::MeterStatusChanged if unit.juju.major >= 4 => {
            return Err(one(format!(
                "Juju {} has no metrics and sends no such event: test it with Juju 3",
                unit.juju
            )));
        }
        What::CollectMetrics => Hook::CollectMetrics,
        What::MeterStatusChanged => Hook::MeterStatusChanged,
        What::LeaderElected if !unit.leader => {
            return Err(one("a leader-elected comes to a unit that leads: add `.leader(true)`".to_owned()));
        }
        What::LeaderElected => Hook::LeaderElected,
        What::Relation(event) => Hook::Relation(relation_hook(unit, event).map_err(one)?),
        What::Pebble(hook) if !metadata.containers.contains_key(&hook.container) => {
            let known = metadata.containers.keys().map(String::as_str);
            return Err(one(format!(
                "the charm has no container `{0}`{1}",
                hook.container,
                one_of(&hook.container, known)
            )));
        }
        What::Pebble(hook) => Hook::Pebble(hook.clone()),
        What::Storage(event) => Hook::Storage(storage_hook(unit, event).map_err(one)?),
        What::Secret(event) => Hook::Secret(secret_hook(unit, event).map_err(one)?),
        What::Action { name, params } => {
            let declared = metadata.actions.get(*name).ok_or_else(|| {
                let known = metadata.actions.keys().map(String::as_str);
                one(format!("the charm has no action `{name}`{}", one_of(name, known)))
            })?;
            let problems = parameter::problems(name, declared, params);
            if !problems.is_empty() {
                return Err(problems);
            }
            Hook::Action { id: ActionId(1), name: (*name).to_owned() }
        }
    })
}

fn relation_hook(unit: &UnitState, event: &RelationEvent) -> Result<RelationHook, String> {
    let RelationEvent { kind, endpoint, relation: wanted, unit: about, this_unit_goes } = event;
    let relations: Vec<(u32, &RelationState)> = unit.relations_at(endpoint).collect();
    let ids = || relations.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(", ");
    let (id, relation) = match (wanted, &*relations) {
        (_, []) => {
            return Err(format!(
                "a {kind} of `{endpoint}` needs a relation there: add `.relation(Relation::<..>::new(..))`"
            ));
        }
        (None, [one]) => *one,
        (None, _) => {
            return Err(format!(
                "the endpoint `{endpoint}` has several relations ({}): say which by `.of(id)`",
                ids()
            ));
        }
        (Some(wanted), known) => *known
            .iter()
            .find(|(id, _)| id == wanted)
            .ok_or_else(|| format!("the endpoint `{endpoint}` has no relation {wanted}; it has {}", ids()))?,
    };
    let key = format!("{endpoint}:{id}");
    let numbers: Vec<u32> = relation.remote_units.keys().copied().collect();
    let about = match (kind, about, &*numbers) {
        (RelationHookKind::Created | RelationHookKind::Broken, Some(_), _) => {
            return Err(format!("a relation-{kind} is about no unit: drop `.unit(..)`"));
        }
        (RelationHookKind::Created | RelationHookKind::Broken | RelationHookKind::Changed, None, _) => None,
        (_, Some(number), known) if known.contains(number) => Some(*number),
        (_, Some(number), _) => {
            return Err(format!(
                "the relation {key} has no remote unit {number}: add `.remote_unit({number}, ..)`"
            ));
        }
        (_, None, [only]) => Some(*only),
        (_, None, []) => {
            return Err(format!("a relation-{kind} of {key} needs a remote unit: add `.remote_unit(0, ..)`"));
        }
        (_, None, several) => {
            return Err(format!(
                "the relation {key} has several remote units ({several:?}): say which by `.unit(number)`"
            ));
        }
    };
    if *this_unit_goes && !matches!(kind, RelationHookKind::Departed | RelationHookKind::Broken) {
        return Err(format!("a unit that goes gets no relation-{kind}: drop `.because_this_unit_goes()`"));
    }
    let remote_unit = about.map(|number| UnitName::new(relation.remote_app.clone(), number));
    let departing = if *this_unit_goes { Some(unit.name.clone()) } else { remote_unit.clone() };
    Ok(RelationHook {
        kind: *kind,
        relation: RelationId(id),
        endpoint: (*endpoint).to_owned(),
        remote_application: relation.remote_app.clone(),
        departing_unit: departing.filter(|_| *kind == RelationHookKind::Departed),
        remote_unit,
        version: 0,
    })
}

fn secret_hook(unit: &UnitState, event: &SecretEvent) -> Result<SecretHook, String> {
    let SecretEvent { kind, secret: name, revision } = event;
    let Some(secret) = name.find(&unit.name, &unit.secrets) else {
        return Err(format!("a secret-{kind} needs its secret, and there is no `{name}`: add `.secret(..)`"));
    };
    let consumer = secret.consumers.get(&unit.name);
    let is_managed = match &secret.owner {
        SecretOwner::Application(owner) => unit.leader && owner == unit.name.application(),
        SecretOwner::Unit(owner) => *owner == unit.name,
        SecretOwner::Model => false,
    };
    let of_fellow = secret.owner == SecretOwner::Application(unit.name.application().to_owned());
    let label = match (kind, consumer) {
        (SecretHookKind::Changed, _) if is_managed => {
            return Err(format!(
                "a secret-changed comes to those who read `{name}`, and this unit manages it"
            ));
        }
        (SecretHookKind::Changed, None) => {
            return Err(format!("a secret-changed comes to those who have read `{name}`: add `.read()`"));
        }
        // The fellows of an owner know the secret by its owner's label.
        (SecretHookKind::Changed, Some(consumer)) if consumer.label.is_empty() && of_fellow => &secret.label,
        (SecretHookKind::Changed, Some(consumer)) => &consumer.label,
        _ if !is_managed => {
            return Err(format!(
                "a secret-{kind} comes to who manages `{name}`: its owner, or the leader of the application that owns it"
            ));
        }
        _ => &secret.label,
    };
    let revision = match (kind, revision) {
        (SecretHookKind::Changed | SecretHookKind::Rotate, None) => None,
        (SecretHookKind::Changed | SecretHookKind::Rotate, Some(_)) => {
            return Err(format!("a secret-{kind} names no revision: drop `.revision(..)`"));
        }
        (SecretHookKind::Expired | SecretHookKind::Remove, Some(revision))
            if !secret.revisions.contains_key(revision) =>
        {
            return Err(format!("the secret `{name}` has no revision {revision}"));
        }
        (SecretHookKind::Expired, revision) => Some(revision.unwrap_or(secret.latest)),
        (SecretHookKind::Remove, Some(revision))
            if !secret.obsolete().any(|obsolete| obsolete == *revision) =>
        {
            return Err(format!(
                "revision {revision} of the secret `{name}` is the latest, or read by somebody: Juju doesn't ask for its removal"
            ));
        }
        (SecretHookKind::Remove, Some(revision)) => Some(*revision),
        (SecretHookKind::Remove, None) => match secret.obsolete().next() {
            Some(obsolete) => Some(obsolete),
            None => {
                return Err(format!("no revision of the secret `{name}` is obsolete: add `.revision(..)`"));
            }
        },
    };
    let hook = SecretHook::new(*kind, secret.id.clone(), label, revision);
    Ok(SecretHook { latest: secret.latest, ..hook })
}

fn storage_hook(unit: &UnitState, event: &StorageEvent) -> Result<StorageHook, String> {
    let StorageEvent { kind, storage: name, number: wanted } = event;
    let instances: Vec<&Storage> =
        unit.storages.values().filter(|storage| storage.id.name() == *name).collect();
    let numbers: Vec<u32> = instances.iter().map(|storage| storage.id.number()).collect();
    let storage = match (wanted, &*instances) {
        (_, []) => {
            return Err(format!(
                "a storage-{kind} of `{name}` needs the storage: add `.storage::<..>(0, \"/path\")`"
            ));
        }
        (None, [only]) => *only,
        (None, _) => {
            return Err(format!(
                "the storage `{name}` has several instances ({numbers:?}): say which by `.number(..)`"
            ));
        }
        (Some(wanted), known) => *known
            .iter()
            .find(|storage| storage.id.number() == *wanted)
            .ok_or_else(|| format!("there is no storage {name}/{wanted}; there are {numbers:?}"))?,
    };
    Ok(StorageHook {
        kind: *kind,
        storage: storage.id.clone(),
        storage_kind: storage.kind,
        location: storage.location.clone().unwrap_or_default(),
    })
}

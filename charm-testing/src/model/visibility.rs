//! Which state of a databag a hook sees.
//!
//! Not a snapshot: Juju caches per source. A remote unit's databag is kept across hooks and read anew only by a hook
//! *for that unit*; an application's databag is read once per hook; the own ones show the hook's own writes.

use std::collections::BTreeMap;

use super::View;
use super::error::Refusal;
use super::hook::{Hook, RelationHookKind};
use super::name::UnitName;
use super::relation::RelationId;
use super::unit::Unit;

/// Remote units' databags as a unit's agent last read them.
pub(crate) type RemoteUnits = BTreeMap<(RelationId, UnitName), BTreeMap<String, String>>;

/// Forgets what `hook` says may be old.
pub(crate) fn before_hook(unit: &mut Unit, hook: &Hook) {
    let Some(hook) = hook.relation() else { return };
    if let Some(remote) = &hook.remote_unit {
        let told = matches!(hook.kind, RelationHookKind::Joined | RelationHookKind::Changed);
        // A departed unit is no member, and what isn't a member's is kept for the hook only.
        if told || hook.kind == RelationHookKind::Departed {
            unit.remote_units.remove(&(hook.relation, remote.clone()));
        }
    }
    if hook.kind == RelationHookKind::Broken {
        unit.remote_units.retain(|(relation, _), _| *relation != hook.relation);
    }
}

impl View<'_> {
    /// What Juju says of a relation that is gone.
    fn gone(&self) -> Refusal {
        if self.model.version().is_4() { Refusal::RelationNotFound(None) } else { Refusal::PermissionDenied }
    }

    /// The databag of `unit` in a relation that this unit takes part in.
    pub fn unit_data(
        &mut self,
        id: RelationId,
        unit: &UnitName,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        let relation = self.model.relation(id).ok_or_else(|| self.gone())?;
        if unit == self.context.unit() {
            let published = relation.unit_data(unit).cloned().unwrap_or_default();
            return Ok(match self.context.unit_writes.get(&id) {
                Some(writes) => writes.over(&published),
                None => published,
            });
        }
        if relation.end_of(unit.application()).is_none() {
            return Err(Refusal::PermissionDenied);
        }
        let key = (id, unit.clone());
        if let Some(known) = self.unit().remote_units.get(&key) {
            return Ok(known.clone());
        }
        let seen = relation.shares_container(self.context.unit(), unit);
        let published = relation.unit_data(unit).filter(|_| seen).cloned();
        let published = published.ok_or_else(|| Refusal::SettingsNotFound(unit.clone()))?;
        if self.members(id).any(|member| member == unit) {
            self.unit_mut().remote_units.insert(key, published.clone());
        }
        Ok(published)
    }

    /// The databag of an application in a relation that this unit takes part in.
    pub fn application_data(
        &mut self,
        id: RelationId,
        application: &str,
    ) -> Result<BTreeMap<String, String>, Refusal> {
        let own = application == self.context.unit().application();
        let foreign = own && !self.is_leader();
        let relation = self.model.relation(id).ok_or_else(|| self.gone())?;
        if relation.end_of(application).is_none() || (foreign && !relation.is_peer()) {
            return Err(Refusal::PermissionDenied);
        }
        let published = relation.application_data(application).cloned().unwrap_or_default();
        let seen =
            self.context.application_data.entry((id, application.to_owned())).or_insert(published).clone();
        Ok(match self.context.application_writes.get(&id) {
            Some(writes) if own => writes.over(&seen),
            _ => seen,
        })
    }
}

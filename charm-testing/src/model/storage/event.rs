//! The hooks that storage makes due.

use super::{Storage, StorageId};
use crate::model::Model;
use crate::model::hook::{Hook, StorageHook, StorageHookKind};
use crate::model::life::Life;
use crate::model::name::UnitName;
use crate::model::unit::Stage;

impl Model {
    /// Whether a unit's agent looks at its storage now: between two hooks; on machines before install too; and on
    /// Kubernetes before a queued hook, once the unit has started.
    pub(crate) fn runs_storage_hooks(&self, unit: &UnitName) -> bool {
        let Some(unit) = self.units.get(unit) else { return false };
        if unit.is_between_hooks() {
            return true;
        }
        let queued = unit.failure.is_none();
        queued && if self.is_kubernetes() { unit.stage >= Stage::Started } else { unit.stage == Stage::New }
    }

    /// The next hook for `unit` because of its storage: detaching all of it if the unit goes.
    pub(crate) fn next_storage_hook(&self, unit: &UnitName) -> Option<Hook> {
        let goes = self.units.get(unit).is_none_or(|unit| unit.life == Life::Dying);
        // What a charm doesn't know yet takes longer to provision than the charm to upgrade.
        let charm = self.charm_of(unit);
        let known = |storage: &Storage| {
            charm.is_some_and(|charm| charm.metadata.storages.contains_key(storage.id.name()))
        };
        self.storages_of(unit).find_map(|storage| {
            let kind = match (storage.life, storage.attached) {
                (Life::Alive, false) if !goes && known(storage) => StorageHookKind::Attached,
                (Life::Dying, true) => StorageHookKind::Detaching,
                (Life::Alive, true) if goes => StorageHookKind::Detaching,
                _ => return None,
            };
            Some(hook(kind, storage, storage.location.clone()?))
        })
    }

    /// Whether the unit waits for a storage before it can be installed: on machines only.
    pub(crate) fn waits_for_storage(&self, unit: &UnitName) -> bool {
        let new = self.units.get(unit).is_some_and(|unit| unit.stage == Stage::New);
        new && !self.is_kubernetes()
            && self.storages_of(unit).any(|storage| storage.life == Life::Alive && !storage.attached)
    }

    /// Forgets what is to go and was never told of.
    pub(crate) fn drop_untold_storages(&mut self, unit: &UnitName) {
        let goes = self.units.get(unit).is_none_or(|unit| unit.life == Life::Dying);
        let untold = self
            .storages_of(unit)
            .filter(|storage| !storage.attached && (storage.life == Life::Dying || goes));
        let untold: Vec<StorageId> = untold.map(|storage| storage.id.clone()).collect();
        for id in untold {
            self.drop_storage(&id);
        }
    }

    /// Makes the model remember that such a hook has run.
    pub(crate) fn remember_storage_hook(&mut self, hook: &StorageHook) {
        match hook.kind {
            StorageHookKind::Attached => {
                if let Some(storage) = self.storages.get_mut(&hook.storage) {
                    storage.attached = true;
                }
            }
            StorageHookKind::Detaching => {
                self.drop_storage(&hook.storage);
            }
        }
    }
}

fn hook(kind: StorageHookKind, storage: &Storage, location: String) -> Hook {
    let (storage, storage_kind) = (storage.id.clone(), storage.kind);
    Hook::Storage(StorageHook { kind, storage, storage_kind, location })
}

//! Storage: disks that a unit is given, before it is installed or later.

mod directive;
mod event;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use charm_meta::{Storage as Declared, StorageKind};
use serde::{Deserialize, Serialize};

pub(crate) use directive::parse as parse_directives;

use super::error::{ModelError, Refusal};
use super::life::Life;
use super::name::UnitName;
use super::{Model, View};
use crate::model::quoted;

/// The id of a storage instance: its name in the charm and a number that is unique in the model, `data/0`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StorageId {
    name: String,
    number: u32,
}

impl StorageId {
    /// The instance `number` of the storage `name`.
    pub fn new(name: impl Into<String>, number: u32) -> Self {
        Self { name: name.into(), number }
    }

    /// The storage's name in the charm.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its number.
    pub fn number(&self) -> u32 {
        self.number
    }
}

impl fmt::Display for StorageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.name, self.number)
    }
}

/// A text that is no id of a storage instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidStorageId(String);

impl fmt::Display for InvalidStorageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid storage ID {}", quoted(&self.0))
    }
}

impl std::error::Error for InvalidStorageId {}

impl FromStr for StorageId {
    type Err = InvalidStorageId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/').filter(|(name, number)| {
            let canonical = *number == "0" || !number.starts_with('0');
            is_name(name) && canonical && number.bytes().all(|b| b.is_ascii_digit())
        });
        let parsed = parts.and_then(|(name, number)| Some(Self::new(name, number.parse().ok()?)));
        parsed.ok_or_else(|| InvalidStorageId(text.to_owned()))
    }
}

impl TryFrom<String> for StorageId {
    type Error = InvalidStorageId;

    fn try_from(text: String) -> Result<Self, InvalidStorageId> {
        text.parse()
    }
}

impl From<StorageId> for String {
    fn from(id: StorageId) -> Self {
        id.to_string()
    }
}

/// Whether `name` is one of a storage: words of small letters and digits, with a letter in each.
fn is_name(name: &str) -> bool {
    super::name::is_application_name(name)
}

/// A storage instance, attached to one unit or about to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// Its id.
    pub id: StorageId,
    /// The unit it is for.
    pub unit: UnitName,
    /// What it is.
    pub kind: StorageKind,
    /// Where the unit finds it: a mount point, or a device. None until it has been provisioned; its unit waits for
    /// that.
    pub location: Option<String>,
    /// Dying once it has been detached and until the charm has been told.
    pub life: Life,
    /// Whether the charm has been told of it.
    pub(crate) attached: bool,
}

impl Storage {
    /// A storage instance that has been provisioned and that the charm knows.
    pub fn new(id: StorageId, unit: UnitName, kind: StorageKind, location: &str) -> Self {
        Self { id, unit, kind, location: Some(location.to_owned()), life: Life::Alive, attached: true }
    }

    /// Juju's word for what it is.
    pub(crate) fn kind_name(kind: StorageKind) -> &'static str {
        match kind {
            StorageKind::Block => "block",
            StorageKind::Filesystem => "filesystem",
        }
    }
}

/// Where Juju puts an instance: at the declared location if there can be only one, else below it.
fn location(id: &StorageId, declared: &Declared) -> String {
    match (declared.kind, declared.location.as_deref().filter(|location| !location.is_empty())) {
        (StorageKind::Block, _) => format!("/dev/loop{}", id.number()),
        (StorageKind::Filesystem, Some(location)) if declared.multiple.max == Some(1) => location.to_owned(),
        (StorageKind::Filesystem, location) => {
            format!("{}/{id}", location.unwrap_or("/var/lib/juju/storage").trim_end_matches('/'))
        }
    }
}

impl Model {
    /// A storage instance by its id.
    pub fn storage(&self, id: &StorageId) -> Option<&Storage> {
        self.storages.get(id)
    }

    /// The storage instances of `unit`, by id.
    pub fn storages_of(&self, unit: &UnitName) -> impl Iterator<Item = &Storage> {
        let ids = self.units.get(unit).into_iter().flat_map(|unit| &unit.storages);
        ids.filter_map(|id| self.storages.get(id))
    }

    /// Puts a storage instance into the model as it is, in place of one of the same id.
    pub fn put_storage(&mut self, storage: Storage) {
        self.next_storage = self.next_storage.max(storage.id.number().saturating_add(1));
        if let Some(unit) = self.units.get_mut(&storage.unit) {
            unit.storages.insert(storage.id.clone());
        }
        self.wake(&storage.unit);
        self.storages.insert(storage.id.clone(), storage);
    }

    /// Says where a unit finds a storage instance, for those who run hooks as processes; none takes it back until it
    /// has been provisioned. False if there is no such instance.
    pub fn set_storage_location(&mut self, id: &StorageId, location: Option<&str>) -> bool {
        let Some(storage) = self.storages.get_mut(id) else { return false };
        storage.location = location.map(str::to_owned);
        let unit = storage.unit.clone();
        self.wake(&unit);
        true
    }

    /// Gives a unit more instances of a storage, as `juju add-storage` does.
    pub fn add_storage(
        &mut self,
        unit: &UnitName,
        name: &str,
        count: u32,
    ) -> Result<Vec<StorageId>, ModelError> {
        if !self.units.contains_key(unit) {
            return Err(super::resolve::unknown_unit(unit));
        }
        self.check_storage(unit, name, count).map_err(|refusal| ModelError::new(refusal.to_string()))?;
        Ok((0..count).filter_map(|_| self.new_storage(unit, name)).collect())
    }

    /// Takes a storage instance from its unit, as `juju detach-storage` does. The charm is told first.
    pub fn detach_storage(&mut self, id: &StorageId) -> Result<(), ModelError> {
        let storage = self.storages.get_mut(id);
        let storage = storage.ok_or_else(|| ModelError::new(format!("storage \"{id}\" not found")))?;
        storage.life = Life::Dying;
        let unit = storage.unit.clone();
        self.wake(&unit);
        Ok(())
    }

    /// Gives a unit the instances that its charm asks for at least, of those storages that are new to it.
    pub(crate) fn add_first_storages(&mut self, unit: &UnitName, is_new: &dyn Fn(&str) -> bool) {
        let declared = self.applications.get(unit.application()).map(|known| &known.charm.metadata.storages);
        let wanted: Vec<(String, u32)> = declared
            .into_iter()
            .flatten()
            .filter(|(name, _)| is_new(name))
            .map(|(name, declared)| (name.clone(), declared.multiple.min))
            .collect();
        for (name, count) in wanted {
            for _ in 0..count {
                self.new_storage(unit, &name);
            }
        }
    }

    fn declared_storage(&self, unit: &UnitName, name: &str) -> Option<&Declared> {
        self.applications.get(unit.application())?.charm.metadata.storages.get(name)
    }

    fn new_storage(&mut self, unit: &UnitName, name: &str) -> Option<StorageId> {
        let id = StorageId::new(name, self.next_storage);
        let declared = self.declared_storage(unit, name)?;
        let (kind, location) = (declared.kind, location(&id, declared));
        let storage = Storage { attached: false, ..Storage::new(id.clone(), unit.clone(), kind, &location) };
        self.put_storage(storage);
        Some(id)
    }

    /// Whether the charm may have `count` more instances.
    fn check_storage(&self, unit: &UnitName, name: &str, count: u32) -> Result<(), Refusal> {
        let declared = self.declared_storage(unit, name);
        let declared = declared.ok_or_else(|| Refusal::NoSuchStorage(name.to_owned()))?;
        let present = self.storages_of(unit).filter(|storage| storage.id.name() == name).count();
        let wanted = u32::try_from(present).unwrap_or(u32::MAX).saturating_add(count);
        match declared.multiple.max {
            Some(most) if wanted > most => {
                Err(Refusal::TooManyStorages { name: name.to_owned(), most, wanted })
            }
            _ => Ok(()),
        }
    }

    /// Whether the charm may have the instances that a hook has asked for.
    pub(crate) fn check_storages(
        &self,
        unit: &UnitName,
        wanted: &BTreeMap<String, u32>,
    ) -> Result<(), Refusal> {
        wanted.iter().try_for_each(|(name, count)| self.check_storage(unit, name, *count))
    }

    /// Makes the instances that a hook has asked for.
    pub(crate) fn commit_storages(&mut self, unit: &UnitName, wanted: &BTreeMap<String, u32>) {
        for (name, count) in wanted {
            for _ in 0..*count {
                self.new_storage(unit, name);
            }
        }
    }
}

impl Model {
    /// Takes an instance out of the model.
    pub(crate) fn drop_storage(&mut self, id: &StorageId) {
        let unit = self.storages.remove(id).and_then(|storage| self.units.get_mut(&storage.unit));
        if let Some(unit) = unit {
            unit.storages.remove(id);
        }
    }
}

impl View<'_> {
    /// The ids of the unit's storage instances, as they were when this hook first asked for them.
    pub fn storage_ids(&mut self) -> &[StorageId] {
        let (model, context) = (&*self.model, &mut *self.context);
        let present = || model.storages_of(&context.unit).map(|storage| storage.id.clone()).collect();
        context.storage_ids.get_or_insert_with(present)
    }

    /// One of the unit's storage instances.
    pub fn storage(&self, id: &StorageId) -> Option<&Storage> {
        self.model.storage(id).filter(|storage| storage.unit == *self.context.unit())
    }

    /// Stages the wish for more instances of a storage. Whether there can be that many is found out at the commit.
    pub fn add_storage(&mut self, name: &str, count: u32) {
        let wanted = self.context.storages.entry(name.to_owned()).or_default();
        *wanted = wanted.saturating_add(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_name_and_number() {
        assert_eq!("data/12".parse(), Ok(StorageId::new("data", 12)));
        for wrong in ["", "data", "data/", "/0", "data/x", "data/01", "data/-1", "d/0/1", "data/99999999999"]
        {
            assert_eq!(wrong.parse::<StorageId>(), Err(InvalidStorageId(wrong.to_owned())));
        }
    }
}

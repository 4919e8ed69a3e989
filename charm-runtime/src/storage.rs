//! Storages: disks that a unit is given, and that outlive its software.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::path::PathBuf;

use crate::error::Error;
use crate::hook_command::{storage_add, storage_get, storage_list, StorageInfo};
use crate::juju::{Juju, OwnWay};

/// A storage of the charm, as a type: `#[charm]` makes one for each that `charmcraft.yaml` declares.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a storage",
    note = "the charm's storages are the types in the module `storage` beside the struct with `#[charm]`"
)]
pub trait StorageName: 'static {
    /// The name in `charmcraft.yaml`.
    const NAME: &'static str;
}

/// A storage that a unit has at most once: one without `multiple` in `charmcraft.yaml`.
#[diagnostic::on_unimplemented(
    message = "a unit may have `{Self}` several times",
    label = "one storage of many",
    note = "take `Storages<..>`, or drop `multiple` from the storage in charmcraft.yaml"
)]
pub trait SingleStorage: StorageName {}

/// A storage that a unit may have several times: `multiple` in `charmcraft.yaml`.
#[diagnostic::on_unimplemented(
    message = "a unit has `{Self}` once, and can't ask for more",
    note = "declare `multiple: {{range: 1+}}`, or another range, for the storage in charmcraft.yaml"
)]
pub trait MultipleStorage: StorageName {
    /// How many it may have at the most; `None` where there is no bound.
    const MOST: Option<u32>;
}

/// How a storage is given to the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StorageKind {
    /// A mounted file system.
    Filesystem,
    /// A block device.
    Block,
}

impl StorageKind {
    pub(crate) fn parse(kind: &str) -> Option<Self> {
        match kind {
            "filesystem" => Some(Self::Filesystem),
            "block" => Some(Self::Block),
            _ => None,
        }
    }
}

/// One storage of the unit: an argument of handlers of its events, and in an `Option` of all others where the unit has
/// it at most once.
///
/// On machines Juju attaches what a unit was deployed with before install; on Kubernetes after start. A storage may be
/// there before it is provisioned, and has then no location.
///
/// ```
/// # use charm_runtime::prelude::*;
/// # use charm_runtime::Storage;
/// # #[charm(metadata_str = "{name: a, summary: s, description: d, storage: {data: {type: filesystem}}}")]
/// # #[derive(Default)]
/// # struct Database;
/// # #[charm(metadata_str = "{name: a, summary: s, description: d, storage: {data: {type: filesystem}}}")]
/// # impl Database {
/// #[on(any)]
/// fn reconcile(&mut self, data: Option<Storage<storage::Data>>) -> Result<()> {
///     let data = data.or_waiting("storage")?.location()?.or_waiting("storage to be provisioned")?;
///     info!("the database lives in {}", data.display());
///     Ok(())
/// }
/// # }
/// ```
pub struct Storage<S> {
    juju: Juju,
    id: String,
    /// What the event's variables said.
    said: StorageInfo,
    name: PhantomData<fn() -> S>,
}

impl<S> Clone for Storage<S> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), id: self.id.clone(), said: self.said.clone(), name: PhantomData }
    }
}

impl<S> fmt::Debug for Storage<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Storage({})", self.id)
    }
}

impl<S: StorageName> Storage<S> {
    pub(crate) fn new(juju: &Juju, id: String, said: StorageInfo) -> Self {
        Self { juju: juju.clone(), id, said, name: PhantomData }
    }

    /// Its id, such as `data/0`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where it is mounted, or its device; `None` while it is not provisioned, and once it is gone.
    ///
    /// Asks Juju, once per dispatch, only where the event itself didn't say.
    #[track_caller]
    pub fn location(&self) -> Result<Option<PathBuf>, Error> {
        match &self.said.location {
            Some(location) => Ok(Some(location.clone())),
            None => Ok(self.juju.storage(&self.id)?.location),
        }
    }

    /// How it is given; `None` where Juju doesn't say, as while it is not provisioned.
    #[track_caller]
    pub fn kind(&self) -> Result<Option<StorageKind>, Error> {
        match self.said.kind {
            Some(kind) => Ok(Some(kind)),
            None => Ok(self.juju.storage(&self.id)?.kind),
        }
    }
}

/// The unit's storages of one name, by number: an argument of handlers. Juju is asked once per dispatch.
pub struct Storages<S> {
    juju: Juju,
    storages: Vec<Storage<S>>,
}

impl<S> fmt::Debug for Storages<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.storages).finish()
    }
}

impl<S: StorageName> Storages<S> {
    #[track_caller]
    pub(crate) fn of(juju: &Juju) -> Result<Self, Error> {
        let ids = juju.storage_ids(S::NAME)?;
        let storages = ids.into_iter().map(|id| Storage::new(juju, id, StorageInfo::default()));
        Ok(Self { juju: juju.clone(), storages: storages.collect() })
    }

    /// One after another.
    pub fn iter(&self) -> std::slice::Iter<'_, Storage<S>> {
        self.storages.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.storages.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.storages.is_empty()
    }

    /// Asks for more. Each comes later, with a storage-attached event of its own.
    ///
    /// Staged: it is sent when the handlers have run, and Juju acts on it when the dispatch has ended well. Requests
    /// of one dispatch add up; Juju doesn't show what earlier dispatches asked for and hasn't come yet. Fails, before
    /// Juju is asked, where the unit would have more than charmcraft.yaml allows.
    ///
    /// ```
    /// # use charm_runtime::prelude::*;
    /// # use charm_runtime::Storages;
    /// # #[charm(metadata_str = "{name: a, summary: s, description: d, storage: {data: {type: block, multiple: {range: 0-4}}}, actions: {grow: {}}}")]
    /// # #[derive(Default)]
    /// # struct Database;
    /// # #[charm(metadata_str = "{name: a, summary: s, description: d, storage: {data: {type: block, multiple: {range: 0-4}}}, actions: {grow: {}}}")]
    /// # impl Database {
    /// #[on(action = "grow")]
    /// fn grow(&mut self, disks: Storages<storage::Data>) -> Result<()> {
    ///     disks.request(1)?;
    ///     Ok(())
    /// }
    /// # }
    /// ```
    #[track_caller]
    pub fn request(&self, count: u32) -> Result<(), Error>
    where
        // Here and not on the block, so that the compiler says why it can't be called.
        S: MultipleStorage,
    {
        let mut stage = self.juju.0.stage.borrow_mut();
        let staged = stage.storages.get(S::NAME).map_or(0, |staged| staged.count).saturating_add(count);
        let has = u32::try_from(self.storages.len()).unwrap_or(u32::MAX);
        if let Some(most) = S::MOST.filter(|most| has.saturating_add(staged) > *most) {
            return Err(Error::invalid(
                format!("storage `{}`", S::NAME),
                format!("the unit has {has} and asks for {staged} more; charmcraft.yaml allows {most}"),
            ));
        }
        if staged > 0 {
            let staged = StagedStorage { count: staged, location: Location::caller() };
            stage.storages.insert(S::NAME, staged);
        }
        Ok(())
    }
}

impl<S> IntoIterator for Storages<S> {
    type Item = Storage<S>;
    type IntoIter = std::vec::IntoIter<Storage<S>>;

    fn into_iter(self) -> Self::IntoIter {
        self.storages.into_iter()
    }
}

impl<'r, S> IntoIterator for &'r Storages<S> {
    type Item = &'r Storage<S>;
    type IntoIter = std::slice::Iter<'r, Storage<S>>;

    fn into_iter(self) -> Self::IntoIter {
        self.storages.iter()
    }
}

/// What has been read of storages.
#[derive(Default)]
pub(crate) struct Kept {
    ids: RefCell<BTreeMap<String, Vec<String>>>,
    known: RefCell<BTreeMap<String, StorageInfo>>,
}

/// How many more are asked for, by name.
pub(crate) type Staged = BTreeMap<&'static str, StagedStorage>;

/// What is asked for of one name.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StagedStorage {
    count: u32,
    /// The line of the charm that asked last.
    location: &'static Location<'static>,
}

impl Juju {
    /// The unit's storages of a name.
    #[track_caller]
    pub fn storages<S: StorageName>(&self) -> Result<Storages<S>, Error> {
        Storages::of(self)
    }

    #[track_caller]
    pub(crate) fn storage_ids(&self, name: &str) -> Result<Vec<String>, Error> {
        if let Some(ids) = self.0.storage.ids.borrow().get(name) {
            return Ok(ids.clone());
        }
        let ids = storage_list(self, Some(name))?;
        self.0.storage.ids.borrow_mut().insert(name.to_owned(), ids.clone());
        Ok(ids)
    }

    #[track_caller]
    fn storage(&self, id: &str) -> Result<StorageInfo, Error> {
        if let Some(known) = self.0.storage.known.borrow().get(id) {
            return Ok(known.clone());
        }
        let known = match storage_get(self, id) {
            // It was detached meanwhile, or is not provisioned yet.
            Err(error) if error.is_not_found() => StorageInfo::default(),
            known => known?,
        };
        self.0.storage.known.borrow_mut().insert(id.to_owned(), known.clone());
        Ok(known)
    }

    pub(crate) fn send_storages(&self, storages: &Staged) -> Result<(), Error> {
        for (name, StagedStorage { count, location }) in storages {
            storage_add(&OwnWay(self), name, *count).map_err(|error| error.at(location))?;
        }
        Ok(())
    }
}

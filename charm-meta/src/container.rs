//! Workload containers of a Kubernetes charm.

use std::collections::BTreeMap;

use crate::field::Field;
use crate::resource::{Resource, ResourceKind};
use crate::suggest::hint;

/// A workload container: an image with Pebble in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Container {
    /// The resource that is its image.
    pub resource: Option<String>,
    /// The bases it may be built on, in place of an image.
    pub bases: Vec<ContainerBase>,
    /// Where storages appear in it.
    pub mounts: Vec<Mount>,
    /// The user that Pebble and the workload run as; below 1000 or from 10000 on.
    pub uid: Option<u32>,
    /// Their group, with the same bounds.
    pub gid: Option<u32>,
}

/// A base on which a container may be built.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ContainerBase {
    /// The distribution: `ubuntu`.
    pub name: String,
    /// Its release: `24.04`, `24.04/stable`.
    pub channel: Option<String>,
    /// The processors; all of them if none is named.
    pub architectures: Vec<String>,
}

/// A storage's place in a container.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Mount {
    /// The storage.
    pub storage: String,
    /// The directory in the container.
    pub location: String,
}

const KEYS: &[&str] = &["resource", "bases", "mounts", "uid", "gid"];

impl Container {
    /// Reads a container, and looks below `root` for what it names: a storage that is written wrongly is
    /// there all the same.
    pub(crate) fn read(field: &Field<'_>, root: &Field<'_>, resources: &BTreeMap<String, Resource>) -> Self {
        field.check_slips(KEYS);
        let mut container = Self::default();
        if let Some(resource) = field.get("resource") {
            container.resource = resource.text();
            check_resource(&resource, root, resources);
        }
        container.bases = field.items_of("bases").iter().filter_map(ContainerBase::read).collect();
        if let Some(mounts) = field.get("mounts") {
            container.mounts = mounts.items().iter().filter_map(|mount| Mount::read(mount, root)).collect();
        }
        container.uid = field.get("uid").and_then(|id| read_id(&id));
        container.gid = field.get("gid").and_then(|id| read_id(&id));
        container
    }
}

fn check_resource(field: &Field<'_>, root: &Field<'_>, resources: &BTreeMap<String, Resource>) {
    let Some(name) = field.as_text().filter(|name| !name.is_empty()) else { return };
    match resources.get(name) {
        Some(resource) if resource.kind == ResourceKind::OciImage => {}
        Some(_) => field
            .complain(format!("the resource `{name}` is a file; a container needs one of `type: oci-image`")),
        None if root.declares("resources", name) => {}
        None => field.complain(format!(
            "there is no resource `{name}`; declare it below `resources` with `type: oci-image`{}",
            hint(name, resources.keys().map(String::as_str))
        )),
    }
}

/// A user or a group. 1000 to 9999 are the machine's own users, and Juju refuses them.
fn read_id(field: &Field<'_>) -> Option<u32> {
    let id = field.whole()?;
    if (1000..10_000).contains(&id) {
        field.complain(
            "Juju refuses 1000 to 9999, which belong to the machine's users; use a number below or above",
        );
    }
    let id = u32::try_from(id);
    if id.is_err() {
        field.complain("an id is a number from 0 to 4294967295");
    }
    id.ok()
}

impl ContainerBase {
    fn read(field: &Field<'_>) -> Option<Self> {
        field.check_slips(&["name", "channel", "architectures"]);
        let name = field.require("name", "a base needs a name, such as `ubuntu`")?;
        Some(Self {
            name: name.text()?,
            channel: field.get_some("channel").and_then(|channel| channel.text()),
            architectures: field.items_of("architectures").iter().filter_map(Field::text).collect(),
        })
    }
}

impl Mount {
    fn read(field: &Field<'_>, root: &Field<'_>) -> Option<Self> {
        field.check_slips(&["storage", "location"]);
        let part = |key, message| field.require(key, message).and_then(|part| part.filled(message));
        let storage = part("storage", "a mount names its storage; write `storage: …`");
        let location = part("location", "a mount names its place in the container; write `location: /…`");
        let (storage, location) = (storage?, location?);
        if !root.declares("storage", &storage) {
            field
                .nearest("storage")
                .complain(format!("there is no storage `{storage}`; declare it below `storage`"));
        }
        Some(Self { storage, location })
    }
}

//! Every noun that `charmcraft.yaml` declares as a type, and as a handler's argument.

use charm_runtime::prelude::*;
use charm_runtime::{Binding, MultipleStorage, ResourceKind, ResourceName, StorageName};

#[charm(metadata = "nouns.yaml")]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "nouns.yaml")]
impl Hello {
    #[on(any)]
    fn storages(
        &mut self,
        data: Option<Storage<storage::Data>>,
        disks: Storages<storage::RawDisks>,
        _logs: Storages<storage::Logs>,
    ) -> Result<()> {
        let _ = data;
        Ok(disks.request(1)?)
    }

    #[on(storage_attached = "raw-disks")]
    fn attached(&mut self, _event: StorageAttached<storage::RawDisks>, _disk: Storage<storage::RawDisks>) {}

    #[on(install)]
    #[on(start)]
    fn others(
        &mut self,
        _tool: Resource<resource::Tool>,
        _image: Resource<resource::AppImage>,
        _website: Network<endpoint::Website>,
        _self: Network<binding::Self_>,
        _ports: Ports,
        _model: &Model,
    ) {
    }

    #[status]
    fn status(&self, _ports: &Ports, _model: Model, _tool: Resource<resource::Tool>) -> Status {
        Status::active("")
    }
}

fn main() {
    assert_eq!((storage::Data::NAME, storage::RawDisks::NAME), ("data", "raw-disks"));
    assert_eq!((storage::RawDisks::MOST, storage::Logs::MOST), (Some(4), None));
    assert_eq!((resource::Tool::KIND, resource::AppImage::KIND), (ResourceKind::File, ResourceKind::OciImage));
    assert_eq!(resource::AppImage::NAME, "app-image");
    assert_eq!((<binding::Self_ as Binding>::NAME, <endpoint::Website as Binding>::NAME), ("self", "website"));
}

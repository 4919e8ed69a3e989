//! What a charm sees of its storages, and how it asks for more.

mod agent_support;

use std::path::Path;

use agent_support::Agent;
use charm_runtime::prelude::*;
use charm_runtime::{Exit, StorageKind};

#[charm(metadata_str = "{name: a, summary: s, description: d,
    storage: {data: {type: filesystem}, disks: {type: block, multiple: {range: 0-4}}, logs: {type: filesystem, multiple: {range: 1+}}}}")]
#[derive(Default)]
struct Charm;

#[charm(metadata_str = "{name: a, summary: s, description: d,
    storage: {data: {type: filesystem}, disks: {type: block, multiple: {range: 0-4}}, logs: {type: filesystem, multiple: {range: 1+}}}}")]
impl Charm {
    #[on(storage_attached = "data")]
    fn attached(
        &mut self,
        event: StorageAttached<storage::Data>,
        data: Storage<storage::Data>,
    ) -> Result<()> {
        ensure!(event.storage.id() == "data/0" && data.id() == "data/0");
        info!("{:?} {:?}", data.location()?, data.kind()?);
        info!("again {:?}", data.location()?);
        Ok(())
    }

    #[on(storage_detaching = "disks")]
    fn detaching(&mut self, disk: Storage<storage::Disks>) -> Result<()> {
        info!("{} at {:?}", disk.id(), disk.location()?);
        Ok(())
    }

    #[on(install)]
    fn look(&mut self, data: Option<Storage<storage::Data>>) -> Result<()> {
        let data = data.or_waiting("storage")?;
        ensure!(data.location()?.as_deref() == Some(Path::new("/srv")));
        ensure!(data.kind()? == Some(StorageKind::Filesystem));
        Ok(())
    }

    #[on(start)]
    fn grow(&mut self, disks: Storages<storage::Disks>, logs: Storages<storage::Logs>) -> Result<()> {
        ensure!(disks.iter().map(Storage::id).eq(["disks/1", "disks/10"]));
        disks.request(1)?;
        disks.request(1)?;
        logs.request(7)?;
        let error = disks.request(1).err().context("too many")?.to_string();
        ensure!(error.contains("`disks`") && error.contains("has 2") && error.contains("3 more"), "{error}");
        ensure!(error.contains("allows 4"), "{error}");
        disks.request(0)?;
        Ok(())
    }
}

#[test]
fn the_event_says_where_it_is() {
    let agent = Agent::default();
    let said = [
        ("JUJU_STORAGE_ID", "data/0"),
        ("JUJU_STORAGE_LOCATION", "/srv/x"),
        ("JUJU_STORAGE_KIND", "filesystem"),
    ];
    assert_eq!(
        agent.dispatch::<Charm>("hooks/data-storage-attached", &said),
        Exit::Success,
        "{}",
        agent.log()
    );
    assert_eq!(agent.calls(), [""; 0]);
    assert!(agent.log().contains("Some(\"/srv/x\") Some(Filesystem)"), "{}", agent.log());
}

#[test]
fn where_the_event_does_not_say_juju_is_asked_once() {
    let get = "storage-get --format=json -s data/0";
    let agent = Agent::default().answer(get, r#"{"kind":"filesystem","location":"/srv"}"#);
    let id = [("JUJU_STORAGE_ID", "data/0")];
    assert_eq!(agent.dispatch::<Charm>("hooks/data-storage-attached", &id), Exit::Success);
    assert_eq!(agent.calls(), [get]);
    assert!(agent.log().contains("again Some(\"/srv\")"), "{}", agent.log());
}

#[test]
fn what_is_gone_or_not_there_yet_has_no_location() {
    let get = "storage-get --format=json -s disks/3";
    let agent = Agent::default().refuse(get, "invalid value \"disks/3\" for option -s: storage not found");
    let id = [("JUJU_STORAGE_ID", "disks/3")];
    assert_eq!(agent.dispatch::<Charm>("hooks/disks-storage-detaching", &id), Exit::Success);
    assert!(agent.log().contains("disks/3 at None"), "{}", agent.log());
    let agent = Agent::default().refuse(get, "connection is shut down");
    assert_eq!(agent.dispatch::<Charm>("hooks/disks-storage-detaching", &id), Exit::Failure);
}

#[test]
fn a_storage_that_is_there_at_most_once_may_be_absent() {
    let list = "storage-list --format=json data";
    let agent = Agent::default().answer(list, "null");
    assert_eq!(agent.dispatch::<Charm>("hooks/install", &[]), Exit::Success);
    assert_eq!(agent.calls()[0], list);
    let agent = Agent::default()
        .answer(list, r#"["data/0"]"#)
        .answer("storage-get --format=json -s data/0", r#"{"kind":"filesystem","location":"/srv"}"#);
    assert_eq!(agent.dispatch::<Charm>("hooks/install", &[]), Exit::Success, "{}", agent.log());
}

#[test]
fn requests_add_up_and_go_out_together() {
    let agent = Agent::default()
        .answer("storage-list --format=json disks", r#"["disks/10","disks/1"]"#)
        .answer("storage-list --format=json logs", "[]");
    assert_eq!(agent.dispatch::<Charm>("hooks/start", &[]), Exit::Success, "{}", agent.log());
    assert_eq!(agent.calls()[2..], ["storage-add disks=2", "storage-add logs=7"]);
}

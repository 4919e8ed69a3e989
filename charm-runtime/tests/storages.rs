//! What a charm sees of its storages, and how it asks for more.

mod agent;

use std::path::Path;

use agent::Agent;
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
    let ran = agent.hook_with::<Charm>("data-storage-attached", &said);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [""; 0]);
    assert!(ran.log().contains("Some(\"/srv/x\") Some(Filesystem)"), "{}", ran.log());
}

#[test]
fn where_the_event_does_not_say_juju_is_asked_once() {
    let get = "storage-get --format=json -s data/0";
    let agent = Agent::default().says(get, r#"{"kind":"filesystem","location":"/srv"}"#);
    let id = [("JUJU_STORAGE_ID", "data/0")];
    let ran = agent.hook_with::<Charm>("data-storage-attached", &id);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [get]);
    assert!(ran.log().contains("again Some(\"/srv\")"), "{}", ran.log());
}

#[test]
fn what_is_gone_or_not_there_yet_has_no_location() {
    let get = "storage-get --format=json -s disks/3";
    let agent = Agent::default().refuses(get, "invalid value \"disks/3\" for option -s: storage not found");
    let id = [("JUJU_STORAGE_ID", "disks/3")];
    let ran = agent.hook_with::<Charm>("disks-storage-detaching", &id);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert!(ran.log().contains("disks/3 at None"), "{}", ran.log());
    let agent = Agent::default().refuses(get, "connection is shut down");
    let ran = agent.hook_with::<Charm>("disks-storage-detaching", &id);
    assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
}

#[test]
fn a_storage_that_is_there_at_most_once_may_be_absent() {
    let list = "storage-list --format=json data";
    let agent = Agent::default().says(list, "null");
    let ran = agent.hook::<Charm>("install");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked()[0], list);
    let agent = Agent::default()
        .says(list, r#"["data/0"]"#)
        .says("storage-get --format=json -s data/0", r#"{"kind":"filesystem","location":"/srv"}"#);
    let ran = agent.hook::<Charm>("install");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
}

#[test]
fn requests_add_up_and_go_out_together() {
    let agent = Agent::default()
        .says("storage-list --format=json disks", r#"["disks/10","disks/1"]"#)
        .says("storage-list --format=json logs", "[]");
    let ran = agent.hook::<Charm>("start");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked()[2..], ["storage-add disks=2", "storage-add logs=7"]);
}

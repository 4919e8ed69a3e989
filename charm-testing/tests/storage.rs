//! Storage: what the commands answer, which hooks run, and in what order.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;
mod local;

use charm_testing::model::{Exit, Model, StorageId};
use hooks::{call, charm, failure, hook, in_hook, ok, settle, unit, until};
use local::Local;

const STORAGE: &str = "storage:\n  data: {type: filesystem, location: /srv/data}\n  logs: {type: filesystem, \
                       multiple: {range: 0-2}}\n  disk: {type: block}\n";

fn deployed() -> Model {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", STORAGE), 1).unwrap();
    model
}

#[test]
fn storage_is_attached_before_install_and_detached_first_of_all() {
    let mut model = deployed();
    let hooks = settle(&mut model);
    let mut first = hooks[..2].to_vec();
    first.sort();
    assert_eq!(first, ["app/0 data-storage-attached", "app/0 disk-storage-attached"]);
    assert_eq!(hooks[2], "app/0 install");
    model.remove_unit(&unit("app/0")).unwrap();
    let hooks = settle(&mut model);
    assert_eq!(hooks.len(), 4, "{hooks:?}");
    assert!(hooks[..2].iter().all(|hook| hook.ends_with("-storage-detaching")), "{hooks:?}");
    assert_eq!(hooks[2..], ["app/0 stop", "app/0 remove"]);
}

#[test]
fn a_unit_waits_for_what_is_not_provisioned() {
    let mut model = deployed();
    let disk = StorageId::new("disk", 1);
    let data = "/srv/data".to_owned();
    assert!(model.set_storage_location(&StorageId::new("data", 0), None));
    assert!(model.set_storage_location(&disk, None));
    assert_eq!(settle(&mut model), [""; 0]);
    model.set_storage_location(&StorageId::new("data", 0), Some(&data));
    assert_eq!(settle(&mut model), ["app/0 data-storage-attached"]);
    let mut context = hook(&mut model, "app/0");
    let words = call(&mut model, &mut context, "storage-get -s disk/1");
    assert_eq!(words, (1, "ERROR storage \"disk/1\" not provisioned\n".to_owned()));
}

#[test]
fn words_and_codes_are_juju_s() {
    let mut model = deployed();
    let mut context = until(&mut model, "app/0", "data-storage-attached");
    for (words, code, printed) in [
        ("storage-get location", 0, "/srv/data"),
        ("storage-get --format json", 0, "{\"kind\":\"filesystem\",\"location\":\"/srv/data\"}"),
        ("storage-get -s disk/1 kind", 0, "block"),
        ("storage-get -s disk/1 location --format=json", 0, "\"/dev/loop1\""),
        ("storage-get size", 1, "ERROR invalid storage attribute \"size\""),
        ("storage-get -s x", 2, "ERROR invalid value \"x\" for option -s: invalid storage ID \"x\""),
        ("storage-get -s data/9", 2, "ERROR invalid value \"data/9\" for option -s: storage not found"),
        ("storage-get location x", 2, "ERROR unrecognized args: [\"x\"]"),
        ("storage-list", 0, "data/0\ndisk/1"),
        ("storage-list disk --format json", 0, "[\"disk/1\"]"),
        ("storage-list nothing --format json", 0, "[]"),
        ("storage-add", 2, "ERROR storage add requires a storage directive"),
        ("storage-add logs=1G", 2, "ERROR only count can be specified for \"logs\""),
    ] {
        assert_eq!(call(&mut model, &mut context, words), (code, format!("{printed}\n")), "{words}");
    }
    let mut context = hook(&mut model, "app/0");
    let words = call(&mut model, &mut context, "storage-get location");
    assert_eq!(words, (2, "ERROR no storage instance specified\n".to_owned()));
}

#[test]
fn added_storage_comes_with_the_commit() {
    let mut model = deployed();
    settle(&mut model);
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "storage-add logs");
    assert_eq!(ok(&mut model, &mut context, "storage-list logs --format json"), "[]");
    model.finish(context, &Exit::Code(1));
    assert_eq!(model.storages_of(&unit("app/0")).count(), 2, "a failed hook has asked for nothing");
    in_hook(&mut model, "app/0", &["storage-add logs", "storage-add logs"]);
    assert_eq!(settle(&mut model), ["app/0 logs-storage-attached"; 2]);
    let location = model.storage(&StorageId::new("logs", 2)).unwrap().location.clone();
    assert_eq!(location.as_deref(), Some("/var/lib/juju/storage/logs/2"));

    for (words, cause) in [
        ("storage-add logs", "storage \"logs\": at most 2 instances supported, 3 specified"),
        ("storage-add tape", "charm storage \"tape\" not found"),
    ] {
        let mut context = hook(&mut model, "app/0");
        ok(&mut model, &mut context, words);
        ok(&mut model, &mut context, "state-set k=v");
        model.finish(context, &Exit::Code(0));
        assert_eq!(failure(&model, "app/0"), Some(format!("cannot apply changes: {cause}")));
        assert!(model.unit(&unit("app/0")).unwrap().charm_state().is_empty());
    }
}

#[test]
fn storage_can_be_detached_alone() {
    let mut model = deployed();
    settle(&mut model);
    let disk = StorageId::new("disk", 1);
    model.detach_storage(&disk).unwrap();
    let mut context = until(&mut model, "app/0", "disk-storage-detaching");
    assert_eq!(ok(&mut model, &mut context, "storage-get location"), "/dev/loop1");
    model.finish(context, &Exit::Code(0));
    assert!(model.storage(&disk).is_none());
    assert_eq!(settle(&mut model), [""; 0]);
    assert!(model.detach_storage(&disk).is_err());
    let added = model.add_storage(&unit("app/0"), "disk", 1).unwrap();
    assert_eq!(added, [StorageId::new("disk", 2)], "no number comes twice");
    let error = model.add_storage(&unit("app/0"), "disk", 1).unwrap_err().to_string();
    assert_eq!(error, "storage \"disk\": at most 1 instances supported, 2 specified");
}

#[test]
fn a_process_finds_its_storage() {
    let mut local = Local::new();
    let script = "test -z \"${JUJU_STORAGE_ID:-}\" || record $JUJU_STORAGE_ID $JUJU_STORAGE_KIND\n\
                  test $hook = data-storage-attached || exit 0\n\
                  test \"$JUJU_STORAGE_LOCATION\" = \"$(storage-get location)\" && echo kept > $JUJU_STORAGE_LOCATION/file";
    local.deploy("app", STORAGE, script, 1);
    local.settle();
    let mut record = local.record("app/0")[..4].to_vec();
    record.sort();
    let expected = ["data-storage-attached", "data/0 filesystem", "disk-storage-attached", "disk/1 block"]
        .map(str::to_owned);
    assert_eq!(record, expected);
    let location = local.model.storage(&StorageId::new("data", 0)).unwrap().location.clone().unwrap();
    assert_eq!(std::fs::read_to_string(format!("{location}/file")).unwrap(), "kept\n");
}

/// Which storages there are a hook learns once, when it first asks.
#[test]
fn the_list_of_storages_is_fixed_once_a_hook_has_read_it() {
    let mut model = Model::new(0);
    let declared = "storage:\n  data: {type: filesystem, multiple: {range: 0-3}}\n";
    model.deploy("app", charm("app", declared), 1).unwrap();
    settle(&mut model);
    model.add_storage(&unit("app/0"), "data", 1).unwrap();
    settle(&mut model);
    let mut context = hook(&mut model, "app/0");
    assert_eq!(ok(&mut model, &mut context, "storage-list --format=json"), "[\"data/0\"]");
    model.add_storage(&unit("app/0"), "data", 1).unwrap();
    assert_eq!(ok(&mut model, &mut context, "storage-list --format=json"), "[\"data/0\"]");
    model.finish(context, &Exit::Code(0));
    assert_eq!(in_hook(&mut model, "app/0", &["storage-list --format=json"]), ["[\"data/0\",\"data/1\"]"]);
}

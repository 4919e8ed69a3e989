//! Upgrades of real charms: which files are there afterwards.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod local;

use std::fs;

use local::{Local, unit, write_executable};

#[test]
fn the_new_revision_s_files_are_there_before_upgrade_charm() {
    let mut local = Local::new();
    let source = local.charm_source("hello");
    fs::create_dir_all(source.join("gone/deep")).unwrap();
    for file in ["gone/deep/file", "kept", "becomes-directory"] {
        fs::write(source.join(file), "one").unwrap();
    }
    fs::create_dir(source.join("becomes-file")).unwrap();
    local.deploy("hello", "", "test $hook = start && touch gone/own made; cat kept >> seen; true", 2);
    local.settle();
    fs::remove_dir_all(source.join("gone")).unwrap();
    fs::remove_dir(source.join("becomes-file")).unwrap();
    fs::remove_file(source.join("becomes-directory")).unwrap();
    fs::create_dir(source.join("becomes-directory")).unwrap();
    for file in ["new", "kept", "becomes-file", "becomes-directory/file"] {
        fs::write(source.join(file), "two").unwrap();
    }
    write_executable(&source.join("dispatch"), "#!/bin/sh\necho \"$JUJU_HOOK_NAME $(cat kept)\" >> seen\n");
    local.refresh("hello", "");
    local.settle();
    for name in ["hello/0", "hello/1"] {
        let charm = local.agent.charm_directory(&unit(name));
        let seen = local.file(name, "seen");
        assert!(seen.ends_with("oneupgrade-charm two\nconfig-changed two\n"), "{seen}");
        assert!(!charm.join("gone/deep").exists(), "what the old revision brought is gone");
        assert!(charm.join("gone/own").exists() && charm.join("made").exists(), "what the charm made is not");
        for file in ["new", "becomes-file", "becomes-directory/file"] {
            assert_eq!(fs::read_to_string(charm.join(file)).unwrap(), "two", "{file}");
        }
    }
}

#[test]
fn a_retried_upgrade_charm_finds_the_directory_as_it_left_it() {
    let mut local = Local::new();
    local.deploy("hello", "", "true", 1);
    local.settle();
    write_executable(
        &local.charm_source("hello").join("dispatch"),
        "#!/bin/sh\ntest $JUJU_HOOK_NAME = upgrade-charm || exit 0\necho '#!/bin/sh' > dispatch; exit 1\n",
    );
    local.refresh("hello", "");
    local.settle();
    assert!(local.model.unit(&unit("hello/0")).unwrap().failure.is_none(), "deployed once, run twice");
}

#[test]
fn a_unit_of_the_same_name_begins_with_fresh_files() {
    let mut local = Local::new();
    local.deploy("hello", "", "touch made", 1);
    local.settle();
    local.model.remove_application("hello").unwrap();
    local.settle();
    assert!(local.record("hello/0").contains(&"remove".to_owned()), "what it leaves can be looked at");
    local.deploy("hello", "", "test -e made && exit 1; true", 1);
    local.settle();
    assert_eq!(local.record("hello/0"), ["install", "leader-elected", "config-changed", "start"]);
    assert!(local.model.unit(&unit("hello/0")).unwrap().failure.is_none());
}

#[test]
fn another_agent_in_the_same_place_goes_on_where_the_first_ended() {
    let mut local = Local::new();
    local.deploy("hello", "", "touch made", 1);
    local.settle();
    local.restart_agent();
    let source = local.charm_source("hello");
    local.agent.set_charm("hello", &source);
    local.model.request_update_status();
    local.settle();
    assert_eq!(local.record("hello/0").last().unwrap(), "update-status", "with what the first had made");
}

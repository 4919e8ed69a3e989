//! A state directory that is damaged, held, not to be written or not ours: one clear line, exit 1, nothing lost.

use std::fs::{self, File};
use std::os::unix::fs::{chown, symlink};
use std::path::Path;

use super::unit::{BARE, NOBODY, Unit, copy_all, is_root, set_mode};

/// A unit that has counted to two, in two commits.
fn counted() -> Unit {
    let mut unit = Unit::of(BARE);
    unit.script("config_changed", "count");
    unit.hook("config-changed").run().succeeds();
    unit.hook("config-changed").run().succeeds();
    unit
}

/// The dispatch exits 1 with one line that says this; nothing in the state directory is gone.
#[track_caller]
fn fails_for(unit: &Unit, words: &[&str]) {
    let ran = unit.hook("config-changed").run().fails();
    let log = ran.log();
    let [line] = log.as_slice() else { panic!("{ran:#?}") };
    assert!(line.starts_with("ERROR: "), "{line}");
    for word in words {
        assert!(line.contains(word), "{word:?}: {line}");
    }
    assert_eq!(ran.stderr, "");
    assert!(!line.contains("panicked at"), "{line}");
}

/// What the last words of the error say an operator shall type, typed.
fn way_out(unit: &Unit) -> Vec<String> {
    let log = unit.hook("config-changed").run().fails().log();
    let (_, command) = log[0].rsplit_once("./dispatch ").unwrap();
    command.split(' ').map(str::to_owned).collect()
}

#[test]
fn a_store_whose_settings_are_cut_short() {
    let unit = counted();
    let before = fs::read(unit.state_dir().join("store/db")).unwrap();
    File::options().write(true).open(unit.state_dir().join("store/conf")).unwrap().set_len(3).unwrap();
    fails_for(&unit, &["store/conf: the state is damaged: it is cut short", "./dispatch state reset"]);
    assert_eq!(fs::read(unit.state_dir().join("store/db")).unwrap(), before);

    let words = way_out(&unit);
    assert_eq!(words, ["state", "reset"]);
    unit.operator(&["state", "reset"]).succeeds();
    unit.hook("config-changed").run().succeeds();
    assert_eq!(unit.field("count").as_deref(), Some("1"));
    assert_eq!(fs::read(unit.state_dir().join("damaged-1/store/db")).unwrap(), before, "kept aside");
}

#[test]
fn a_store_that_is_gone_does_not_come_up_empty() {
    let unit = counted();
    fs::remove_dir_all(unit.state_dir().join("store")).unwrap();
    fails_for(&unit, &["the state is gone: 2 commits were acknowledged", "./dispatch state reset"]);
    assert!(!unit.state_dir().join("store").exists());
}

#[test]
fn a_store_that_is_older_than_what_was_acknowledged_is_not_believed() {
    let unit = counted();
    let copy = tempfile::tempdir().unwrap();
    let older = copy.path().join("store");
    copy_all(&unit.state_dir().join("store"), &older);
    unit.hook("config-changed").run().succeeds();
    unit.hook("config-changed").run().succeeds();
    fs::remove_dir_all(unit.state_dir().join("store")).unwrap();
    copy_all(&older, &unit.state_dir().join("store"));
    fails_for(&unit, &["the store is at commit 2, but commit 4 was acknowledged"]);
    assert_eq!(way_out(&unit), ["state", "accept"]);
    unit.operator(&["state", "accept"]).succeeds();
    unit.hook("config-changed").run().succeeds();
    assert_eq!(unit.field("count").as_deref(), Some("3"));
}

#[test]
fn a_store_whose_counter_is_gone_does_not_read_as_empty() {
    let mut unit = counted();
    fs::remove_file(unit.state_dir().join("sequence")).unwrap();
    // Reading alone, too, would see a count of zero.
    unit.script("config_changed", "read colour");
    fails_for(&unit, &["the counter of commits is missing", "./dispatch state accept"]);
    let shown = unit.operator(&["state"]).fails();
    assert!(shown.stderr.contains("the counter of commits is missing"), "{shown:#?}");
    unit.operator(&["state", "accept"]).succeeds();
    assert_eq!(unit.field("count").as_deref(), Some("2"));
}

#[test]
fn a_file_where_the_directory_should_be() {
    let unit = Unit::of(BARE);
    fs::write(unit.state_dir(), "mine").unwrap();
    fails_for(&unit, &[".unit-state"]);
    assert_eq!(fs::read_to_string(unit.state_dir()).unwrap(), "mine");
}

#[test]
fn a_link_where_the_directory_should_be() {
    let mut unit = Unit::of(BARE);
    unit.script("config_changed", "count");
    let elsewhere = tempfile::tempdir().unwrap();
    symlink(elsewhere.path(), unit.state_dir()).unwrap();
    fails_for(&unit, &[".unit-state: is not a directory"]);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    fs::remove_file(unit.state_dir()).unwrap();
    symlink(unit.state_dir(), unit.state_dir()).unwrap();
    fails_for(&unit, &[".unit-state"]);
}

#[test]
fn a_store_that_another_process_holds() {
    let unit = counted();
    let lock = File::open(unit.state_dir().join("lock")).unwrap();
    lock.try_lock().unwrap();
    let holder = format!("held by process {} for more than 5 s", std::process::id());
    fails_for(&unit, &[".unit-state/lock: ", &holder]);
    drop(lock);
    unit.hook("config-changed").run().succeeds();
    assert_eq!(unit.field("count").as_deref(), Some("3"));
}

#[test]
fn damaged_attempts_are_no_reason_to_fail() {
    let mut unit = Unit::of(BARE);
    unit.script("config_changed", "defer not yet");
    unit.hook("config-changed").run().succeeds();
    fs::write(unit.state_dir().join("attempts"), "rubbish").unwrap();
    unit.script("config_changed", "count");
    let ran = unit.hook("update-status").run().succeeds();
    ran.logged("WARNING: ");
    assert_eq!(unit.field("count").as_deref(), Some("1"));
}

#[test]
fn a_marker_that_stands_for_nothing_costs_one_opening_and_goes() {
    let mut unit = counted();
    unit.script("config_changed", "");
    fs::write(unit.state_dir().join("pending"), "").unwrap();
    let ran = unit.hook("update-status").run().succeeds();
    assert!(ran.handlers.is_empty(), "{ran:#?}");
    assert!(!unit.state_dir().join("pending").exists());
}

#[test]
fn a_charm_directory_that_may_not_be_written() {
    let mut unit = Unit::of(BARE);
    unit.script("config_changed", "defer not yet");
    unit.reachable(BARE);
    set_mode(&unit.charm_dir(), 0o555);
    let ran = unit.hook("config-changed").kept_out_by_modes().run();
    set_mode(&unit.charm_dir(), 0o755);
    let line = ran.fails().logged("ERROR: config-changed: ");
    assert!(line.contains(".unit-state: can't create it: Permission denied"), "{line}");
}

#[test]
fn a_state_directory_that_its_owner_closed_to_himself_is_opened_again() {
    let unit = counted();
    set_mode(&unit.state_dir(), 0o500);
    unit.hook("config-changed").run().succeeds();
    assert_eq!(unit.field("count").as_deref(), Some("3"));
}

#[test]
fn a_state_directory_of_another_user() {
    if !is_root() {
        // Only root can give a directory away.
        return;
    }
    let unit = counted();
    unit.reachable(BARE);
    let as_nobody = || unit.hook("config-changed").under_user(NOBODY).run();
    let line = as_nobody().fails().logged("ERROR: ");
    assert!(line.contains(".unit-state/") && line.contains("Permission denied"), "{line}");
    assert!(line.ends_with("chown -R that user"), "{line}");

    // Everything can be read and written now, but for what only the owner may do.
    set_mode(&unit.state_dir(), 0o777);
    let line = as_nobody().fails().logged("ERROR: ");
    assert!(line.contains("belongs to another user (uid 0)") && line.ends_with("chown -R"), "{line}");

    give_away(&unit.state_dir());
    as_nobody().succeeds();
    assert_eq!(unit.field("count").as_deref(), Some("3"), "nothing is lost");
}

fn give_away(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give_away(&entry.unwrap().path());
        }
    }
}

#[test]
fn a_disk_that_takes_no_more() {
    let unit = counted();
    let dispatch = unit.charm_dir().join("dispatch");
    fs::rename(&dispatch, unit.charm_dir().join("charm")).unwrap();
    // A limit on the size of files, in KiB, stands for the full disk: the counter's file meets it, or sled's.
    for limit in [4, 12] {
        let limited = format!("#!/bin/sh\ntrap '' XFSZ\nulimit -f {}\nexec ./charm\n", limit * 2);
        fs::write(&dispatch, limited).unwrap();
        set_mode(&dispatch, 0o755);
        fails_for(&unit, &[".unit-state", "File too large"]);
    }
    fs::rename(unit.charm_dir().join("charm"), &dispatch).unwrap();
    unit.hook("config-changed").run().succeeds();
    assert_eq!(unit.field("count").as_deref(), Some("3"));
}

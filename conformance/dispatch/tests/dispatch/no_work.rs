//! An event without work costs nothing: exit 0, no hook command, no file created, opened for writing or changed.

use std::fs::{self, File};

use super::unit::{BARE, FAKE, SUBJECT, Unit, set_mode, subject};

/// Every hook that the bare charm has no handler for; two of them it doesn't even know.
const WITHOUT_WORK: [&str; 10] = [
    "install",
    "start",
    "update-status",
    "leader-elected",
    "db-relation-changed",
    "workload-pebble-ready",
    "secret-rotate",
    "stop",
    "remove",
    "moon-relation-eclipsed",
];

#[test]
fn without_work_nothing_is_called_and_no_file_changes() {
    let mut unit = Unit::of(BARE);
    // Where nothing was ever stored, and where something is.
    for _ in 0..2 {
        unit.hook("update-status").run().succeeds();
        let before = unit.listing();
        for hook in WITHOUT_WORK {
            // Not even the variables that the event would need.
            let ran = unit.hook(hook).run().succeeds();
            assert!(ran.calls.is_empty() && ran.handlers.is_empty(), "{hook}: {ran:#?}");
            assert_eq!(unit.listing(), before, "{hook}");
        }
        unit.script("config_changed", "count");
        unit.hook("config-changed").run().succeeds();
    }
    assert_eq!(unit.field("count").as_deref(), Some("2"));
}

#[test]
fn a_restricted_hook_without_a_handler_is_no_work_although_the_charm_has_any_and_status() {
    let unit = subject();
    let ran = unit.hook("meter-status-changed").run().succeeds();
    assert!(ran.calls.is_empty() && ran.handlers.is_empty(), "{ran:#?}");
    assert!(!unit.state_dir().exists());
}

#[test]
fn without_work_a_store_that_somebody_holds_is_not_waited_for() {
    let mut unit = Unit::of(BARE);
    unit.script("config_changed", "count");
    unit.hook("config-changed").run().succeeds();
    let lock = File::open(unit.state_dir().join("lock")).unwrap();
    lock.try_lock().unwrap();
    unit.hook("update-status").run().succeeds();
}

#[test]
fn without_work_a_charm_directory_that_nobody_may_write_to_is_enough() {
    let unit = Unit::of(BARE);
    unit.reachable(BARE);
    set_mode(&unit.charm_dir(), 0o555);
    let ran = unit.hook("update-status").kept_out_by_modes().run();
    // So that the directory can be removed.
    set_mode(&unit.charm_dir(), 0o755);
    ran.succeeds();
}

#[test]
fn a_charm_that_only_reads_state_that_was_never_stored_makes_no_store() {
    let mut unit = subject();
    unit.script("update_status", "read colour");
    let ran = unit.hook("update-status").run().succeeds();
    assert!(ran.handled("update_status colour=None"), "{ran:#?}");
    assert!(!unit.state_dir().exists());
}

#[test]
fn a_status_and_a_reconciler_without_state_open_no_store() {
    let mut unit = subject();
    unit.script("config_changed", "count");
    unit.hook("config-changed").run().succeeds();
    unit.script("status", "active ");
    let lock = File::open(unit.state_dir().join("lock")).unwrap();
    lock.try_lock().unwrap();
    let ran = unit.hook("update-status").run().succeeds();
    assert_eq!(ran.calls_of("status-set"), ["-- active "]);
}

/// The executables under test are there, so that the tests above can't pass for want of them.
#[test]
fn the_executables_exist() {
    for executable in [SUBJECT, BARE, FAKE] {
        assert!(fs::metadata(executable).unwrap().len() > 0);
    }
}

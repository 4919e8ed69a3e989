//! Each deferred event runs in a savepoint, and only while what it is about is there.

use super::unit::{Unit, subject};

/// A unit where start, install and upgrade-charm wait, in this order.
fn with_three_waiting() -> Unit {
    let mut unit = subject();
    unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
    for (hook, handler) in [("start", "start"), ("install", "install"), ("upgrade-charm", "upgrade_charm")] {
        unit.script(handler, "defer not yet");
        unit.hook(hook).run().succeeds();
    }
    unit
}

#[test]
fn a_failing_deferred_handler_is_rolled_back_and_the_others_are_kept() {
    let mut unit = with_three_waiting();
    unit.script("start", "store start=1; set cluster start=yes; count");
    unit.script("install", "store install=1; store start=2; set cluster install=yes; count; fail no");
    unit.script("upgrade_charm", "read start; store upgrade=1; set cluster upgrade=yes; count");
    let ran = unit.hook("update-status").run().succeeds();

    assert!(ran.handled("upgrade_charm start=Some(\"1\")"), "{ran:#?}");
    ran.logged("ERROR: deferred install, attempt 1 of 6: handler `install`: no");
    let sent: Vec<_> = ran.calls.iter().filter(|call| call.argv[0] == "relation-set").collect();
    assert_eq!(sent.len(), 1, "{ran:#?}");
    assert_eq!(sent[0].stdin, r#"{"start":"yes","upgrade":"yes"}"#);
    assert_eq!(unit.field("count").as_deref(), Some("2"));
    assert_eq!(unit.field("notes/start").as_deref(), Some("\"1\""));
    assert_eq!(unit.field("notes/install"), None);
    assert_eq!(unit.field("notes/upgrade").as_deref(), Some("\"1\""));
    assert_eq!(unit.queue(), ["2  deferred  install for install: not yet"]);
}

#[test]
fn after_a_roll_back_the_charm_begins_anew_and_keeps_what_was_stored() {
    let mut unit = with_three_waiting();
    unit.script("start", "count; scribble half");
    unit.script("install", "count; scribble broken; panic no");
    unit.script("upgrade_charm", "show; count");
    let ran = unit.hook("update-status").run().succeeds();
    assert!(ran.handled("upgrade_charm scratch=\"\""), "{ran:#?}");
    assert_eq!(unit.field("count").as_deref(), Some("2"));
}

#[test]
fn without_a_roll_back_one_charm_value_serves_the_whole_dispatch() {
    let mut unit = with_three_waiting();
    unit.script("start", "scribble here");
    unit.script("update_status", "show");
    let ran = unit.hook("update-status").run().succeeds();
    assert!(ran.handled("update_status scratch=\"here\""), "{ran:#?}");
}

#[test]
fn a_handler_that_fails_on_its_deferred_event_is_not_run_again_for_an_equal_one() {
    let mut unit = subject();
    unit.script("start", "defer not yet");
    unit.hook("start").run().succeeds();
    unit.script("start", "fail no");
    let ran = unit.hook("start").run().succeeds();
    assert_eq!(ran.names(), ["start", "any", "status", "status_too"]);
    assert_eq!(unit.queue(), ["1  deferred  start for start: not yet"]);
}

#[test]
fn a_failing_deferred_handler_that_went_past_the_stage_fails_the_dispatch() {
    let mut unit = with_three_waiting();
    let before = unit.stored();
    unit.script("start", "send open-port 80; fail no");
    let ran = unit.hook("update-status").run().fails();
    assert_eq!(ran.names(), ["start"]);
    ran.logged("it had sent a command that Juju buffers");
    assert_eq!(unit.stored(), before);
}

/// A unit of which a relation's, a storage's and a secret's event wait.
fn with_subjects() -> Unit {
    let mut unit = subject();
    for handler in ["db_changed", "data_attached", "secret_changed"] {
        unit.script(handler, "defer not yet");
    }
    unit.relation_hook("db-relation-changed", "db:1", "pg/0").run().succeeds();
    // The relation waits already, and Juju is asked for it from now on.
    unit.juju_says("relation-ids --format=json db", r#"["db:1"]"#);
    unit.hook("data-storage-attached").with("JUJU_STORAGE_ID", "data/0").run().succeeds();
    unit.juju_says("storage-list", r#"["data/0"]"#);
    unit.hook("secret-changed").with("JUJU_SECRET_ID", "secret:abc").run().succeeds();
    assert_eq!(unit.queue().len(), 3);
    unit
}

#[test]
fn a_queued_relation_changed_whose_relation_is_gone_is_dropped_and_the_unit_stays_active() {
    let mut unit = with_subjects();
    unit.script("status", "active ");
    unit.juju_says("status-get", r#"{"message":"","status":"active","status-data":{}}"#);
    unit.juju_says("relation-ids --format=json db", "[]");
    let ran = unit.hook("update-status").run().succeeds();
    assert!(!ran.handled("db_changed"), "{ran:#?}");
    ran.logged("INFO: dropped deferred db-relation-changed for `db_changed`: relation db:1 is gone");
    assert!(ran.calls_of("status-set").is_empty(), "it is active, as it was: {ran:#?}");
    assert_eq!(unit.queue().len(), 2);
}

#[test]
fn a_relation_of_the_same_endpoint_is_not_the_one_that_is_gone() {
    let mut unit = with_subjects();
    unit.juju_says("relation-ids --format=json db", r#"["db:2","db:10"]"#);
    let ran = unit.hook("update-status").run().succeeds();
    ran.logged("relation db:1 is gone");
}

#[test]
fn a_queued_storage_attached_whose_storage_is_gone_is_dropped() {
    let mut unit = with_subjects();
    unit.juju_says("storage-list --format=json data", r#"["data/1"]"#);
    let ran = unit.hook("update-status").run().succeeds();
    assert!(!ran.handled("data_attached"), "{ran:#?}");
    ran.logged("INFO: dropped deferred data-storage-attached for `data_attached`: storage data/0 is gone");
    assert_eq!(unit.queue().len(), 2);
}

#[test]
fn a_queued_secret_changed_whose_secret_is_gone_is_dropped() {
    for words in [r#"ERROR secret "abc" not found"#, "ERROR permission denied"] {
        let mut unit = with_subjects();
        unit.juju_refuses("secret-get --format=json secret:abc --peek", words);
        let ran = unit.hook("update-status").run().succeeds();
        assert!(!ran.handled("secret_changed"), "{ran:#?}");
        ran.logged("secret:abc is gone, or not granted any more");
        assert_eq!(unit.queue().len(), 2);
    }
}

#[test]
fn events_whose_subjects_are_there_come_again() {
    let mut unit = with_subjects();
    for handler in ["db_changed", "data_attached", "secret_changed"] {
        unit.script(handler, "");
    }
    let ran = unit.hook("update-status").run().succeeds();
    assert_eq!(ran.names()[..3], ["db_changed", "data_attached", "secret_changed"]);
    assert_eq!(unit.queue(), ["nothing is deferred"]);
}

#[test]
fn where_juju_does_not_say_whether_the_subject_is_there_the_entry_waits_and_holds_up_nobody() {
    let mut unit = with_subjects();
    unit.juju_refuses("relation-ids", "ERROR connection is shut down");
    unit.script("secret_changed", "");
    for _ in 0..7 {
        let ran = unit.hook("update-status").run().succeeds();
        ran.logged(
            "WARNING: deferred db-relation-changed for `db_changed` waits on: Juju refused `relation-ids`",
        );
        assert!(ran.handled("update_status") && !ran.handled("db_changed"), "{ran:#?}");
    }
    let queue = unit.queue();
    assert!(queue[0].starts_with("1  deferred  db-relation-changed for db_changed"), "{queue:#?}");
    assert_eq!(queue.len(), 2, "the secret's event was handled: {queue:#?}");
}

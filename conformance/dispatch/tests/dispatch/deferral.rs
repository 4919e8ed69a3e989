//! What is deferred, and when it comes again.

use super::unit::{BARE, Unit, subject};

#[test]
fn what_was_deferred_is_handled_before_the_next_event() {
    let mut unit = subject();
    unit.script("config_changed", "defer not yet");
    let ran = unit.hook("config-changed").run().succeeds();
    ran.logged("INFO: deferred config-changed for `config_changed`: not yet");
    assert_eq!(unit.queue(), ["1  deferred  config-changed for config_changed: not yet"]);

    unit.script("config_changed", "");
    let ran = unit.hook("update-status").run().succeeds();
    assert_eq!(ran.names(), ["config_changed", "update_status", "any", "status", "status_too"]);
    assert_eq!(unit.queue(), ["nothing is deferred"]);
}

#[test]
fn a_charm_without_an_update_status_handler_retries_its_deferral_on_update_status() {
    let mut unit = Unit::of(BARE);
    unit.script("config_changed", "count; defer not yet");
    unit.hook("config-changed").run().succeeds();
    unit.script("config_changed", "count");
    assert_eq!(unit.hook("update-status").run().succeeds().names(), ["config_changed"]);
    assert_eq!(unit.field("count").as_deref(), Some("2"));

    let ran = unit.hook("update-status").run().succeeds();
    assert!(ran.handlers.is_empty() && ran.calls.is_empty(), "nothing waits any more: {ran:#?}");
    let before = unit.listing();
    unit.hook("update-status").run().succeeds();
    assert_eq!(unit.listing(), before);
}

#[test]
fn an_event_that_this_revision_does_not_know_wakes_what_waits() {
    let mut unit = subject();
    unit.script("start", "defer not yet");
    unit.hook("start").run().succeeds();
    unit.script("start", "");
    let ran = unit.hook("moon-relation-eclipsed").run().succeeds();
    assert_eq!(ran.handlers, ["start", "cause=Deferred", "any", "status", "status_too"]);
}

#[test]
fn events_come_again_in_order_and_keep_their_place_when_deferred_again() {
    let mut unit = subject();
    for handler in ["install", "start", "upgrade_charm"] {
        unit.script(handler, "defer not yet");
    }
    for hook in ["install", "start", "upgrade-charm"] {
        unit.hook(hook).run().succeeds();
    }
    unit.script("install", "");
    unit.script("start", "defer still not");
    for _ in 0..2 {
        let ran = unit.hook("update-status").run().succeeds();
        let names = ran.names();
        let again: Vec<_> = names.iter().take_while(|name| **name != "update_status").collect();
        assert!(again.ends_with(&[&"start", &"upgrade_charm"]), "{again:?}");
    }
    assert_eq!(
        unit.queue(),
        ["2  deferred  start for start: still not", "3  deferred  upgrade-charm for upgrade_charm: not yet"]
    );
}

#[test]
fn only_the_handler_that_deferred_is_called_again() {
    let mut unit = subject();
    unit.script("config_changed_too", "defer not yet");
    unit.hook("config-changed").run().succeeds();
    unit.script("config_changed_too", "");
    let ran = unit.hook("update-status").run().succeeds();
    assert_eq!(ran.names(), ["config_changed_too", "update_status", "any", "status", "status_too"]);
}

#[test]
fn an_equal_event_runs_its_handler_once_and_the_queue_does_not_grow() {
    let mut unit = subject();
    unit.script("config_changed", "count; defer not yet");
    for round in 1..=3 {
        let ran = unit.hook("config-changed").run().succeeds();
        assert_eq!(ran.names().iter().filter(|name| **name == "config_changed").count(), 1, "{ran:#?}");
        assert!(ran.handled("config_changed_too"), "the other handler has its event: {ran:#?}");
        assert_eq!(unit.field("count"), Some(round.to_string()));
        assert_eq!(unit.queue(), ["1  deferred  config-changed for config_changed: not yet"]);
    }
}

#[test]
fn events_with_different_payloads_are_all_kept_each_with_its_own() {
    let mut unit = subject();
    unit.juju_says("relation-ids --format=json db", r#"["db:1"]"#);
    unit.script("db_changed", "defer not yet");
    unit.relation_hook("db-relation-changed", "db:1", "pg/0").run().succeeds();
    unit.relation_hook("db-relation-changed", "db:1", "pg/1").run().succeeds();
    unit.relation_hook("db-relation-changed", "db:1", "pg/1").with("JUJU_REMOTE_UNIT", "").run().succeeds();
    assert_eq!(unit.queue().len(), 3);
    unit.script("db_changed", "");
    let ran = unit.hook("update-status").run().succeeds();
    let units: Vec<_> = ran.handlers.iter().filter(|line| line.starts_with("unit=")).collect();
    assert_eq!(units, ["unit=Some(\"pg/0\")", "unit=Some(\"pg/1\")", "unit=None"]);
    assert_eq!(unit.queue(), ["nothing is deferred"]);
}

#[test]
fn a_deferred_event_comes_back_as_it_was() {
    let mut unit = subject();
    unit.juju_says("storage-list", r#"["data/0"]"#);
    unit.script("data_attached", "defer not yet");
    unit.script("secret_changed", "defer not yet");
    unit.script("notice", "defer not yet");
    unit.hook("data-storage-attached")
        .with("JUJU_STORAGE_ID", "data/0")
        .with("JUJU_STORAGE_LOCATION", "/srv")
        .with("JUJU_STORAGE_KIND", "filesystem")
        .run()
        .succeeds();
    unit.hook("secret-changed")
        .with("JUJU_SECRET_ID", "secret:abc")
        .with("JUJU_SECRET_LABEL", "tls")
        .run()
        .succeeds();
    unit.hook("workload-pebble-custom-notice")
        .with("JUJU_WORKLOAD_NAME", "workload")
        .with("JUJU_NOTICE_ID", "12")
        .with("JUJU_NOTICE_TYPE", "custom")
        .with("JUJU_NOTICE_KEY", "example.com/done")
        .run()
        .succeeds();
    let ran = unit.hook("start").run().succeeds();
    let expected = [
        "storage=data/0 at Some(\"/srv\")",
        "data_attached",
        "secret=secret:abc label=Some(\"tls\")",
        "secret_changed",
        "notice=12 key=example.com/done",
        "notice",
        "start",
    ];
    assert_eq!(ran.handlers[..expected.len()], expected);
}

#[test]
fn nothing_comes_again_before_actions_stop_remove_and_restricted_hooks() {
    let mut unit = subject();
    unit.script("start", "defer not yet");
    unit.hook("start").run().succeeds();
    let cases = [
        (unit.action("restore"), "restore"),
        (unit.hook("stop"), "stop"),
        (unit.hook("remove"), "remove"),
        (unit.hook("collect-metrics"), "collect_metrics"),
    ];
    for (dispatch, handler) in cases {
        let ran = dispatch.run().succeeds();
        assert!(ran.handled(handler) && !ran.handled("start"), "{ran:#?}");
    }
    let ran = unit.hook("meter-status-changed").run().succeeds();
    assert!(ran.handlers.is_empty() && ran.calls.is_empty(), "{ran:#?}");
    assert_eq!(unit.queue().len(), 1);
}

#[test]
fn what_a_handler_did_before_it_deferred_is_kept() {
    let mut unit = subject();
    unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
    unit.script("start", "store a=1; set cluster ready=yes; defer not yet");
    let ran = unit.hook("start").run().succeeds();
    assert_eq!(ran.calls_of("relation-set"), ["-r cluster:0 --file -"]);
    assert_eq!(unit.field("notes/a").as_deref(), Some("\"1\""));
}

#[test]
fn a_deferred_handler_that_halts_is_done() {
    let mut unit = subject();
    unit.script("start", "defer not yet");
    unit.hook("start").run().succeeds();
    unit.script("start", "store a=1; blocked relate a database");
    let ran = unit.hook("update-status").run().succeeds();
    assert_eq!(ran.calls_of("status-set"), ["-- blocked relate a database"]);
    assert_eq!(unit.field("notes/a").as_deref(), Some("\"1\""));
    assert_eq!(unit.queue(), ["nothing is deferred"]);
}

#[test]
fn when_the_dispatch_fails_the_queue_is_as_it_was_and_all_of_it_runs_again() {
    let mut unit = subject();
    unit.script("install", "count; defer not yet");
    unit.script("start", "defer not yet");
    unit.hook("install").run().succeeds();
    unit.hook("start").run().succeeds();
    let before = unit.stored();

    unit.script("install", "count");
    unit.script("update_status", "fail no");
    let ran = unit.hook("update-status").run().fails();
    assert_eq!(ran.names(), ["install", "start", "update_status"]);
    assert_eq!(unit.stored(), before);

    unit.script("update_status", "");
    unit.hook("update-status").run().succeeds();
    assert_eq!(unit.field("count").as_deref(), Some("3"), "install, the roll-back left out, and again");
    assert_eq!(unit.queue(), ["2  deferred  start for start: not yet"]);
}

//! Options that the charm can't use: the unit is blocked, and nothing else changes.

use super::unit::{Unit, subject};

/// A unit whose operator has set what is no number.
fn mistaken() -> Unit {
    let mut unit = subject();
    unit.juju_says("config-get", r#"{"greeting":"hello","size":"many"}"#);
    unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
    unit
}

const BLOCKED: &str = "-- blocked option size: expected int, got a text";

#[test]
fn the_handler_that_asks_is_left_out_and_the_others_run_and_are_kept() {
    let mut unit = mistaken();
    unit.script("config_changed_too", "count; set cluster a=1");
    unit.script("status", "active all is well");
    let ran = unit.hook("config-changed").run().succeeds();
    assert_eq!(ran.names(), ["config_changed_too", "any", "status", "status_too"]);
    assert_eq!(ran.calls_of("relation-set").len(), 1);
    assert_eq!(ran.calls_of("status-set"), [BLOCKED]);
    assert_eq!(unit.field("count").as_deref(), Some("1"));
    ran.logged("INFO: `config_changed` ended with blocked: option size: expected int, got a text (at ");

    // Set right, the next config-changed finds its handler again.
    unit.juju_says("config-get", r#"{"greeting":"hello","size":3}"#);
    let ran = unit.hook("config-changed").run().succeeds();
    assert!(ran.handled("config_changed"));
    assert_eq!(ran.calls_of("status-set"), ["-- active all is well"]);
}

#[test]
fn a_dispatch_that_does_not_ask_does_not_find_out() {
    let unit = mistaken();
    let ran = unit.hook("update-status").run().succeeds();
    assert!(ran.handled("update_status"));
    assert!(ran.calls_of("config-get").is_empty() && ran.calls_of("status-set").is_empty(), "{ran:#?}");
}

#[test]
fn options_that_juju_does_not_give_are_no_mistake_of_the_operator() {
    let mut unit = subject();
    unit.juju_refuses("config-get", "ERROR connection is shut down");
    let ran = unit.hook("config-changed").run().fails();
    ran.logged("ERROR: config-changed: handler `config_changed`: ");
    assert!(ran.calls_of("status-set").is_empty());
}

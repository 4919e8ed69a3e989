//! The status at the end: who says it, which one is shown, and when Juju is told.

use super::unit::{Unit, subject};

fn update_status(unit: &Unit) -> super::unit::Ran {
    unit.hook("update-status").run().succeeds()
}

fn juju_shows(unit: &mut Unit, status: &str, message: &str) {
    let shown = serde_json::json!({ "status": status, "message": message, "status-data": {} });
    unit.juju_says("status-get", &shown.to_string());
}

#[test]
fn without_a_candidate_juju_is_neither_asked_nor_told() {
    assert_eq!(update_status(&subject()).commands(), ["is-leader"]);
}

#[test]
fn the_most_urgent_status_is_shown_and_among_equals_the_first() {
    let cases = [
        ("active fine", "waiting for it", "-- waiting for it"),
        ("waiting for it", "maintenance busy", "-- maintenance busy"),
        ("maintenance busy", "blocked help", "-- blocked help"),
        ("blocked first", "blocked second", "-- blocked first"),
        ("active first", "active second", "-- active first"),
    ];
    for (first, second, shown) in cases {
        let mut unit = subject();
        unit.script("status", first);
        unit.script("status_too", second);
        assert_eq!(update_status(&unit).calls_of("status-set"), [shown], "{first}, {second}");
    }
}

#[test]
fn a_status_that_juju_has_already_is_not_set_again() {
    let mut unit = subject();
    unit.script("status", "waiting for the sun");
    juju_shows(&mut unit, "waiting", "for the sun");
    let ran = update_status(&unit);
    assert_eq!(ran.commands(), ["is-leader", "status-get"]);
    assert_eq!(ran.calls_of("status-get"), ["--include-data --format=json"]);

    juju_shows(&mut unit, "waiting", "for the moon");
    assert_eq!(update_status(&unit).calls_of("status-set"), ["-- waiting for the sun"]);
    juju_shows(&mut unit, "active", "for the sun");
    assert_eq!(update_status(&unit).calls_of("status-set"), ["-- waiting for the sun"]);
}

#[test]
fn a_message_is_one_argument_whatever_it_looks_like() {
    let mut unit = subject();
    unit.script("status", "active --application 'x' $(y)");
    let ran = update_status(&unit);
    let call = ran.calls.iter().find(|call| call.argv[0] == "status-set").unwrap();
    assert_eq!(call.argv[1..], ["--", "active", "--application 'x' $(y)"]);
}

#[test]
fn the_applications_status_is_the_leaders_business() {
    let mut unit = subject();
    unit.script("app_status", "active all well");
    unit.script("status", "active me too");
    let ran = update_status(&unit);
    assert!(!ran.handled("app_status"), "{ran:#?}");
    assert_eq!(ran.calls_of("status-set"), ["-- active me too"]);

    unit.juju_says("is-leader", "true");
    unit.juju_says(
        "status-get --include-data --format=json --application",
        r#"{"application-status":{"message":"","status":"unknown","status-data":{},"units":{}}}"#,
    );
    let ran = update_status(&unit);
    assert!(ran.handled("app_status"), "{ran:#?}");
    assert_eq!(ran.calls_of("status-set"), ["--application -- active all well", "-- active me too"]);
    assert_eq!(ran.calls_of("is-leader").len(), 1);

    unit.juju_says(
        "status-get --include-data --format=json --application",
        r#"{"application-status":{"message":"all well","status":"active","status-data":{},"units":{}}}"#,
    );
    assert_eq!(update_status(&unit).calls_of("status-set"), ["-- active me too"]);
}

#[test]
fn a_halt_is_a_candidate_and_keeps_what_was_done() {
    for (step, shown) in [
        ("blocked set a greeting", "-- blocked set a greeting"),
        ("waiting for a database", "-- waiting for a database"),
        ("maintenance sweeping", "-- maintenance sweeping"),
    ] {
        let mut unit = subject();
        unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
        unit.script("config_changed", &format!("store a=1; set cluster a=1; {step}; store b=1"));
        unit.script("status", "active ");
        let ran = unit.hook("config-changed").run().succeeds();
        assert!(
            ran.handled("config_changed_too") && ran.handled("any"),
            "it ends its handler alone: {ran:#?}"
        );
        assert_eq!(ran.calls_of("relation-set").len(), 1);
        assert_eq!(ran.calls_of("status-set"), [shown]);
        assert_eq!(unit.field("notes/a").as_deref(), Some("\"1\""));
        assert_eq!(unit.field("notes/b"), None);
    }
}

#[test]
fn a_halt_out_of_a_status_method_is_the_status() {
    let mut unit = subject();
    unit.script("status", "halt relate a database");
    assert_eq!(update_status(&unit).calls_of("status-set"), ["-- blocked relate a database"]);
}

#[test]
fn a_status_method_that_fails_fails_the_dispatch_and_nothing_is_kept() {
    let mut unit = subject();
    unit.script("update_status", "count");
    unit.script("status", "active ");
    unit.script("status_too", "fail no idea");
    let ran = unit.hook("update-status").run().fails();
    ran.logged("ERROR: update-status: status method `status_too`: no idea");
    assert_eq!(ran.commands(), Vec::<&str>::new());
    assert_eq!(unit.stored().0, 0);
}

#[test]
fn a_status_method_that_writes_to_a_databag_comes_too_late_and_is_told_so() {
    let mut unit = subject();
    unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
    unit.script("update_status", "count");
    unit.script("status", "set cluster a=1; active ");
    let ran = unit.hook("update-status").run().fails();
    ran.logged("ERROR: update-status: status method: it staged a write");
    assert!(ran.calls_of("status-set").is_empty(), "{ran:#?}");
    assert_eq!(unit.stored().0, 0);

    // Writing what is there already asks for nothing.
    unit.juju_says("relation-get -r cluster:0", r#"{"a":"1"}"#);
    unit.hook("update-status").run().succeeds();
}

#[test]
fn stop_remove_and_restricted_hooks_end_without_a_status() {
    let mut unit = subject();
    unit.script("status", "active ");
    for hook in ["stop", "remove", "collect-metrics"] {
        let ran = unit.hook(hook).run().succeeds();
        assert_eq!(ran.commands(), Vec::<&str>::new(), "{hook}");
        assert!(!ran.handled("status"), "{hook}");
    }
}

#[test]
fn a_status_that_juju_refuses_is_a_warning_and_everything_is_kept() {
    for command in ["status-set", "status-get"] {
        let mut unit = subject();
        unit.script("update_status", "count");
        unit.script("status", "active ");
        unit.juju_refuses(command, "ERROR connection is shut down");
        let ran = unit.hook("update-status").run().succeeds();
        let line = ran.logged("WARNING: status not set: ");
        let words = format!("Juju refused `{command}`: connection is shut down");
        assert!(line.contains(&words), "{line}");
        assert_eq!(unit.field("count").as_deref(), Some("1"));
    }
}

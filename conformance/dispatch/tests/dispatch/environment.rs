//! Variables that are missing or malformed: each is named, in one line, and the dispatch exits 1.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use super::unit::{BARE, Dispatch, Ran, Unit, subject};

/// One line of the log that names the variable, nothing else done.
#[track_caller]
fn refuses(dispatch: Dispatch<'_>, variable: &str, problem: &str) {
    let ran = dispatch.run().fails();
    let [line] = ran.log().try_into().unwrap();
    assert!(line.starts_with(&format!("ERROR: environment variable {variable}: ")), "{line}");
    assert!(line.contains(problem), "{line}");
    assert!(ran.handlers.is_empty() && ran.commands().is_empty(), "{ran:#?}");
}

fn not_utf8() -> &'static OsStr {
    OsStr::from_bytes(b"a\xff/0")
}

/// A dispatch that lacks nothing, and the variables that it needs.
fn needs(unit: &Unit) -> Vec<(Dispatch<'_>, &'static str)> {
    let db = |name| unit.relation_hook(name, "db:1", "pg/0");
    let secret =
        || unit.hook("secret-expired").with("JUJU_SECRET_ID", "secret:a").with("JUJU_SECRET_REVISION", "1");
    let notice = || {
        unit.hook("workload-pebble-custom-notice")
            .with("JUJU_WORKLOAD_NAME", "workload")
            .with("JUJU_NOTICE_ID", "1")
            .with("JUJU_NOTICE_TYPE", "custom")
            .with("JUJU_NOTICE_KEY", "example.com/a")
    };
    let check = || {
        unit.hook("workload-pebble-check-failed")
            .with("JUJU_WORKLOAD_NAME", "workload")
            .with("JUJU_PEBBLE_CHECK_NAME", "up")
    };
    vec![
        (unit.hook("install"), "JUJU_DISPATCH_PATH"),
        (db("db-relation-created"), "JUJU_RELATION_ID"),
        (db("db-relation-joined"), "JUJU_RELATION_ID"),
        (db("db-relation-joined"), "JUJU_REMOTE_UNIT"),
        (db("db-relation-changed"), "JUJU_RELATION_ID"),
        (db("db-relation-departed"), "JUJU_RELATION_ID"),
        (db("db-relation-departed"), "JUJU_REMOTE_UNIT"),
        (db("db-relation-broken"), "JUJU_RELATION_ID"),
        (unit.hook("data-storage-attached").with("JUJU_STORAGE_ID", "data/0"), "JUJU_STORAGE_ID"),
        (unit.hook("data-storage-detaching").with("JUJU_STORAGE_ID", "data/0"), "JUJU_STORAGE_ID"),
        (secret(), "JUJU_SECRET_ID"),
        (secret(), "JUJU_SECRET_REVISION"),
        (unit.hook("workload-pebble-ready").with("JUJU_WORKLOAD_NAME", "workload"), "JUJU_WORKLOAD_NAME"),
        (notice(), "JUJU_WORKLOAD_NAME"),
        (notice(), "JUJU_NOTICE_ID"),
        (notice(), "JUJU_NOTICE_TYPE"),
        (notice(), "JUJU_NOTICE_KEY"),
        (check(), "JUJU_WORKLOAD_NAME"),
        (check(), "JUJU_PEBBLE_CHECK_NAME"),
        (unit.action("restore"), "JUJU_ACTION_UUID"),
    ]
}

#[test]
fn a_variable_that_the_event_needs_and_that_is_missing_is_named() {
    let unit = subject();
    for (dispatch, variable) in needs(&unit) {
        refuses(dispatch.without(variable), variable, "not set");
    }
}

#[test]
fn who_runs_an_action_sees_what_was_missing() {
    let ran = subject().action("restore").without("JUJU_ACTION_UUID").run().fails();
    assert!(ran.stderr.contains("JUJU_ACTION_UUID"), "{ran:#?}");
}

#[test]
fn an_empty_one_counts_as_missing() {
    let unit = subject();
    for (dispatch, variable) in needs(&unit) {
        refuses(dispatch.with(variable, ""), variable, "not set");
    }
}

#[test]
fn a_value_that_is_not_utf8_is_an_error_that_names_its_variable() {
    let unit = subject();
    for (dispatch, variable) in needs(&unit) {
        refuses(dispatch.with(variable, not_utf8()), variable, "not UTF-8");
    }
    let optional = unit.relation_hook("db-relation-changed", "db:1", "pg/0");
    refuses(optional.with("JUJU_REMOTE_UNIT", not_utf8()), "JUJU_REMOTE_UNIT", "not UTF-8");
}

#[test]
fn what_the_event_does_not_need_may_be_anything() {
    let unit = subject();
    let ran = unit
        .hook("install")
        .with("JUJU_RELATION_ID", "rubbish")
        .with("JUJU_SECRET_REVISION", "rubbish")
        .with("JUJU_REMOTE_UNIT", not_utf8())
        .with("HOME", not_utf8())
        .run();
    assert!(ran.succeeds().handled("install"));
}

#[test]
fn malformed_values_are_shown() {
    let unit = subject();
    let db =
        |id: &str| unit.relation_hook("db-relation-changed", "db:1", "pg/0").with("JUJU_RELATION_ID", id);
    for id in ["db", "db:", "db:x", ":1", "db:-1", "db:99999999999999999999999"] {
        refuses(db(id), "JUJU_RELATION_ID", &format!("`{id}` is no relation id"));
    }
    let expired = |revision: &str| {
        unit.hook("secret-expired").with("JUJU_SECRET_ID", "secret:a").with("JUJU_SECRET_REVISION", revision)
    };
    for revision in ["one", "-1", "1.5"] {
        refuses(expired(revision), "JUJU_SECRET_REVISION", &format!("`{revision}` is no revision"));
    }
    for path in ["hooks/", "/"] {
        refuses(unit.dispatch(path), "JUJU_DISPATCH_PATH", "names no event");
    }
}

#[test]
fn a_unit_name_that_is_none_is_named_where_it_is_needed() {
    for bad in ["subject", "subject/x", "/0", ""] {
        let mut unit = subject();
        unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
        unit.script("install", "set cluster a=1");
        let ran = unit.hook("install").with("JUJU_UNIT_NAME", bad).run().fails();
        ran.logged("environment variable JUJU_UNIT_NAME: ");
        assert!(ran.calls_of("relation-set").is_empty(), "{ran:#?}");
    }
}

#[test]
fn started_without_an_event_it_says_what_it_is_for() {
    let unit = subject();
    let ran: Ran = unit.start(&[]).run().fails();
    ran.logged("./dispatch queue");
}

#[test]
fn a_charm_directory_that_is_not_there_is_named() {
    let mut unit = Unit::of(BARE);
    unit.script("config_changed", "count");
    let ran = unit.hook("config-changed").with("JUJU_CHARM_DIR", "/nonexistent/charm").run().fails();
    ran.logged("ERROR: config-changed: ");
    assert!(!unit.state_dir().exists());
}

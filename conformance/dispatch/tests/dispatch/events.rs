//! Which handlers run for what Juju says, and what becomes of their log and their failure.

use super::unit::subject;

#[test]
fn a_hook_runs_its_handler_once() {
    let ran = subject().hook("install").run().succeeds();
    assert_eq!(ran.names(), ["install", "any", "status", "status_too"]);
}

#[test]
fn every_event_reaches_its_handler_with_what_its_variables_say() {
    let unit = subject();
    let secret = |name| unit.hook(name).with("JUJU_SECRET_ID", "secret:abc").with("JUJU_SECRET_LABEL", "tls");
    let workload = |name| unit.hook(name).with("JUJU_WORKLOAD_NAME", "workload");
    let storage = |name| unit.hook(name).with("JUJU_STORAGE_ID", "data/0");
    let db = |name| unit.relation_hook(name, "db:1", "pg/0");
    let cases = [
        (unit.hook("install"), vec!["install"]),
        (unit.hook("start"), vec!["start"]),
        (unit.hook("stop"), vec!["stop"]),
        (unit.hook("remove"), vec!["remove"]),
        (unit.hook("config-changed"), vec!["greeting=hello", "config_changed", "config_changed_too"]),
        (unit.hook("update-status"), vec!["update_status"]),
        (unit.hook("upgrade-charm"), vec!["upgrade_charm"]),
        (unit.hook("leader-elected"), vec!["leader_elected"]),
        (unit.hook("collect-metrics"), vec!["collect_metrics"]),
        (db("db-relation-created"), vec!["relation=Relation(db:1)", "db_created"]),
        (db("db-relation-joined"), vec!["unit=pg/0", "db_joined"]),
        (db("db-relation-changed"), vec!["unit=Some(\"pg/0\")", "db_changed"]),
        (
            db("db-relation-departed").with("JUJU_DEPARTING_UNIT", "subject/0"),
            vec!["unit=pg/0 departing=ThisUnit", "db_departed"],
        ),
        (db("db-relation-broken"), vec!["db_broken"]),
        (unit.relation_hook("cluster-relation-changed", "cluster:0", "subject/1"), vec!["cluster_changed"]),
        (
            storage("data-storage-attached")
                .with("JUJU_STORAGE_LOCATION", "/srv")
                .with("JUJU_STORAGE_KIND", "filesystem"),
            vec!["storage=data/0 at Some(\"/srv\")", "data_attached"],
        ),
        (storage("data-storage-detaching"), vec!["data_detaching"]),
        (secret("secret-changed"), vec!["secret=secret:abc label=Some(\"tls\")", "secret_changed"]),
        (secret("secret-rotate"), vec!["secret_rotate"]),
        (secret("secret-expired").with("JUJU_SECRET_REVISION", "3"), vec!["revision=3", "secret_expired"]),
        (secret("secret-remove").with("JUJU_SECRET_REVISION", "2"), vec!["revision=2", "secret_remove"]),
        (workload("workload-pebble-ready"), vec!["pebble_ready"]),
        (
            workload("workload-pebble-custom-notice")
                .with("JUJU_NOTICE_ID", "12")
                .with("JUJU_NOTICE_TYPE", "custom")
                .with("JUJU_NOTICE_KEY", "example.com/done"),
            vec!["notice=12 key=example.com/done", "notice"],
        ),
        (
            workload("workload-pebble-check-failed").with("JUJU_PEBBLE_CHECK_NAME", "up"),
            vec!["check=up", "check_failed"],
        ),
        (
            workload("workload-pebble-check-recovered").with("JUJU_PEBBLE_CHECK_NAME", "up"),
            vec!["check_recovered"],
        ),
        (unit.action("backup"), vec!["backup"]),
        (unit.action("restore"), vec!["restore"]),
    ];
    for (dispatch, expected) in cases {
        let ran = dispatch.run().succeeds();
        assert_eq!(ran.handlers[..expected.len()], expected, "{ran:#?}");
    }
}

#[test]
fn a_charm_started_by_hand_needs_the_event_and_path_alone() {
    let unit = subject();
    let ran =
        unit.hook("config-changed").without("JUJU_CHARM_DIR").without("JUJU_UNIT_NAME").run().succeeds();
    assert_eq!(
        ran.handlers,
        [
            "greeting=hello",
            "config_changed",
            "config_changed_too",
            "cause=ConfigChanged",
            "any",
            "status",
            "status_too"
        ]
    );
}

#[test]
fn an_action_runs_although_juju_leaves_its_hook_name_empty() {
    let ran = subject().action("restore").with("JUJU_HOOK_NAME", "").run().succeeds();
    assert!(ran.handled("restore"), "{ran:#?}");
}

#[test]
fn actions_and_hooks_do_not_answer_to_each_others_names() {
    let unit = subject();
    for path in ["actions/install", "hooks/restore"] {
        let ran = unit.dispatch(path).run().succeeds();
        assert!(ran.handlers.is_empty() && ran.calls.is_empty(), "{path}: {ran:#?}");
    }
}

#[test]
fn an_unknown_event_is_an_event_without_a_handler() {
    let ran = subject().hook("moon-relation-eclipsed").run().succeeds();
    assert!(ran.handlers.is_empty() && ran.calls.is_empty(), "{ran:#?}");
}

#[test]
fn an_event_without_a_handler_still_wakes_any_and_status() {
    let ran = subject().relation_hook("website-relation-changed", "website:3", "web/0").run().succeeds();
    assert_eq!(ran.handlers, ["cause=WebsiteRelationChanged", "any", "status", "status_too"]);
}

#[test]
fn a_variable_set_to_nothing_counts_as_unset() {
    let unit = subject();
    let hook = unit.relation_hook("db-relation-changed", "db:1", "pg/0").with("JUJU_REMOTE_UNIT", "");
    assert_eq!(hook.run().succeeds().handlers[0], "unit=None");
}

#[test]
fn a_dispatch_within_a_dispatch_does_nothing() {
    let unit = subject();
    let ran = unit.hook("install").with("OPERATOR_DISPATCH", "1").run().succeeds();
    assert!(ran.handlers.is_empty() && ran.calls.is_empty(), "{ran:#?}");
}

#[test]
fn what_a_dispatch_starts_carries_the_guard() {
    let ran = subject().hook("config-changed").run().succeeds();
    assert!(!ran.calls.is_empty());
    assert!(ran.calls.iter().all(|call| call.guard.as_deref() == Some("1")), "{ran:#?}");
}

#[test]
fn a_failing_handler_fails_the_dispatch_and_says_why_in_jujus_log() {
    let mut unit = subject();
    unit.script("config_changed", "store a=1; log before; fail the disk is on fire");
    let ran = unit.hook("config-changed").run().fails();
    assert_eq!(ran.names(), ["config_changed"], "nothing runs after it");
    assert_eq!(
        ran.log(),
        ["INFO: before", "ERROR: config-changed: handler `config_changed`: the disk is on fire"]
    );
    assert_eq!(ran.commands(), ["config-get"]);
    assert_eq!(ran.stderr, "");
    assert_eq!(unit.stored().0, 0);
}

#[test]
fn a_panicking_handler_fails_the_dispatch_and_the_log_names_the_place() {
    let mut unit = subject();
    unit.script("install", "panic out of cheese");
    let ran = unit.hook("install").run().fails();
    let line = ran.logged("out of cheese");
    assert!(line.starts_with("ERROR: install: handler `install`: panicked at "), "{line}");
    assert!(line.contains("script.rs:"), "{line}");
    assert_eq!(ran.stderr, "", "the panic is told once");
}

#[test]
fn an_endpoint_of_one_relation_gives_it_or_none_and_refuses_two() {
    let mut unit = subject();
    let changed = |unit: &super::unit::Unit| {
        unit.relation_hook("ingress-relation-changed", "ingress:4", "traefik/0").run()
    };
    assert_eq!(changed(&unit).succeeds().handlers[0], "ingress=None");
    unit.juju_says("relation-ids --format=json ingress", r#"["ingress:4"]"#);
    assert_eq!(changed(&unit).succeeds().handlers[0], "ingress=Some(Relation(ingress:4))");
    unit.juju_says("relation-ids --format=json ingress", r#"["ingress:4","ingress:5"]"#);
    changed(&unit).fails().logged("endpoint `ingress`: it has several relations");
}

//! The commands without a file of tests of their own.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{CloudCredential, CloudSpec, Exit, Hook, JujuVersion, Model, RelationId};
use hooks::{call, charm, failure, hook, in_hook, ok, related, settle, unit, until};

#[test]
fn a_resource_is_a_path_without_a_newline() {
    let mut model = Model::new(0);
    let declarations = "resources:\n  software: {type: file, filename: software.zip}\n";
    model.deploy("app", charm("app", declarations), 1).unwrap();
    settle(&mut model);
    let mut context = hook(&mut model, "app/0");
    for (words, code, printed) in [
        ("resource-get", 2, "ERROR missing required resource name\n"),
        ("resource-get software x", 2, "ERROR unrecognized args: [\"x\"]\n"),
        ("resource-get software", 1, "ERROR could not download resource: resource \"software\" not found\n"),
        ("resource-get x", 1, "ERROR could not download resource: resource \"x\" not found\n"),
    ] {
        assert_eq!(call(&mut model, &mut context, words), (code, printed.to_owned()), "{words}");
    }
    model.finish(context, &Exit::Code(0));
    model.attach_resource("app", "software", "/resources/software.zip").unwrap();
    let hooks = settle(&mut model);
    assert_eq!(
        hooks,
        ["app/0 upgrade-charm", "app/0 config-changed"],
        "a resource counts as part of the charm"
    );
    let mut context = hook(&mut model, "app/0");
    let path = call(&mut model, &mut context, "resource-get software");
    assert_eq!(path, (0, "/resources/software.zip".to_owned()));
    let error = model.attach_resource("app", "x", "/x").unwrap_err().to_string();
    assert_eq!(error, "application \"app\" has no resource \"x\" (its charm has: software)");
}

#[test]
fn an_upgrade_is_followed_by_config_changed() {
    let mut model = related(1);
    model.refresh("app", charm("app", hooks::PROVIDER)).unwrap();
    model.set_config("app", [("x", "y")]).unwrap_err();
    assert_eq!(settle(&mut model), ["app/0 upgrade-charm", "app/0 config-changed"]);
    assert_eq!(settle(&mut model), [""; 0]);

    // In error a unit isn't upgraded before its hook has succeeded.
    let context = hook(&mut model, "app/0");
    model.finish(context, &Exit::Code(1));
    model.refresh("app", charm("app", hooks::PROVIDER)).unwrap();
    assert_eq!(settle(&mut model), ["app/0 update-status", "app/0 upgrade-charm", "app/0 config-changed"]);
    // A unit that is new has the newest charm.
    model.add_units("app", 1).unwrap();
    assert!(!settle(&mut model).contains(&"app/1 upgrade-charm".to_owned()));
}

#[test]
fn the_cloud_is_for_whom_the_operator_trusts() {
    let mut model = related(1);
    let mut context = hook(&mut model, "app/0");
    let denied = (1, "ERROR cannot access cloud credentials: permission denied\n".to_owned());
    assert_eq!(call(&mut model, &mut context, "credential-get"), denied);
    assert_eq!(call(&mut model, &mut context, "credential-get x").0, 2);
    model.finish(context, &Exit::Code(0));
    model.trust("app", true).unwrap();
    assert_eq!(settle(&mut model), ["app/0 config-changed"]);
    model.set_cloud(CloudSpec {
        kind: "ec2".to_owned(),
        name: "aws".to_owned(),
        region: "eu".to_owned(),
        credential: Some(CloudCredential {
            auth_type: "access-key".to_owned(),
            attributes: [("secret-key".to_owned(), "k".to_owned())].into(),
            redacted: vec!["x".to_owned()],
        }),
        ..CloudSpec::default()
    });
    let shown = in_hook(&mut model, "app/0", &["credential-get --format json"]).remove(0);
    assert_eq!(
        shown,
        "{\"type\":\"ec2\",\"name\":\"aws\",\"region\":\"eu\",\"credential\":{\"auth-type\":\"access-key\",\"attrs\":\
         {\"secret-key\":\"k\"},\"redacted\":[\"x\"]}}"
    );
    assert!(!format!("{model:?}").contains("secret-key"), "nothing secret is shown");
}

#[test]
fn a_reboot_is_asked_for_and_start_runs_again() {
    let mut model = related(1);
    in_hook(&mut model, "app/0", &["juju-reboot"]);
    assert_eq!(settle(&mut model), ["app/0 start"]);
    assert_eq!(settle(&mut model), [""; 0]);

    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "juju-reboot");
    model.finish(context, &Exit::Code(1));
    assert_eq!(settle(&mut model), ["app/0 update-status"], "a failed hook reboots nothing");

    // Now: nothing of the hook is kept, and it runs again.
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "state-set k=v");
    ok(&mut model, &mut context, "juju-reboot --now");
    assert_eq!(context.reboot(), Some(charm_testing::model::Reboot::Now));
    model.finish(context, &Exit::Signal(9));
    assert!(model.unit(&unit("app/0")).unwrap().charm_state().is_empty());
    assert_eq!(settle(&mut model), ["app/0 update-status", "app/0 start"]);
    let mut context = hook(&mut model, "app/0");
    assert_eq!(call(&mut model, &mut context, "juju-reboot x").0, 2);
}

#[test]
fn an_action_cannot_reboot() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", "actions:\n  act: {}\n"), 1).unwrap();
    settle(&mut model);
    model.run_action(&unit("app/0"), "act", serde_json::Map::new()).unwrap();
    let mut context = until(&mut model, "app/0", "act");
    let words = "ERROR juju-reboot is not supported when running an action.\n".to_owned();
    assert_eq!(call(&mut model, &mut context, "juju-reboot"), (1, words));
}

#[test]
fn the_model_at_the_other_end_has_a_uuid() {
    let mut model = related(1);
    let own = model.uuid().to_owned();
    let mut context = hook(&mut model, "web/0");
    let words = "ERROR no relation id specified\n".to_owned();
    assert_eq!(call(&mut model, &mut context, "relation-model-get"), (2, words));
    assert_eq!(ok(&mut model, &mut context, "relation-model-get -r 0"), format!("uuid: {own}"));
    assert!(model.set_remote_model(RelationId(0), "6bf5c1b6-0000-4000-8000-000000000000"));
    let json = ok(&mut model, &mut context, "relation-model-get -r backend:0 --format json");
    assert_eq!(json, "{\"uuid\":\"6bf5c1b6-0000-4000-8000-000000000000\"}");
}

#[test]
fn a_broken_relation_is_listed_by_juju_4_only() {
    for (version, ids) in [(JujuVersion::V3_6, "[]"), (JujuVersion::V4_0, "[\"web:0\"]")] {
        let mut model = related(1);
        model.set_version(version);
        model.remove_relation(RelationId(0)).unwrap();
        let mut context = until(&mut model, "app/0", "web-relation-broken");
        assert_eq!(ok(&mut model, &mut context, "relation-ids web --format json"), ids);
    }
}

#[test]
fn a_failed_pebble_hook_holds_nothing_up() {
    let mut model = related(1);
    let hook = charm_testing::model::PebbleHook {
        container: "workload".to_owned(),
        kind: charm_testing::model::PebbleHookKind::Ready,
    };
    let hook = Hook::Pebble(hook);
    assert_eq!(hook.dispatch_path(), "hooks/workload-pebble-ready");
    let context = model.begin(&unit("app/0"), hook);
    model.finish(context, &Exit::Code(1));
    assert_eq!(failure(&model, "app/0"), None);
    assert_eq!(model.unit(&unit("app/0")).unwrap().agent, charm_testing::model::AgentStatus::Idle);
}

#[test]
fn the_goal_state_shows_what_is_to_be() {
    let mut model = related(1);
    model.add_units("app", 1).unwrap();
    let state = in_hook(&mut model, "web/0", &["goal-state --format json"]).remove(0);
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    assert_eq!(state["units"]["web/0"]["status"], "unknown");
    assert_eq!(state["relations"]["backend"]["app"]["status"], "joined");
    assert_eq!(state["relations"]["backend"]["app/1"]["status"], "allocating");
    model.remove_unit(&unit("app/1")).unwrap();
    model.remove_relation(RelationId(0)).unwrap();
    let state = in_hook(&mut model, "web/0", &["goal-state"]).remove(0);
    let dying = "    app:\n      status: broken\n      since: 2026-01-01 00:00:00Z\n";
    assert!(state.contains(dying) && state.contains("app/1:\n      status: dying"), "{state}");
}

#[test]
fn the_workload_version_is_reported_at_once() {
    let mut model = related(1);
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "application-version-set 1.2");
    let more = call(&mut model, &mut context, "application-version-set 1 2");
    assert_eq!(more, (2, "ERROR unrecognized args: [\"2\"]\n".to_owned()));
    model.finish(context, &Exit::Code(1));
    assert_eq!(model.application("app").unwrap().version, "1.2");
}

#[test]
fn little_but_the_log_works_in_a_restricted_context() {
    let mut model = related(1);
    for restricted in [Hook::CollectMetrics, Hook::MeterStatusChanged] {
        let mut context = model.begin(&unit("app/0"), restricted);
        let words = "ERROR not implemented for restricted context not implemented\n".to_owned();
        for command in ["state-get", "config-get", "is-leader", "secret-ids"] {
            assert_eq!(call(&mut model, &mut context, command), (1, words.clone()), "{command}");
        }
        ok(&mut model, &mut context, "juju-log text");
        for (command, said) in [
            ("status-get", "unknown\n"),
            ("status-get --include-data --format=json", "\"unknown\"\n"),
            ("status-get --application --format=json", "\"unknown\"\n"),
        ] {
            assert_eq!(call(&mut model, &mut context, command), (0, said.to_owned()), "{command}");
        }
        model.finish(context, &Exit::Code(0));
    }
}

#[test]
fn the_charm_s_state_has_limits() {
    let mut model = related(1);
    let value = "v".repeat(64 * 1024);
    let mut context = hook(&mut model, "app/0");
    let words = "ERROR max allowed value size (65536) exceeded: 65537\n".to_owned();
    assert_eq!(call(&mut model, &mut context, &format!("state-set k={value}v")), (1, words));
    for number in 0..32 {
        ok(&mut model, &mut context, &format!("state-set {number}={value}"));
    }
    model.finish(context, &Exit::Code(0));
    // Each is small enough, all together are too much.
    assert!(failure(&model, "app/0").unwrap().contains("max allowed size (2097152) exceeded"));
    assert!(model.unit(&unit("app/0")).unwrap().charm_state().is_empty());
}

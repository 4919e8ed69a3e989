//! The environment in which hooks run.

mod local;

use std::collections::BTreeMap;

use local::{Local, unit};

/// A script that keeps the environment of each kind of hook in a file of its name. `env` of the shell adds some
/// variables of its own, which are left out.
const KEEP: &str = "env > \"env-$hook\"";

fn environment(local: &Local, unit_name: &str, hook: &str) -> BTreeMap<String, String> {
    let text = local.file(unit_name, &format!("env-{hook}"));
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    let shell = ["PWD", "OLDPWD", "SHLVL", "_"];
    pairs
        .filter(|(name, _)| !shell.contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn value<'a>(environment: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    environment.get(name).map(String::as_str)
}

#[test]
fn a_hook_gets_juju_s_variables_and_no_others() {
    let mut local = Local::new();
    local.deploy(
        "hello",
        "",
        &format!("{KEEP}; pwd > dir; cat > stdin; echo $# > args; command -v relation-get > which"),
        1,
    );
    local.settle();
    let install = environment(&local, "hello/0", "install");
    let names: Vec<&str> = install.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "APT_LISTCHANGES_FRONTEND",
            "CHARM_DIR",
            "CLOUD_API_VERSION",
            "DEBIAN_FRONTEND",
            "JUJU_AGENT_SOCKET_ADDRESS",
            "JUJU_AGENT_SOCKET_NETWORK",
            "JUJU_API_ADDRESSES",
            "JUJU_AVAILABILITY_ZONE",
            "JUJU_CHARM_DIR",
            "JUJU_CHARM_FTP_PROXY",
            "JUJU_CHARM_HTTPS_PROXY",
            "JUJU_CHARM_HTTP_PROXY",
            "JUJU_CHARM_NO_PROXY",
            "JUJU_CONTEXT_ID",
            "JUJU_DISPATCH_PATH",
            "JUJU_HOOK_NAME",
            "JUJU_MACHINE_ID",
            "JUJU_MODEL_NAME",
            "JUJU_MODEL_UUID",
            "JUJU_PRINCIPAL_UNIT",
            "JUJU_SLA",
            "JUJU_UNIT_NAME",
            "JUJU_VERSION",
            "LANG",
            "PATH",
            "TERM",
        ]
    );
    let charm = local.agent.charm_directory(&unit("hello/0"));
    let charm = charm.to_str().unwrap();
    for (name, expected) in [
        ("CHARM_DIR", charm),
        ("JUJU_CHARM_DIR", charm),
        ("JUJU_HOOK_NAME", "install"),
        ("JUJU_DISPATCH_PATH", "hooks/install"),
        ("JUJU_UNIT_NAME", "hello/0"),
        ("JUJU_MODEL_NAME", "local"),
        ("JUJU_MACHINE_ID", "0"),
        ("JUJU_AGENT_SOCKET_NETWORK", "unix"),
        ("LANG", "C.UTF-8"),
    ] {
        assert_eq!(value(&install, name), Some(expected), "{name}");
    }
    assert!(install["JUJU_CONTEXT_ID"].starts_with("hello/0-install-"), "{}", install["JUJU_CONTEXT_ID"]);
    let start = environment(&local, "hello/0", "start");
    assert_ne!(install["JUJU_CONTEXT_ID"], start["JUJU_CONTEXT_ID"]);

    assert_eq!(local.file("hello/0", "dir").trim(), charm);
    assert_eq!(local.file("hello/0", "stdin"), "");
    assert_eq!(local.file("hello/0", "args").trim(), "0");
    let tools = install["PATH"].split(':').next().unwrap();
    assert_eq!(local.file("hello/0", "which").trim(), format!("{tools}/relation-get"));
}

#[test]
fn relation_hooks_know_their_relation() {
    let mut local = Local::new();
    local.deploy("app", "provides:\n  web: {interface: http}\n", KEEP, 1);
    let changed =
        "test $hook = back-end-relation-created && is-leader | grep -q True && relation-set --app k=v";
    let script = format!("{KEEP}; {changed}; cp env-$hook env-$hook-${{JUJU_REMOTE_UNIT:+unit}}; true");
    local.deploy("web", "requires:\n  back-end: {interface: http}\n", &script, 1);
    local.model.integrate("web:back-end", "app:web").unwrap();
    local.settle();
    local.model.remove_unit(&unit("app/0")).unwrap();
    local.settle();
    for (hook, remote_unit, departing) in [
        ("created", "", None),
        ("joined", "app/0", None),
        ("changed", "app/0", None),
        ("departed", "app/0", Some("app/0")),
    ] {
        let environment = environment(&local, "web/0", &format!("back-end-relation-{hook}"));
        assert_eq!(value(&environment, "JUJU_RELATION"), Some("back-end"), "{hook}");
        assert_eq!(value(&environment, "JUJU_RELATION_ID"), Some("back-end:0"), "{hook}");
        assert_eq!(value(&environment, "JUJU_REMOTE_APP"), Some("app"), "{hook}");
        // Set in any case: where no unit is meant, to nothing.
        assert_eq!(value(&environment, "JUJU_REMOTE_UNIT"), Some(remote_unit), "{hook}");
        assert_eq!(value(&environment, "JUJU_DEPARTING_UNIT"), departing, "{hook}");
        assert_eq!(environment["JUJU_HOOK_NAME"], format!("back-end-relation-{hook}"));
    }
    // The one that goes is told so.
    let departed = environment(&local, "app/0", "web-relation-departed");
    assert_eq!(value(&departed, "JUJU_REMOTE_UNIT"), Some("web/0"));
    assert_eq!(value(&departed, "JUJU_DEPARTING_UNIT"), Some("app/0"));
    let broken = environment(&local, "app/0", "web-relation-broken");
    assert_eq!(value(&broken, "JUJU_REMOTE_UNIT"), Some(""));
    assert_eq!(value(&broken, "JUJU_REMOTE_APP"), Some("web"));
    assert_eq!(value(&broken, "JUJU_DEPARTING_UNIT"), None);
}

#[test]
fn a_change_of_application_data_names_no_unit() {
    let mut local = Local::new();
    local.deploy(
        "app",
        "provides:\n  web: {interface: http}\n",
        "test -z \"${JUJU_RELATION:-}\" || env > \"env-$hook${JUJU_REMOTE_UNIT:+-unit}\"",
        1,
    );
    local.deploy("web", "requires:\n  backend: {interface: http}\n", "", 1);
    local.model.integrate("web", "app:web").unwrap();
    local.settle();
    assert_eq!(local.file("app/0", "env-web-relation-changed"), "", "nothing was written yet");

    let script = "test $hook = update-status || exit 0\nrelation-set --app -r 0 k=v";
    local::write_executable(
        &local.agent.charm_directory(&unit("web/0")).join("dispatch"),
        &format!("#!/bin/sh\nhook=${{JUJU_DISPATCH_PATH#*/}}\n{script}\n"),
    );
    local.model.request_update_status();
    local.settle();
    let changed = environment(&local, "app/0", "web-relation-changed");
    assert_eq!(value(&changed, "JUJU_REMOTE_UNIT"), Some(""));
    assert_eq!(value(&changed, "JUJU_REMOTE_APP"), Some("web"));
}

#[test]
fn actions_know_their_run() {
    let mut local = Local::new();
    local.deploy("hello", "actions:\n  greet: {}\n", KEEP, 1);
    local.settle();
    local.model.run_action(&unit("hello/0"), "greet", serde_json::Map::new()).unwrap();
    local.settle();
    let action = environment(&local, "hello/0", "greet");
    for (name, expected) in [
        ("JUJU_DISPATCH_PATH", "actions/greet"),
        ("JUJU_ACTION_NAME", "greet"),
        ("JUJU_ACTION_UUID", "1"),
        ("JUJU_ACTION_TAG", "action-1"),
        ("JUJU_HOOK_NAME", ""),
    ] {
        assert_eq!(value(&action, name), Some(expected), "{name}");
    }
}

#[test]
fn secret_hooks_know_their_secret() {
    let mut local = Local::new();
    let owner = format!(
        "{KEEP}; case $hook in web-relation-created) secret-add --label own --rotate hourly token=one > id; \
                         secret-grant $(cat id) -r 0; relation-set --app id=$(cat id);;\n\
                         update-status) secret-set $(cat id) token=two;; esac"
    );
    let consumer = format!(
        "{KEEP}; test $hook = backend-relation-changed || exit 0\n\
                            id=$(relation-get --app id app); test -z \"$id\" || secret-get $id --label mine"
    );
    local.deploy("app", "provides:\n  web: {interface: http}\n", &owner, 1);
    local.deploy("web", "requires:\n  backend: {interface: http}\n", &consumer, 1);
    local.model.integrate("web", "app:web").unwrap();
    local.settle();
    let id = local.file("app/0", "id").trim().to_owned();
    local.model.rotate_due(&charm_testing::model::SecretId::parse(&id).unwrap()).unwrap();
    local.settle();
    local.model.request_update_status();
    local.settle();
    for (unit, hook, label, revision) in
        [("web/0", "secret-changed", "mine", None), ("app/0", "secret-rotate", "own", None)]
    {
        let environment = environment(&local, unit, hook);
        assert_eq!(value(&environment, "JUJU_SECRET_ID"), Some(id.as_str()), "{hook}");
        assert_eq!(value(&environment, "JUJU_SECRET_LABEL"), Some(label), "{hook}");
        assert_eq!(value(&environment, "JUJU_SECRET_REVISION"), revision, "{hook}");
    }
    local.write_hook("web/0", "secret-get --label mine --refresh");
    local.model.request_update_status();
    local.settle();
    let removed = environment(&local, "app/0", "secret-remove");
    assert_eq!(value(&removed, "JUJU_SECRET_REVISION"), Some("1"));
}

#[test]
fn the_version_is_the_model_s() {
    let mut local = Local::new();
    local.model.set_version(charm_testing::model::JujuVersion::V4_0);
    local.deploy("hello", "", KEEP, 1);
    local.settle();
    let install = environment(&local, "hello/0", "install");
    assert_eq!(value(&install, "JUJU_VERSION"), Some("4.0.14"));
    assert_eq!(value(&install, "JUJU_SLA"), None, "gone with Juju 3");
}

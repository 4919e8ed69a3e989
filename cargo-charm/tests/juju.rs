//! `cargo charm juju`: the commands, in the words and shapes of Juju's.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod place;

use std::process::Command;

use place::{Outcome, Place};
use serde_json::json;

const HELLO: &str = "config:\n  options:\n    greeting: {type: string, default: Hello, description: What it says}\n    \
                     name: {type: string}\n    times: {type: int, default: 1}\nactions:\n  greet:\n    params:\n      \
                     who: {type: string}\n    required: [who]\n  fail: {}\n  crash: {}\n";

const SCRIPT: &str = "case $hook in\n\
    greet) action-set greeting=\"hello $(action-get who)\" nested.a=1; action-log on the way; echo printed; exit 0;;\n\
    fail) action-fail 'not today'; exit 0;;\n\
    crash) exit 3;;\n\
    start) open-port 80/tcp; application-version-set 1.2;;\n\
    esac\n\
    status-set active \"$(config-get greeting)\"";

fn hello() -> Place {
    let place = Place::new();
    place.charm("hello", HELLO, SCRIPT);
    place.ok(&["deploy", "./hello"]);
    place
}

#[test]
fn status_has_the_shape_that_tools_read() {
    let place = hello();
    let status = place.json(&["status"]);
    assert_eq!(status["model"]["name"], "local");
    assert_eq!(status["model"]["type"], "iaas");
    assert_eq!(status["model"]["model-status"]["current"], "available");
    let application = &status["applications"]["hello"];
    assert_eq!(application["charm"], "local:hello-0");
    assert_eq!(application["charm-origin"], "local");
    assert_eq!((&application["charm-rev"], &application["exposed"]), (&json!(0), &json!(false)));
    assert_eq!(application["base"], json!({"name": "ubuntu", "channel": "24.04"}));
    assert_eq!(application["version"], "1.2");
    assert_eq!(application["application-status"]["current"], "active");
    let unit = &application["units"]["hello/0"];
    assert_eq!(unit["workload-status"]["current"], "active");
    assert_eq!(unit["workload-status"]["message"], "Hello");
    assert_eq!(unit["juju-status"]["current"], "idle");
    assert_eq!(unit["juju-status"]["version"], status["model"]["version"]);
    assert_eq!((&unit["leader"], &unit["machine"]), (&json!(true), &json!("0")));
    assert_eq!(unit["open-ports"], json!(["80/tcp"]));
    assert_eq!(status["machines"]["0"]["juju-status"]["current"], "started");
    assert!(status["controller"]["timestamp"].as_str().unwrap().ends_with('Z'));

    place.ok(&["add-unit", "hello", "-n", "2"]);
    let one = place.json(&["status", "hello/1"]);
    let units = one["applications"]["hello"]["units"].as_object().unwrap();
    assert_eq!(units.keys().collect::<Vec<_>>(), ["hello/1"]);
    let table = place.ok(&["status"]);
    assert!(table.contains("hello/0*  active") && table.starts_with("Model  Controller"), "{table}");
    let yaml = place.ok(&["status", "--format=yaml"]);
    assert!(
        yaml.contains("    units:\n      hello/0:\n        workload-status:\n          current: active\n"),
        "{yaml}"
    );
}

#[test]
fn options_are_shown_set_and_reset() {
    let place = hello();
    let shown = place.json(&["config", "hello"]);
    assert_eq!(shown["application"], "hello");
    assert_eq!(shown["application-config"]["trust"]["value"], false);
    assert_eq!(
        shown["settings"]["greeting"],
        json!({"default": "Hello", "description": "What it says", "source": "default", "type": "string", "value": "Hello"})
    );
    assert_eq!(shown["settings"]["name"], json!({"source": "unset", "type": "string"}));

    place.write("long", "from a file").write("options.yaml", "hello:\n  times: 3\n");
    place.ok(&["config", "hello", "greeting=a=b", "name=@long"]);
    place.ok(&["config", "hello", "--file", "options.yaml"]);
    assert_eq!(place.ok(&["config", "hello", "greeting"]), "a=b\n");
    assert_eq!(place.ok(&["config", "hello", "name"]), "from a file\n");
    assert_eq!(place.json(&["config", "hello"])["settings"]["times"]["value"], 3);
    assert_eq!(place.workload("hello/0"), ("active".to_owned(), "a=b".to_owned()), "config-changed has run");
    place.ok(&["config", "hello", "--reset", "greeting,times"]);
    assert_eq!(place.workload("hello/0").1, "Hello");
    assert_eq!(place.json(&["config", "hello"])["settings"]["times"]["source"], "default");

    place.juju(&["config", "hello", "tmes=1"]).failed_with("unknown option \"tmes\"");
    place.juju(&["config", "hello", "times=x"]).failed_with("expected int, got \"x\"");
    place.juju(&["config", "hello", "tmes"]).failed_with("did you mean \"times\"?");
    place.juju(&["config", "nobody"]).failed_with("application \"nobody\" not found");
    place
        .juju(&["config", "hello", "name=1", "--reset", "name"])
        .failed_with("cannot set and reset \"name\"");
}

#[test]
fn actions_run_and_answer() {
    let place = hello();
    let task = place.json(&["run", "hello/leader", "greet", "who=you"]);
    let task = &task["hello/0"];
    assert_eq!(task["status"], "completed");
    assert_eq!(task["results"]["greeting"], "hello you");
    assert_eq!(task["results"]["nested"], json!({"a": "1"}));
    assert_eq!(task["results"]["return-code"], 0);
    assert_eq!(task["results"]["stdout"], "printed\n");
    assert_eq!(task["log"], json!(["on the way"]));

    place.write("params.yaml", "who: 'from a file'\n");
    let told = place.ok(&["run", "hello/0", "greet", "--params", "params.yaml", "--wait", "5s"]);
    assert_eq!(told, "on the way\ngreeting: hello from a file\nnested:\n  a: \"1\"\nprinted\n");

    let failed = place.juju(&["run", "--format", "json", "hello/0", "fail"]).failed_with("task failed");
    let failed: serde_json::Value = serde_json::from_str(&failed.stdout).unwrap();
    assert_eq!(
        (&failed["hello/0"]["status"], &failed["hello/0"]["message"]),
        (&json!("failed"), &json!("not today"))
    );
    place.juju(&["run", "hello/0", "crash"]).failed_with("with return code 3");
    assert_eq!(place.workload("hello/0").0, "active", "a failed action leaves the unit as it was");
    assert_eq!(place.json(&["show-operation", "3"])["status"], "failed");
    assert_eq!(place.json(&["show-task", "1"])["results"]["greeting"], "hello you");
    place.juju(&["run", "hello/0", "gret"]).failed_with("(not found)");
    place.juju(&["run", "hello/0", "greet"]).failed_with("needs the parameter \"who\"");
    place.juju(&["run", "hello/7", "greet"]).failed_with("unit \"hello/7\" not found");
    place.juju(&["run", "greet"]).failed_with("name at least one unit and the action");
    assert_eq!(place.json(&["actions", "hello"]).as_object().unwrap().len(), 3);
}

#[test]
fn related_applications_see_each_other_until_they_are_parted() {
    let place = Place::new();
    let provide = "case $hook in *-relation-joined) relation-set port=80;; esac; status-set active";
    place.charm("provider", "provides:\n  web: {interface: http}\n", provide);
    let require = "case $hook in *-relation-changed) status-set active \"port $(relation-get port)\";;\n\
                   *-relation-broken) status-set blocked parted;; start) status-set waiting 'to be related';; esac";
    place.charm("requirer", "requires:\n  backend: {interface: http}\n", require);
    place.ok(&["deploy", "./provider", "back"]);
    place.ok(&["deploy", "./requirer", "front", "--channel", "edge", "--base", "ubuntu@22.04", "--to", "0"]);
    assert_eq!(place.workload("front/0"), ("waiting".to_owned(), "to be related".to_owned()));
    place.ok(&["relate", "front:backend", "back"]);
    assert_eq!(place.workload("front/0"), ("active".to_owned(), "port 80".to_owned()));
    let status = place.json(&["status"]);
    let expected =
        json!({"backend": [{"related-application": "back", "interface": "http", "scope": "global"}]});
    assert_eq!(status["applications"]["front"]["relations"], expected);
    assert_eq!(status["applications"]["front"]["base"]["channel"], "22.04");

    let unit = place.json(&["show-unit", "front/0"]);
    let relation = &unit["front/0"]["relation-info"][0];
    assert_eq!((&relation["endpoint"], &relation["related-endpoint"]), (&json!("backend"), &json!("web")));
    assert_eq!(relation["related-units"]["back/0"]["in-scope"], true);
    assert_eq!(relation["related-units"]["back/0"]["data"]["port"], "80");
    assert_eq!(relation["local-unit"]["in-scope"], true);

    place.juju(&["integrate", "front", "back"]).failed_with("already exists");
    place.ok(&["remove-relation", "back", "front", "--force"]);
    assert_eq!(place.workload("front/0").0, "blocked");
    place.juju(&["remove-relation", "back", "front"]).failed_with("relation \"back front\" not found");
}

#[test]
fn a_suspended_relation_ends_for_its_units_until_it_is_resumed() {
    let place = Place::new();
    place.charm("provider", "provides:\n  web: {interface: http}\n", "status-set active");
    let script = "case $hook in web-relation-broken) status-set blocked broken;; web-relation-created) status-set active;; esac";
    place.charm("client", "requires:\n  web: {interface: http}\n", script);
    place.ok(&["deploy", "./provider"]);
    place.ok(&["deploy", "./client"]);
    place.ok(&["integrate", "client", "provider"]);
    let relation =
        place.json(&["show-unit", "client/0"])["client/0"]["relation-info"][0]["relation-id"].to_string();
    place.ok(&["suspend-relation", &relation]);
    assert_eq!(place.workload("client/0").0, "blocked");
    place.ok(&["resume-relation", &relation]);
    assert_eq!(place.workload("client/0").0, "active");
    place.juju(&["suspend-relation", "77"]).failed_with("relation \"77\" not found");
}

#[test]
fn a_subordinate_stands_with_its_principal() {
    let place = Place::new();
    place.charm("principal", "provides:\n  logs: {interface: logs}\n", "status-set active");
    let declarations = "subordinate: true\nrequires:\n  logs: {interface: logs, scope: container}\n";
    place.charm("logger", declarations, "status-set active");
    place.ok(&["deploy", "./principal"]);
    place.ok(&["deploy", "./logger"]);
    place.ok(&["integrate", "logger", "principal"]);
    let status = place.json(&["status"]);
    let logger = &status["applications"]["logger"];
    assert_eq!(logger["subordinate-to"], json!(["principal"]));
    assert!(logger.get("units").is_none(), "Juju shows them below their principals: {logger}");
    assert_eq!(logger["relations"]["logs"][0]["scope"], "container");
    let unit = &status["applications"]["principal"]["units"]["principal/0"]["subordinates"]["logger/0"];
    assert_eq!(unit["workload-status"]["current"], "active");
    assert_eq!(status["machines"].as_object().unwrap().len(), 1);
}

#[test]
fn force_takes_away_what_is_stuck_in_error() {
    let place = Place::new();
    place.charm("stuck", "", "[ $hook != stop ]");
    place.ok(&["deploy", "./stuck"]);
    place.ok(&["remove-unit", "stuck/0"]);
    assert_eq!(place.workload("stuck/0").1, "hook failed: \"stop\"");
    place.ok(&["remove-application", "stuck", "--force"]);
    assert_eq!(place.json(&["status"])["applications"], json!({}));
}

#[test]
fn units_and_applications_go_through_their_last_hooks() {
    let place = hello();
    place.ok(&["add-unit", "hello"]);
    place.ok(&["remove-unit", "--no-prompt", "hello/0"]);
    let hooks = place.hooks();
    assert!(
        hooks.ends_with(&["unit-hello-0 stop".to_owned(), "unit-hello-0 remove".to_owned()])
            || hooks.contains(&"unit-hello-0 remove".to_owned()),
        "{hooks:?}"
    );
    let units = place.json(&["status"])["applications"]["hello"]["units"].clone();
    assert_eq!(units.as_object().unwrap().keys().collect::<Vec<_>>(), ["hello/1"]);
    assert_eq!(units["hello/1"]["leader"], true);
    place.ok(&["remove-unit", "hello", "-n", "1", "--dry-run"]);
    assert!(place.json(&["status"])["applications"]["hello"]["units"]["hello/1"].is_object());
    place.ok(&["remove-application", "--no-prompt", "hello", "--destroy-storage"]);
    assert_eq!(place.json(&["status"])["applications"], json!({}));

    place.ok(&["deploy", "./hello"]);
    let status = place.json(&["status"]);
    assert_eq!(status["applications"]["hello"]["charm"], "local:hello-1");
    assert_eq!(place.workload("hello/0").0, "active", "a unit of an old name begins anew");
    assert_eq!(place.hooks().iter().filter(|hook| *hook == "unit-hello-0 install").count(), 2);
}

#[test]
fn a_refresh_brings_new_files_and_upgrade_charm() {
    let place = hello();
    place.charm("hello", HELLO, "status-set active second");
    place.ok(&["refresh", "hello"]);
    assert!(place.hooks().contains(&"unit-hello-0 upgrade-charm".to_owned()));
    assert_eq!(place.workload("hello/0").1, "second");
    place.charm("other", "", "true");
    place.juju(&["refresh", "hello", "--path", "./other"]).failed_with("with the charm \"other\"");
    place.juju(&["refresh", "nobody"]).failed_with("application \"nobody\" not found");
}

#[test]
fn secrets_of_the_user_are_read_by_those_they_are_granted() {
    let place = Place::new();
    let config = "config:\n  options:\n    account: {type: secret}\n";
    let script = "id=$(config-get account); [ -n \"$id\" ] || exit 0\n\
                  if user=$(secret-get \"$id\" user --refresh); then status-set active \"$user\"; else status-set waiting grant; fi";
    place.charm("reader", config, script);
    place.ok(&["deploy", "./reader"]);
    place.write("password", "hunter2").write("more.yaml", "user: alice\n");
    let uri = place.ok(&[
        "add-secret",
        "account",
        "--file",
        "more.yaml",
        "password#file=password",
        "--info",
        "for tests",
    ]);
    assert!(uri.starts_with("secret:") && uri.ends_with('\n'), "{uri}");
    let uri = uri.trim();
    place.ok(&["config", "reader", &format!("account={uri}")]);
    assert_eq!(place.workload("reader/0").0, "waiting", "it has not been granted");
    place.ok(&["grant-secret", "account", "reader"]);
    place.ok(&["fire", "reader/0", "config-changed"]);
    assert_eq!(place.workload("reader/0"), ("active".to_owned(), "alice".to_owned()));

    let id = uri.strip_prefix("secret:").unwrap();
    let shown = place.json(&["show-secret", "account"]);
    assert_eq!((&shown[id]["owner"], &shown[id]["name"]), (&json!("<model>"), &json!("account")));
    assert_eq!(shown[id]["description"], "for tests");
    assert_eq!(shown[id]["access"][0]["target"], "application-reader");
    assert!(shown[id].get("content").is_none(), "only by --reveal");
    let revealed = place.json(&["show-secret", uri, "--reveal"]);
    assert_eq!(revealed[id]["content"]["Data"], json!({"user": "alice", "password": "hunter2"}));
    let yaml = place.ok(&["show-secret", "account", "--reveal"]);
    assert!(yaml.contains("  content:\n    password: hunter2\n    user: alice\n"), "{yaml}");

    place.ok(&["update-secret", "account", "user=bob", "--name", "renamed"]);
    assert!(place.hooks().contains(&"unit-reader-0 secret-changed".to_owned()));
    assert_eq!(place.workload("reader/0").1, "bob");
    let listed = place.json(&["secrets"]);
    assert_eq!((&listed[id]["revision"], &listed[id]["name"]), (&json!(2), &json!("renamed")));
    assert_eq!(
        place.json(&["show-secret", "renamed", "--revisions"])[id]["revisions"].as_array().unwrap().len(),
        2
    );
    place.ok(&["revoke-secret", "renamed", "reader"]);
    place.ok(&["fire", "reader/0", "config-changed"]);
    assert_eq!(place.workload("reader/0").0, "waiting");
    place.ok(&["remove-secret", "renamed"]);
    assert_eq!(place.json(&["secrets"]), json!({}));

    place.juju(&["add-secret", "x"]).failed_with("a secret needs content");
    let wrong = place.juju(&["add-secret", "x", "PW=hunter2"]).failed_with("secret key \"PW\" not valid");
    assert!(!wrong.stderr.contains("hunter2"));
    let wrong = place.juju(&["add-secret", "x", "hunter2"]).failed_with("without `=`");
    assert!(!wrong.stderr.contains("hunter2"));
    place.juju(&["grant-secret", "nothing", "reader"]).failed_with("secret \"nothing\" not found");
}

#[test]
fn a_bundle_is_deployed_as_a_whole_or_not_at_all() {
    let place = Place::new();
    place.charm("web", "provides:\n  web: {interface: http}\n", "status-set active");
    place.charm("client", "requires:\n  web: {interface: http}\n", "status-set active");
    place.charm("pods", "containers:\n  app: {}\n", "status-set active");
    let idle = "name: idle\nsummary: A test\ndescription: It has nothing to run\n";
    place.write("idle/charmcraft.yaml", idle);
    place.ok(&["deploy", "./web", "before"]);
    let before = place.ok(&["status", "--format", "yaml"]);
    place.write(
        "bundle.yaml",
        "applications:\n  a: {charm: ./web, num_units: 2}\n  b: {charm: ./client}\nrelations:\n- [a, b]\n",
    );
    for (wrong, words) in [
        ("applications:\n  a: {charm: ./web}\n  b: {charm: ./nothing}\n", "there is no directory"),
        (
            "applications:\n  a: {charm: ./web}\n  b: {charm: ./web}\nrelations:\n- [a, b]\n",
            "no relations found",
        ),
        ("applications:\n  a: {charm: ./web, options: {x: 1}}\n", "unknown option \"x\""),
        ("applications:\n  a: {charm: postgresql}\n", "of Charmhub"),
        ("applications:\n  a: {charm: ./web}\nrelations:\n- [a, ghost]\n", "no application `ghost`"),
        (
            "applications:\n  a: {charm: ./web}\n  b: {charm: ./client}\nrelations:\n- ['a:nothing', b]\n",
            "\"nothing\"",
        ),
        ("applications:\n  a: {charm: ./web}\n  before: {charm: ./web}\n", "\"before\" already exists"),
        ("applications:\n  a: {charm: ./web}\n  b: {charm: ./pods}\n", "\"b\" has containers"),
        ("applications:\n  a: {charm: ./web}\n  b: {charm: ./idle}\n", "nothing to run"),
        ("applications: [\n", "wrong.yaml:1:15: this is no YAML"),
    ] {
        place.write("wrong.yaml", wrong);
        place.juju(&["deploy", "./wrong.yaml"]).failed_with(words);
        let without_time = |status: &str| status.split("\ncontroller:").next().map(str::to_owned);
        let after = place.ok(&["status", "--format", "yaml"]);
        assert_eq!(without_time(&after), without_time(&before), "the model is as it was");
    }
    assert_eq!(place.json(&["status"])["applications"].as_object().unwrap().len(), 1);
    place.ok(&["deploy", "./bundle.yaml"]);
    let status = place.json(&["status"]);
    assert_eq!(status["applications"]["a"]["units"].as_object().unwrap().len(), 2);
    assert!(status["applications"]["b"]["relations"]["web"].is_array());
}

#[test]
fn what_can_t_be_deployed_is_told() {
    let place = Place::new();
    place.juju(&["deploy", "postgresql"]).failed_with("the local Juju has no Charmhub");
    place.juju(&["deploy", "ch:postgresql"]).failed_with("such as ./postgresql");
    place.juju(&["deploy", "./nothing"]).failed_with("cannot find ./nothing");
    place.write("empty/file", "");
    place.juju(&["deploy", "./empty"]).failed_with("no charm");
    place.charm("hello", "", "true");
    place.ok(&["deploy", "./hello"]);
    place.juju(&["deploy", "./hello"]).failed_with("application \"hello\" already exists");
    place.juju(&["deploy", "./hello", "Wrong"]).failed_with("invalid application name");
}

#[test]
fn the_log_is_kept_and_filtered() {
    let place = hello();
    place.charm("other", "", "echo complaint >&2; juju-log -l DEBUG detail");
    place.ok(&["deploy", "./other"]);
    let all = place.ok(&["debug-log", "--replay", "--no-tail"]);
    assert!(all.contains("unit-hello-0: ") && all.contains("unit-other-0: "));
    let some = place.ok(&["debug-log", "--include", "other/0", "--level", "WARNING"]);
    assert!(
        !some.is_empty()
            && some.lines().all(|line| line.starts_with("unit-other-0: ") && line.ends_with("complaint"))
    );
    assert_eq!(place.ok(&["debug-log", "-n", "2", "--no-tail"]).lines().count(), 2);
    assert_eq!(place.ok(&["debug-log", "--limit", "0"]), all, "0 means all");
    let modules = place.ok(&["debug-log", "--include-module", "juju.worker"]);
    assert!(modules.contains("ran \"start\" hook") && !modules.contains("complaint"));
    let dated = place.ok(&["debug-log", "--date", "--ms", "--limit", "1"]);
    let words: Vec<&str> = dated.split_whitespace().collect();
    assert_eq!((words[1].len(), words[2].len()), ("2026-01-01".len(), "00:00:00.000".len()), "{dated}");
    place.juju(&["debug-log", "--level", "LOUD"]).failed_with("level \"LOUD\" is none of");
}

#[test]
fn models_are_apart() {
    let place = hello();
    assert_eq!(place.ok(&["switch"]), "local:admin/local\n");
    place.ok(&[
        "add-model",
        "--no-switch",
        "second",
        "--config",
        "agent-version=4.0",
        "--config",
        "test-mode=true",
    ]);
    assert_eq!(place.json(&["status", "--model", "local:admin/second"])["applications"], json!({}));
    assert!(place.json(&["status", "-m", "second"])["model"]["version"].as_str().unwrap().starts_with("4."));
    place.ok(&["deploy", "--model", "second", "./hello", "other"]);
    place.ok(&["switch", "second"]);
    assert!(place.json(&["status"])["applications"]["other"].is_object());
    assert_eq!(place.json(&["model-config"])["test-mode"]["Value"], "true");
    let models = place.json(&["models"]);
    assert_eq!(models["models"].as_array().unwrap().len(), 2);
    assert_eq!(models["current-model"], "second");
    let shown = place.json(&["show-model", "second"]);
    assert_eq!(shown["second"]["short-name"], "second");
    place.ok(&["destroy-model", "second", "--no-prompt", "--destroy-storage"]);
    place.juju(&["status"]).failed_with("model \"second\" not found");
    place.juju(&["status", "-m", "locl"]).failed_with("did you mean \"local\"?");
    place.juju(&["add-model", "../x"]).succeeded();
    place.juju(&["add-model", "UP"]).failed_with("invalid model name");
}

#[test]
fn it_is_juju_by_its_name_and_through_a_wrapper() {
    let place = hello();
    let wrapper = format!("#!/bin/sh\nexec {} charm juju \"$@\"\n", env!("CARGO_BIN_EXE_cargo-charm"));
    place.write("bin/juju", &wrapper);
    let mut call = Command::new("sh");
    call.arg(place.path().join("bin/juju")).args(["status", "--format", "json"]);
    let outcome = Outcome::of(call.env("JUJU_DATA", place.path().join("data")).output().unwrap()).succeeded();
    assert!(outcome.stdout.contains("\"hello/0\""));
    let version = place.json(&["version", "--all"]);
    assert_eq!(version["version"].as_str().unwrap().split('-').count(), 3);
    assert_eq!(place.json(&["whoami"])["user"], "admin");
    assert_eq!(place.json(&["controllers"])["current-controller"], "local");
    place.juju(&["deplyo"]).failed_with("did you mean `juju deploy`?");
    place.juju(&["bootstrap", "lxd"]).failed_with("is not part of the local Juju");
    let help = place.ok(&["help"]);
    for command in
        ["deploy", "integrate", "exec", "resolved", "debug-log", "show-unit", "queue", "fire", "advance"]
    {
        assert!(help.contains(&format!("\n  {command}")), "{command}");
    }
}

#[test]
fn one_event_can_be_fired() {
    let place = hello();
    place.ok(&["fire", "hello/leader", "update-status"]);
    assert_eq!(place.hooks().last().unwrap(), "unit-hello-0 update-status");
    place.juju(&["fire", "hello/0", "update-staus"]).failed_with("did you mean \"update-status\"?");
    place.juju(&["fire", "hello/0", "stop"]).failed_with("can't be fired");
    place
        .juju(&["fire", "hello/0", "web-relation-changed"])
        .failed_with("no relation at the endpoint \"web\"");
    place.juju(&["fire", "hello/0", "secret-changed"]).failed_with("name it by --secret");
    place.juju(&["queue", "hello/0"]).failed_with("has no queue");
}

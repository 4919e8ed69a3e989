//! What an operator does to units: errors resolved, commands run, time let pass, models of Kubernetes.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod place;

use place::Place;
use serde_json::json;

/// A charm that fails in `config-changed` as long as its option says so.
const FRAIL: &str = "config:\n  options:\n    fail: {type: boolean, default: false}\n";
const FAILS: &str =
    "if [ $hook = config-changed ] && [ $(config-get fail) = True ]; then exit 1; fi\nstatus-set active";

/// With two units in error, which wait for their operator however long a test takes.
fn frail() -> Place {
    let place = Place::new();
    place.ok(&["model-config", "automatically-retry-hooks=false"]);
    place.charm("frail", FRAIL, FAILS);
    place.ok(&["deploy", "./frail", "-n", "2"]);
    place.ok(&["config", "frail", "fail=true"]);
    assert_eq!(place.workload("frail/0"), ("error".to_owned(), "hook failed: \"config-changed\"".to_owned()));
    place
}

fn failures(place: &Place, unit: &str) -> usize {
    let log = place.ok(&["debug-log", "--include", unit, "--level", "ERROR"]);
    log.matches("hook \"config-changed\" failed").count()
}

#[test]
fn a_resolved_unit_runs_its_failed_hook_again_at_once() {
    let place = frail();
    place.ok(&["resolved", "frail/0"]);
    assert_eq!(
        (failures(&place, "frail/0"), failures(&place, "frail/1")),
        (2, 1),
        "only the one that is named"
    );
    assert_eq!(place.workload("frail/0").0, "error");
    place.ok(&["config", "frail", "fail=false"]);
    assert_eq!(place.workload("frail/0").0, "error", "a unit in error hears of no new option");
    place.ok(&["resolve", "--all"]);
    assert_eq!(place.workload("frail/0").0, "active");
    assert_eq!(place.workload("frail/1").0, "active");

    place.juju(&["resolved", "frail/0"]).failed_with("unit \"frail/0\" is not in an error state");
    place.juju(&["resolved"]).failed_with("no unit specified: name units in error, or say --all");
    place.juju(&["resolved", "frail/9"]).failed_with("unit \"frail/9\" not found");
    place.ok(&["resolved", "--all"]);
}

#[test]
fn without_retry_the_failed_hook_counts_as_run() {
    let place = frail();
    let before = place.hooks().len();
    place.ok(&["resolved", "--no-retry", "frail/0", "frail/1"]);
    assert_eq!(failures(&place, "frail/0"), 1);
    assert_eq!(place.json(&["status"])["applications"]["frail"]["application-status"]["current"], "active");
    assert_eq!(place.hooks().len(), before, "nothing has run");
}

#[test]
fn a_retry_comes_when_its_back_off_has_passed() {
    let place = frail();
    place.ok(&["advance", "1h"]);
    assert_eq!(failures(&place, "frail/0"), 1, "retries are left to the operator");
    place.ok(&["model-config", "--reset", "automatically-retry-hooks"]);
    assert_eq!(failures(&place, "frail/0"), 2, "it has long been due");
    // Juju waits 5 s before the first retry and twice as long before each next one, give or take 3 %.
    for (attempt, seconds) in [(2, 10), (3, 20), (4, 40), (5, 80), (6, 160)] {
        assert_eq!(failures(&place, "frail/0"), attempt);
        if seconds > 20 {
            // A test may be slow, but not as slow as that.
            place.ok(&["advance", &format!("{}s", seconds / 2)]);
            assert_eq!(failures(&place, "frail/0"), attempt);
        }
        place.ok(&["advance", &format!("{}s", seconds + seconds / 10)]);
        assert_eq!(failures(&place, "frail/0"), attempt + 1);
    }
    place.juju(&["advance", "soon"]).failed_with("write it like 5s, 10m or 1h30m");
    place.juju(&["advance", "500years"]).failed_with("is too long");
}

#[test]
fn update_status_comes_as_often_as_the_model_says() {
    let place = Place::new();
    place.charm("hello", "", "status-set active");
    place.ok(&["deploy", "./hello"]);
    let updates = || place.hooks().iter().filter(|hook| *hook == "unit-hello-0 update-status").count();
    place.ok(&["advance", "3m"]);
    assert_eq!(updates(), 0);
    place.ok(&["advance", "4m"]);
    assert_eq!(updates(), 1, "by itself it comes every 5 minutes, more or less");
    place.ok(&["model-config", "update-status-hook-interval=1h"]);
    place.ok(&["advance", "40m"]);
    assert_eq!(updates(), 1);
    place.ok(&["advance", "40m"]);
    assert_eq!(updates(), 2);
    let shown = place.json(&["model-config"]);
    assert_eq!(shown["update-status-hook-interval"], json!({"Value": "1h", "Source": "model"}));
    assert_eq!(shown["automatically-retry-hooks"], json!({"Value": "true", "Source": "default"}));
    place.juju(&["model-config", "update-status-hook-interval=5s"]).failed_with("is not from 1m to 60m");
    place.juju(&["model-config", "automatically-retry-hooks=no"]).failed_with("neither true nor false");
    place.juju(&["model-config", "agent-version=4.0"]).failed_with("is fixed");
    place.juju(&["model-config", "automaticaly-retry-hooks"]).failed_with("did you mean");
}

#[test]
fn commands_run_where_hooks_run() {
    let place = frail();
    let task = place.json(&["exec", "--unit", "frail/0", "config-get fail; pwd; echo oops >&2"]);
    let task = &task["frail/0"];
    assert_eq!((&task["status"], &task["unit"]), (&json!("completed"), &json!("frail/0")));
    assert_eq!((&task["results"]["return-code"], &task["results"]["stderr"]), (&json!(0), &json!("oops\n")));
    let stdout = task["results"]["stdout"].as_str().unwrap();
    assert!(stdout.starts_with("True\n") && stdout.ends_with("unit-frail-0/charm\n"), "{stdout}");
    assert!(task["timing"]["completed"].is_string());
    assert_eq!(place.ok(&["exec", "-u", "frail/leader", "--", "echo", "a  b", "$HOME"]), "a  b $HOME\n");

    let failed = place.juju(&["exec", "--format=json", "--unit", "frail/0", "status-set blocked; exit 3"]);
    let failed = failed.failed_with("\"3\" on frail/0 with return code 3");
    let failed: serde_json::Value = serde_json::from_str(&failed.stdout).unwrap();
    assert_eq!(failed["frail/0"]["results"], json!({"return-code": 3}));
    place.ok(&["resolved", "--no-retry", "--all"]);

    place.charm("other", "", "status-set active");
    place.ok(&["deploy", "./other"]);
    let both = place.ok(&["exec", "--application", "frail", "echo $JUJU_UNIT_NAME"]);
    assert_eq!(both, "frail/0:\nfrail/0\nfrail/1:\nfrail/1\n");
    let all = place.json(&["exec", "--all", "true"]);
    assert_eq!(all.as_object().unwrap().keys().collect::<Vec<_>>(), ["frail/0", "frail/1", "other/0"]);
    place.ok(&[
        "exec",
        "--unit",
        "other/0,frail/1,other/0",
        "status-set maintenance \"for $JUJU_UNIT_NAME\"",
    ]);
    assert_eq!(place.workload("frail/1").1, "for frail/1");
    let operations = place.json(&["operations"]);
    let last = operations.as_object().unwrap().values().next_back().unwrap();
    assert_eq!((&last["summary"], last["tasks"].as_object().unwrap().len()), (&json!("exec run"), 2));
    assert_eq!(place.json(&["show-task", "3"])["results"]["return-code"], 3);
    place.juju(&["show-task", "77"]).failed_with("task 77 not found");

    place.juju(&["exec", "true"]).failed_with("by --unit, --application or --all");
    place.juju(&["exec", "--unit", "frail/7", "true"]).failed_with("unit \"frail/7\" not found");
    place.juju(&["exec", "--application", "nobody", "true"]).failed_with("application \"nobody\" not found");
}

const PODS: &str = "containers:\n  app: {}\n";
const SAYS: &str =
    "case $hook in app-pebble-*) status-set active \"$hook $JUJU_NOTICE_KEY$JUJU_PEBBLE_CHECK_NAME\";; esac";

#[test]
fn a_charm_with_containers_makes_an_empty_model_one_of_kubernetes() {
    let place = Place::new();
    place.charm("pods", PODS, SAYS).charm("plain", "", "status-set active");
    let outcome = place.juju(&["deploy", "./pods", "-n", "2"]).succeeded();
    assert!(outcome.stderr.contains("Model \"local\" becomes one of Kubernetes"), "{}", outcome.stderr);
    assert_eq!(place.workload("pods/0").1, "app-pebble-ready ");
    let status = place.json(&["status"]);
    assert_eq!((&status["model"]["type"], &status["machines"]), (&json!("caas"), &json!({})));
    assert_eq!(status["applications"]["pods"]["scale"], 2);
    let unit = &status["applications"]["pods"]["units"]["pods/1"];
    assert_eq!(unit["provider-id"], "pods-1");
    assert!(unit["address"].is_string());
    assert!(unit.get("machine").is_none() && unit.get("public-address").is_none(), "{unit}");
    let unit = place.json(&["show-unit", "pods/0"])["pods/0"].clone();
    assert!(unit["address"].is_string() && unit.get("machine").is_none(), "{unit}");
    let table = place.ok(&["status"]);
    assert!(table.contains("Address") && !table.contains("Machine"), "{table}");
    assert_eq!(place.json(&["show-model"])["local"]["model-type"], "caas");
    assert_eq!(place.ok(&["model-config", "type"]), "kubernetes\n");

    place.ok(&["fire", "pods/0", "app-pebble-custom-notice", "--notice", "example.com/a"]);
    assert_eq!(place.workload("pods/0").1, "app-pebble-custom-notice example.com/a");
    place.ok(&["fire", "pods/0", "app-pebble-check-failed", "--check", "up"]);
    assert_eq!(place.workload("pods/0").1, "app-pebble-check-failed up");
    place.ok(&["fire", "pods/0", "app-pebble-ready"]);
    assert_eq!(place.workload("pods/0").1, "app-pebble-ready ");
    place.juju(&["fire", "pods/0", "app-pebble-custom-notice"]).failed_with("give its key by --notice");
    place.juju(&["fire", "pods/0", "ap-pebble-ready"]).failed_with("has no container \"ap\"");
    place.juju(&["fire", "pods/0", "app-pebble-gone"]).failed_with("can't be fired");

    place.ok(&["scale-application", "pods", "3"]);
    place.ok(&["scale-application", "pods", "1"]);
    let units = place.json(&["status"])["applications"]["pods"]["units"].clone();
    assert_eq!(units.as_object().unwrap().keys().collect::<Vec<_>>(), ["pods/0"]);

    // A charm without containers can run there too; one with containers can't run on machines.
    place.ok(&["deploy", "./plain"]);
    place.ok(&["add-model", "machines"]);
    place.ok(&["deploy", "./plain"]);
    let told = place
        .juju(&["deploy", "./pods"])
        .failed_with("model \"machines\" has machines since \"plain\" is in it");
    assert!(told.stderr.contains("juju add-model on-k8s k8s"));
    place.juju(&["scale-application", "plain", "2"]).failed_with("use add-unit and remove-unit");
    place.ok(&["add-model", "on-k8s", "k8s"]);
    assert_eq!(place.json(&["status"])["model"]["type"], "caas");
}

#[test]
fn a_workload_hook_that_fails_is_told_and_leaves_the_unit_well() {
    let place = Place::new();
    place.charm("pods", PODS, "[ ${hook} != app-pebble-check-failed ]");
    place.ok(&["deploy", "./pods"]);
    let fire = ["fire", "pods/0", "app-pebble-check-failed", "--check", "up"];
    place.juju(&fire).failed_with("hook \"app-pebble-check-failed\" of \"pods/0\" failed");
    assert_ne!(place.workload("pods/0").0, "error", "a failed workload hook puts no unit into error");
}

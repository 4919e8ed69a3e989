//! Models of Kubernetes: pods, their containers, and their storage.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;
mod local;

use charm_testing::model::{Exit, JujuVersion, Model, Substrate, UnitName};
use hooks::{call, charm, failure, hook, ok, settle, unit, until};
use local::Local;

const CONTAINERS: &str = "containers:\n  web: {resource: image}\n  db: {resource: image}\n\
                          resources:\n  image: {type: oci-image}\n\
                          config:\n  options:\n    mode: {type: string}\nactions:\n  act: {}\n";
const STORAGE: &str = "storage:\n  data: {type: filesystem}\n";

fn app() -> UnitName {
    unit("app/0")
}

fn deployed(seed: u64, declarations: &str) -> Model {
    let mut model = Model::new(seed);
    model.set_substrate(Substrate::Kubernetes).unwrap();
    model.deploy("app", charm("app", declarations), 1).unwrap();
    model
}

fn at_rest() -> Model {
    let mut model = deployed(0, CONTAINERS);
    settle(&mut model);
    model
}

/// Once a charm is installed, its containers may be ready at any moment at which no hook is queued.
#[test]
fn each_container_is_ready_once_after_install() {
    let mut orders = std::collections::BTreeSet::new();
    for seed in 0..40 {
        let mut model = deployed(seed, CONTAINERS);
        let ran: Vec<String> =
            settle(&mut model).iter().map(|hook| hook["app/0 ".len()..].to_owned()).collect();
        let at = |hook: &str| ran.iter().position(|ran| ran == hook).unwrap();
        assert_eq!(ran.len(), 6, "{ran:?}");
        assert!(at("web-pebble-ready") > at("install") && at("db-pebble-ready") > at("install"));
        assert_eq!(at("leader-elected"), at("install") + 1, "it is queued, and so comes first: {ran:?}");
        assert_eq!(
            at("start"),
            at("config-changed") + 1,
            "start is queued, so nothing comes between: {ran:?}"
        );
        assert_eq!(model.overlooked(), 0);
        orders.insert(ran);
    }
    assert!(orders.len() >= 6, "the seed chooses: {orders:?}");
}

#[test]
fn a_failed_config_changed_holds_back_pebble_ready_but_not_actions() {
    let mut model = at_rest();
    model.set_automatic_retries(false);
    model.set_config("app", [("mode", "new")]).unwrap();
    let context = until(&mut model, "app/0", "config-changed");
    model.finish(context, &Exit::Code(1));
    model.restart_container(&app(), "web").unwrap();
    model.notify(&app(), "db", "example.com/a").unwrap();
    model.run_action(&app(), "act", serde_json::Map::new()).unwrap();
    assert_eq!(settle(&mut model), ["app/0 act"]);
    model.resolve(&app(), true).unwrap();
    let mut ran = settle(&mut model);
    assert_eq!(ran.remove(0), "app/0 config-changed");
    ran.sort();
    assert_eq!(ran, ["app/0 db-pebble-custom-notice", "app/0 web-pebble-ready"]);
    assert_eq!(model.overlooked(), 0);
}

/// A workload hook that fails puts no unit into error, and comes again after 5 s; meanwhile other hooks run.
#[test]
fn a_failed_workload_hook_comes_again() {
    let mut model = at_rest();
    model.set_update_status_interval(None);
    model.restart_container(&app(), "web").unwrap();
    let mut context = until(&mut model, "app/0", "web-pebble-ready");
    ok(&mut model, &mut context, "state-set a=1");
    let failed_at = model.now();
    model.finish(context, &Exit::Code(1));
    assert_eq!(failure(&model, "app/0"), None);
    assert_eq!(model.unit(&app()).unwrap().shown_status().0.as_str(), "unknown");
    assert!(model.unit(&app()).unwrap().charm_state().is_empty());
    model.set_config("app", [("mode", "new")]).unwrap();
    let context = model.next().unwrap();
    assert_eq!((context.hook().name().as_str(), model.now()), ("config-changed", failed_at));
    model.finish(context, &Exit::Code(0));
    let context = model.next().unwrap();
    assert_eq!(context.hook().name(), "web-pebble-ready");
    assert_eq!(model.now(), failed_at.after(std::time::Duration::from_secs(5)));
    model.finish(context, &Exit::Code(0));
    assert_eq!(settle(&mut model), [""; 0]);

    // A model that is to come to rest doesn't try for ever.
    model.set_retries(2);
    model.restart_container(&app(), "web").unwrap();
    let mut attempts = 0;
    while let Some(context) = model.next() {
        attempts += 1;
        model.finish(context, &Exit::Code(1));
    }
    assert_eq!(attempts, 3);
    assert_eq!(model.overlooked(), 0);
}

#[test]
fn what_happens_in_containers_is_told_in_its_order() {
    let mut model = at_rest();
    model.notify(&app(), "web", "example.com/a").unwrap();
    model.fail_check(&app(), "web", "up").unwrap();
    model.recover_check(&app(), "web", "up").unwrap();
    let expected = ["web-pebble-custom-notice", "web-pebble-check-failed", "web-pebble-check-recovered"];
    assert_eq!(settle(&mut model), expected.map(|hook| format!("app/0 {hook}")));
    let error = model.notify(&app(), "wbe", "k").unwrap_err().to_string();
    assert_eq!(error, "unit \"app/0\" has no container \"wbe\" (its charm has: db, web)");
    assert_eq!(model.overlooked(), 0);
}

/// On machines a charm's containers don't exist.
#[test]
fn on_machines_nothing_is_ready() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", CONTAINERS), 1).unwrap();
    assert!(settle(&mut model).iter().all(|hook| !hook.contains("pebble")));
    let error = model.restart_container(&app(), "web").unwrap_err().to_string();
    assert!(error.contains("runs on a machine and has no containers"), "{error}");
    assert!(model.replace_pod(&app()).is_err());
    assert!(model.set_substrate(Substrate::Kubernetes).is_err(), "it is too late to choose");
}

/// On machines storage comes before install, and install waits for it; on Kubernetes it comes after.
#[test]
fn storage_comes_before_install_on_machines_only() {
    for seed in 0..8 {
        let mut model = deployed(seed, STORAGE);
        let ran = settle(&mut model);
        assert_eq!(ran[..2], ["app/0 install", "app/0 leader-elected"]);
        let at = |hook: &str| ran.iter().position(|ran| ran == hook).unwrap();
        assert_eq!(at("app/0 start"), at("app/0 config-changed") + 1);
        assert!(ran.contains(&"app/0 data-storage-attached".to_owned()), "{ran:?}");

        let mut model = Model::new(seed);
        model.deploy("app", charm("app", STORAGE), 1).unwrap();
        assert_eq!(settle(&mut model)[..2], ["app/0 data-storage-attached", "app/0 install"]);
    }
    let mut model = deployed(0, STORAGE);
    let id = model.storages_of(&app()).next().unwrap().id.clone();
    model.set_storage_location(&id, None);
    assert_eq!(settle(&mut model).last().unwrap(), "app/0 start", "nothing waits for it");
    model.set_storage_location(&id, Some("/data"));
    assert_eq!(settle(&mut model), ["app/0 data-storage-attached"]);
    assert_eq!(model.overlooked(), 0);
}

/// On Kubernetes a started unit is told of storage before a hook that is queued, and what was queued is forgotten by it:
/// the config-changed that follows upgrade-charm, if nothing has changed.
#[test]
fn storage_overtakes_a_queued_hook() {
    let mut model = deployed(0, "");
    settle(&mut model);
    model.refresh("app", charm("app", STORAGE)).unwrap();
    assert_eq!(settle(&mut model), ["app/0 upgrade-charm", "app/0 data-storage-attached"]);
    assert_eq!(model.overlooked(), 0);
}

/// What an agent knows of its containers is part of a model that is written down.
#[test]
fn a_kept_model_goes_on_with_its_workload_events() {
    let mut model = at_rest();
    model.restart_container(&app(), "web").unwrap();
    model.notify(&app(), "db", "example.com/a").unwrap();
    model.exec(&app(), "true", None).unwrap();
    let mut kept: Model = serde_json::from_str(&serde_json::to_string(&model).unwrap()).unwrap();
    let ran = settle(&mut kept);
    assert_eq!(ran.len(), 3, "{ran:?}");
    assert_eq!(ran, settle(&mut model));
}

/// When a pod goes, its unit stops. In the next one, which has another address and no charm yet, it upgrades, starts again
/// and finds its containers anew.
#[test]
fn a_replaced_pod_stops_and_starts() {
    let mut model = at_rest();
    let before = model.unit(&app()).unwrap().address;
    model.replace_pod(&app()).unwrap();
    let mut ran = settle(&mut model);
    let order = ["stop", "upgrade-charm", "config-changed", "start"].map(|hook| format!("app/0 {hook}"));
    assert_eq!(ran[..4], order);
    ran[4..].sort();
    assert_eq!(ran[4..], ["app/0 db-pebble-ready", "app/0 web-pebble-ready"]);
    let after = model.unit(&app()).unwrap();
    assert_ne!(after.address, before);
    assert_eq!(after.replaced_pods(), 1);
    assert_eq!(model.overlooked(), 0);

    // What is due but stop waits for the new pod, what failed is forgotten with the old one, and actions still run.
    model.set_automatic_retries(false);
    let context = hook(&mut model, "app/0");
    model.finish(context, &Exit::Code(1));
    model.set_config("app", [("mode", "new")]).unwrap();
    model.run_action(&app(), "act", serde_json::Map::new()).unwrap();
    model.replace_pod(&app()).unwrap();
    let ran = settle(&mut model);
    let order =
        ["act", "stop", "upgrade-charm", "config-changed", "start"].map(|hook| format!("app/0 {hook}"));
    assert_eq!(ran[..5], order);
    assert!(!ran.contains(&"app/0 update-status".to_owned()) && failure(&model, "app/0").is_none());
}

/// Kubernetes waits for a stop only for so long: one that fails is the new pod's error.
#[test]
fn a_stop_that_fails_ends_with_its_pod() {
    let mut model = at_rest();
    model.set_retries(0);
    let context = hook(&mut model, "app/0");
    model.finish(context, &Exit::Code(1));
    model.replace_pod(&app()).unwrap();
    let context = model.next().unwrap();
    assert_eq!(context.hook().name(), "stop");
    model.finish(context, &Exit::Code(1));
    assert!(model.next().is_none());
    let unit = model.unit(&app()).unwrap();
    assert_eq!(unit.failure.as_ref().unwrap().attempts, 1);
    assert_eq!((unit.replaced_pods(), unit.shown_status().1.as_str()), (1, "hook failed: \"stop\""));
}

/// On Kubernetes an agent can't tell its own restart from its pod's: a started unit starts again, and all containers are
/// told again.
#[test]
fn a_restarted_agent_starts_again() {
    let mut model = at_rest();
    model.restart_agent(&app()).unwrap();
    let mut ran = settle(&mut model);
    assert_eq!(ran.remove(0), "app/0 start");
    ran.sort();
    assert_eq!(ran, ["app/0 db-pebble-ready", "app/0 web-pebble-ready"]);
}

#[test]
fn commands_say_what_a_pod_cannot_do() {
    let mut model = at_rest();
    model.trust("app", true).unwrap();
    settle(&mut model);
    let mut context = hook(&mut model, "app/0");
    let ranges = "ERROR port ranges are not supported for k8s applications, please specify a single port\n";
    assert_eq!(call(&mut model, &mut context, "open-port 80-90"), (1, ranges.to_owned()));
    assert_eq!(call(&mut model, &mut context, "open-port 80").0, 0);
    assert!(call(&mut model, &mut context, "credential-get").1.contains("kubernetes"));
    model.set_version(JujuVersion::V4_0);
    let words = "ERROR cannot access cloud credentials: credential-get on a \"caas\" model not supported\n";
    assert_eq!(call(&mut model, &mut context, "credential-get"), (1, words.to_owned()));
    model.finish(context, &Exit::Code(0));
}

#[test]
fn a_pod_is_no_machine() {
    let mut local = Local::new();
    local.model.set_substrate(Substrate::Kubernetes).unwrap();
    local.deploy("app", "", "record \"[$JUJU_MACHINE_ID]\"", 1);
    local.settle();
    assert_eq!(local.take_record("app/0")[..2], ["install", "[]"]);
}

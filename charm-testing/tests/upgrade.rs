//! Upgrades: when units get another revision of their charm, and what comes with it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{Exit, Model, UnitName};
use hooks::{PROVIDER, charm, failure, hook, in_hook, related, settle, unit, until};

const OPTIONS: &str =
    "config:\n  options:\n    kept: {type: string}\n    gone: {type: string}\n    other: {type: string}\n";

fn app() -> UnitName {
    unit("app/0")
}

fn at_rest(declarations: &str) -> Model {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", declarations), 1).unwrap();
    settle(&mut model);
    model
}

#[test]
fn an_upgrade_is_upgrade_charm_and_config_changed() {
    let mut model = at_rest("");
    model.refresh("app", charm("app", "")).unwrap();
    assert_eq!(model.unit(&app()).unwrap().charm_revision(), 0);
    assert_eq!(settle(&mut model), ["app/0 upgrade-charm", "app/0 config-changed"]);
    assert_eq!(model.unit(&app()).unwrap().charm_revision(), 1);
    assert_eq!(model.overlooked(), 0);
}

/// A unit that isn't installed yet begins with the newest revision.
#[test]
fn before_its_first_hook_a_unit_needs_no_upgrade() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", ""), 1).unwrap();
    model.refresh("app", charm("app", "")).unwrap();
    assert!(!settle(&mut model).contains(&"app/0 upgrade-charm".to_owned()));
}

/// An upgrade waits for a failed hook; one that is forced goes over it, and the hook is still to be run, by the new
/// charm. Neither upgrade-charm nor config-changed is run for it.
#[test]
fn only_force_upgrades_a_unit_in_error() {
    for forced in [false, true] {
        let mut model = at_rest("");
        model.set_automatic_retries(false);
        let context = hook(&mut model, "app/0");
        model.finish(context, &Exit::Code(1));
        if forced {
            model.refresh_by_force("app", charm("app", "")).unwrap();
        } else {
            model.refresh("app", charm("app", "")).unwrap();
        }
        assert_eq!(settle(&mut model), [""; 0]);
        assert!(failure(&model, "app/0").is_some());
        assert_eq!(model.unit(&app()).unwrap().charm_revision(), u64::from(forced));
        model.resolve(&app(), true).unwrap();
        let follows: &[&str] = if forced { &[] } else { &["app/0 upgrade-charm", "app/0 config-changed"] };
        let expected: Vec<&str> = ["app/0 update-status"].iter().chain(follows).copied().collect();
        assert_eq!(settle(&mut model), expected, "forced: {forced}");
        assert_eq!(model.overlooked(), 0);
    }
}

/// A failed upgrade-charm that a forced upgrade goes over is itself still to be run.
#[test]
fn a_forced_upgrade_goes_over_a_failed_one() {
    let mut model = at_rest("");
    model.set_automatic_retries(false);
    model.refresh("app", charm("app", "")).unwrap();
    let context = until(&mut model, "app/0", "upgrade-charm");
    model.finish(context, &Exit::Code(1));
    model.refresh_by_force("app", charm("app", "")).unwrap();
    assert_eq!(settle(&mut model), [""; 0]);
    assert_eq!(model.unit(&app()).unwrap().charm_revision(), 2);
    model.resolve(&app(), true).unwrap();
    assert_eq!(settle(&mut model), ["app/0 upgrade-charm", "app/0 config-changed"]);
}

/// Peer relations and storages of the new revision come with it, and a unit is told of them once its own charm knows them.
#[test]
fn new_peers_and_storages_come_with_the_upgrade() {
    let mut model = at_rest("");
    let new = "peers:\n  fellows: {interface: gossip}\nstorage:\n  data: {type: filesystem}\n";
    model.refresh("app", charm("app", new)).unwrap();
    let expected = ["upgrade-charm", "config-changed", "fellows-relation-created", "data-storage-attached"];
    assert_eq!(settle(&mut model), expected.map(|hook| format!("app/0 {hook}")));
    model.refresh("app", charm("app", new)).unwrap();
    assert_eq!(settle(&mut model).len(), 2, "what is there isn't added again");
    assert_eq!((model.relations().count(), model.storages_of(&app()).count()), (1, 1));
    assert_eq!(model.overlooked(), 0);
}

#[test]
fn an_upgrade_that_breaks_something_is_refused() {
    let mut model = related(1);
    for broken in ["", "provides:\n  web: {interface: other}\n", "requires:\n  web: {interface: http}\n"] {
        let error = model.refresh("app", charm("app", broken)).unwrap_err().to_string();
        assert!(error.ends_with("would break relation \"app:web web:backend\""), "{error}");
    }
    model.refresh("app", charm("app", &format!("{PROVIDER}  more: {{interface: http}}\n"))).unwrap();
    assert!(model.refresh("nobody", charm("app", "")).is_err());

    let mut model = at_rest("storage:\n  data: {type: filesystem}\n");
    let error = model.refresh("app", charm("app", "")).unwrap_err().to_string();
    assert!(error.ends_with("in-use storage \"data\" removed"), "{error}");
    let error =
        model.refresh("app", charm("app", "storage:\n  data: {type: block}\n")).unwrap_err().to_string();
    assert!(error.ends_with("existing storage \"data\" type changed"), "{error}");
    assert_eq!(settle(&mut model), [""; 0], "nothing of a refused upgrade happens");
}

/// The configuration stays, without the options that the new revision hasn't or has with another type.
#[test]
fn an_upgrade_keeps_what_it_can_of_the_configuration() {
    let mut model = at_rest(OPTIONS);
    model.set_config("app", [("kept", "a"), ("gone", "b"), ("other", "c")]).unwrap();
    let new = "config:\n  options:\n    kept: {type: string}\n    other: {type: int, default: 3}\n";
    model.refresh("app", charm("app", new)).unwrap();
    let shown: Vec<String> =
        model.config("app").into_iter().map(|(name, value)| format!("{name}={}", value.unwrap())).collect();
    assert_eq!(shown, ["kept=a", "other=3"]);
    model.refresh("app", charm("app", OPTIONS)).unwrap();
    assert_eq!(model.config("app")["gone"], None, "it isn't remembered either");
}

/// A new file of a resource is an upgrade too. Any hook that begins after it was attached brings it along, so that
/// upgrade-charm is run only by a unit that has nothing else to do first.
#[test]
fn a_new_resource_is_an_upgrade() {
    const RESOURCE: &str = "resources:\n  data: {type: file, filename: data.tar}\n";
    let mut model = at_rest(RESOURCE);
    model.attach_resource("app", "data", "/one").unwrap();
    assert_eq!(settle(&mut model), ["app/0 upgrade-charm", "app/0 config-changed"]);
    model.attach_resource("app", "data", "/two").unwrap();
    in_hook(&mut model, "app/0", &[]);
    assert_eq!(settle(&mut model), [""; 0]);

    let mut model = Model::new(0);
    model.deploy("app", charm("app", RESOURCE), 1).unwrap();
    model.attach_resource("app", "data", "/one").unwrap();
    assert!(!settle(&mut model).contains(&"app/0 upgrade-charm".to_owned()), "it was there before install");
}

/// Going back to the configuration that was last told is no change.
#[test]
fn config_changed_is_for_another_configuration_trust_or_address() {
    let mut model = related(1);
    model.refresh("app", charm("app", &format!("{PROVIDER}{OPTIONS}"))).unwrap();
    settle(&mut model);
    model.set_config("app", [("kept", "a")]).unwrap();
    model.set_config("app", [("kept", "b")]).unwrap();
    assert_eq!(settle(&mut model), ["app/0 config-changed"]);
    model.trust("app", true).unwrap();
    assert_eq!(settle(&mut model), ["app/0 config-changed"]);
    model.trust("app", false).unwrap();
    model.trust("app", true).unwrap();
    assert_eq!(settle(&mut model), [""; 0]);

    // The new address is in the databags once config-changed has ended well, and not before.
    let shown = |model: &Model| {
        let relation = model.relations().next().unwrap();
        relation.unit_data(&app()).unwrap()["ingress-address"].clone()
    };
    model.set_address(&app(), "10.9.9.9".parse().unwrap()).unwrap();
    let context = until(&mut model, "app/0", "config-changed");
    model.finish(context, &Exit::Code(1));
    assert_eq!(shown(&model), "10.0.0.10");
    assert_eq!(settle(&mut model), ["app/0 config-changed", "web/0 backend-relation-changed"]);
    assert_eq!(shown(&model), "10.9.9.9");
    assert_eq!(model.overlooked(), 0);
}

/// A new unit has the newest revision and its storages, whatever others that are in error still run.
#[test]
fn a_new_unit_does_not_wait_for_an_old_one_in_error() {
    let mut model = at_rest("");
    model.set_automatic_retries(false);
    let context = hook(&mut model, "app/0");
    model.finish(context, &Exit::Code(1));
    model.refresh("app", charm("app", "storage: {data: {type: filesystem}}\n")).unwrap();
    model.add_units("app", 1).unwrap();
    let ran = settle(&mut model);
    assert_eq!(ran[..2], ["app/1 data-storage-attached", "app/1 install"]);
    assert!(!ran.contains(&"app/1 upgrade-charm".to_owned()), "{ran:?}");
    assert!(failure(&model, "app/0").is_some());
    assert_eq!(model.overlooked(), 0);
}

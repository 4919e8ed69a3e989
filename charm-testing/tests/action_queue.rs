//! Actions in their order, and what keeps them from running.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{ActionStatus, Exit, JujuVersion, Model};
use hooks::{charm, settle, unit};
use serde_json::{Map, Value, json};

const ACTIONS: &str = "actions:
  act:
    params:
      times: {type: integer}
      mood: {type: string, enum: [calm, wild]}
  strict:
    params: {name: {type: string}}
    additionalProperties: false
";

fn at_rest() -> Model {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", ACTIONS), 1).unwrap();
    settle(&mut model);
    model
}

fn params(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[test]
fn actions_run_in_the_order_in_which_they_were_asked_for() {
    let mut model = at_rest();
    let ids: Vec<_> = ["act", "strict", "act"]
        .map(|name| model.run_action(&unit("app/0"), name, Map::new()).unwrap())
        .into();
    assert_eq!(model.cancel_action(ids[1]).unwrap(), ActionStatus::Cancelled);
    assert_eq!(settle(&mut model), ["app/0 act", "app/0 act"]);
    let statuses: Vec<_> = ids.iter().map(|id| model.action(*id).unwrap().status).collect();
    assert_eq!(statuses, [ActionStatus::Completed, ActionStatus::Cancelled, ActionStatus::Completed]);
    assert_eq!(model.cancel_action(ids[0]).unwrap(), ActionStatus::Completed, "it has ended already");
    assert_eq!(model.overlooked(), 0);
}

/// A running action that is cancelled is killed; nothing that it staged is published.
#[test]
fn a_running_action_is_killed() {
    let mut model = at_rest();
    let id = model.run_action(&unit("app/0"), "act", Map::new()).unwrap();
    let mut context = model.next().unwrap();
    hooks::ok(&mut model, &mut context, "state-set a=1");
    assert_eq!(model.cancel_action(id).unwrap(), ActionStatus::Aborting);
    model.finish(context, &Exit::Signal(9));
    assert_eq!(model.action(id).unwrap().status, ActionStatus::Aborted);
    assert!(model.unit(&unit("app/0")).unwrap().charm_state().is_empty());
    assert_eq!(settle(&mut model), [""; 0]);
}

#[test]
fn parameters_must_be_of_their_types() {
    let mut model = at_rest();
    for (action, wrong, words) in [
        ("act", json!({"times": "3"}), "the parameter \"times\" has not the declared type, given \"3\""),
        ("act", json!({"mood": "sad"}), "the parameter \"mood\" has not the declared type, given \"sad\""),
        ("strict", json!({"nmae": "x"}), "the parameter \"nmae\" is not declared"),
    ] {
        let error = model.run_action(&unit("app/0"), action, params(&wrong)).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let other = params(&json!({"times": 3.0, "other": 1}));
    assert!(model.run_action(&unit("app/0"), "act", other.clone()).is_ok(), "Juju 3 lets others through");
    model.set_version(JujuVersion::V4_0);
    assert!(model.run_action(&unit("app/0"), "act", other).is_err(), "Juju 4 doesn't");
}

/// Actions need no more than that no hook is queued: they run between install and config-changed too.
#[test]
fn actions_run_from_install_on() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", ACTIONS), 1).unwrap();
    model.run_action(&unit("app/0"), "act", Map::new()).unwrap();
    let ran = settle(&mut model);
    let order = ["install", "leader-elected", "act", "config-changed", "start"];
    assert_eq!(ran, order.map(|hook| format!("app/0 {hook}")));
}

/// Units on one machine run one hook after another; an action that may run beside others waits for none of them.
#[test]
fn a_parallel_action_needs_no_lock_of_its_machine() {
    let subordinate = "subordinate: true\nrequires:\n  host: {interface: juju-info, scope: container}\n\
                       actions:\n  beside: {parallel: true}\n  alone: {}\n  grouped: {parallel: true, execution-group: g}\n";
    for (name, runs_beside) in [("beside", true), ("alone", false), ("grouped", false)] {
        let mut model = at_rest();
        model.deploy("log", charm("log", subordinate), 0).unwrap();
        model.integrate("log", "app").unwrap();
        settle(&mut model);
        let principal = hooks::hook(&mut model, "app/0");
        model.run_action(&unit("log/0"), name, Map::new()).unwrap();
        let action = model.next();
        assert_eq!(action.is_some(), runs_beside, "{name}");
        if let Some(action) = action {
            // Nor does it hold anybody up.
            model.finish(principal, &Exit::Code(0));
            model.run_action(&unit("app/0"), "act", Map::new()).unwrap();
            let other = model.next().unwrap();
            assert_eq!(other.hook().name(), "act");
            model.finish(other, &Exit::Code(0));
            model.finish(action, &Exit::Code(0));
            assert_eq!(settle(&mut model), [""; 0]);
        } else {
            model.finish(principal, &Exit::Code(0));
            assert_eq!(settle(&mut model), [format!("log/0 {name}")]);
        }
        assert_eq!(model.overlooked(), 0);
    }
}

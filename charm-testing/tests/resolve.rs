//! Units in error: what they still run, and how they get out.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::hook_command::CallError;
use charm_testing::model::{ActionStatus, Exit, HookContext, Model, UnitName};
use hooks::{PROVIDER, REQUIRER, call, charm, failure, hook, in_hook, ok, related, settle, unit, until};
use serde_json::Map;

const ACTIONS: &str = "actions:\n  look: {}\nconfig:\n  options:\n    mode: {type: string}\n";

fn alone() -> Model {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", ACTIONS), 1).unwrap();
    model
}

/// Begins the next hook of all.
fn next(model: &mut Model) -> HookContext {
    model.next().unwrap()
}

/// Has the next hook of all fail, and says which it was.
fn fail(model: &mut Model) -> String {
    let context = next(model);
    let name = context.hook().name();
    model.finish(context, &Exit::Code(1));
    name
}

fn app() -> UnitName {
    unit("app/0")
}

/// A unit at rest whose config-changed has failed, and which isn't retried.
fn in_error() -> Model {
    let mut model = alone();
    settle(&mut model);
    model.set_automatic_retries(false);
    model.set_config("app", [("mode", "new")]).unwrap();
    assert_eq!(fail(&mut model), "config-changed");
    model
}

#[test]
fn without_automatic_retries_a_unit_waits_for_its_operator() {
    let mut model = in_error();
    assert_eq!(settle(&mut model), [""; 0]);
    model.resolve(&app(), true).unwrap();
    assert_eq!(settle(&mut model), ["app/0 config-changed"]);
    assert_eq!(failure(&model, "app/0"), None);
    let error = model.resolve(&app(), true).unwrap_err();
    assert_eq!(error.to_string(), "unit \"app/0\" is not in an error state");
    assert_eq!(model.overlooked(), 0);
}

#[test]
fn a_resolved_hook_is_run_at_once_and_its_back_off_begins_anew() {
    let mut model = alone();
    model.set_retries(1);
    assert_eq!(fail(&mut model), "install");
    assert_eq!(fail(&mut model), "install");
    assert!(model.next().is_none(), "it has been given up");
    let before = model.now();
    model.resolve(&app(), true).unwrap();
    assert_eq!(fail(&mut model), "install");
    assert_eq!(model.now(), before, "no time passes");
    assert_eq!(model.unit(&app()).unwrap().failure.as_ref().unwrap().attempts, 1);
    assert_eq!(settle(&mut model)[0], "app/0 install");
    assert_eq!(model.overlooked(), 0);
}

/// What is resolved without a retry counts as run, and nothing that it staged is published.
#[test]
fn a_skipped_hook_publishes_nothing() {
    let mut model = alone();
    settle(&mut model);
    model.set_automatic_retries(false);
    model.set_config("app", [("mode", "new")]).unwrap();
    let mut context = next(&mut model);
    ok(&mut model, &mut context, "state-set a=1");
    model.finish(context, &Exit::Code(1));
    model.resolve(&app(), false).unwrap();
    assert_eq!(settle(&mut model), [""; 0], "the new configuration counts as told");
    assert!(model.unit(&app()).unwrap().charm_state().is_empty());
    assert_eq!(failure(&model, "app/0"), None);
}

/// What follows a hook follows a skipped one too: start after config-changed, changed after joined.
#[test]
fn what_follows_a_hook_follows_a_skipped_one() {
    let mut model = alone();
    model.set_automatic_retries(false);
    let context = until(&mut model, "app/0", "config-changed");
    model.finish(context, &Exit::Code(1));
    model.resolve(&app(), false).unwrap();
    assert_eq!(settle(&mut model), ["app/0 start"]);

    let mut model = Model::new(0);
    model.set_automatic_retries(false);
    model.deploy("app", charm("app", PROVIDER), 1).unwrap();
    model.deploy("web", charm("web", REQUIRER), 1).unwrap();
    let relation = model.integrate("app", "web").unwrap();
    let context = until(&mut model, "app/0", "web-relation-joined");
    model.finish(context, &Exit::Code(1));
    settle(&mut model);
    model.resolve(&app(), false).unwrap();
    assert_eq!(settle(&mut model), ["app/0 web-relation-changed"]);

    model.remove_relation(relation).unwrap();
    let context = until(&mut model, "app/0", "web-relation-broken");
    model.finish(context, &Exit::Code(1));
    settle(&mut model);
    assert!(model.relation(relation).is_some(), "the unit is still in it");
    model.resolve(&app(), false).unwrap();
    assert_eq!(settle(&mut model), [""; 0]);
    assert!(model.relation(relation).is_none(), "a skipped relation-broken leaves it too");
    assert_eq!(model.overlooked(), 0);
}

/// In error a unit runs actions, and neither relations, storage, secrets, configuration nor the leadership.
#[test]
fn in_error_only_actions_and_commands_run() {
    let storage = "storage:\n  data: {type: filesystem, multiple: {range: 0-2}}\n";
    let mut model = Model::new(0);
    model.deploy("app", charm("app", &format!("{ACTIONS}{PROVIDER}{storage}")), 1).unwrap();
    settle(&mut model);
    model.set_automatic_retries(false);
    model.request_update_status();
    assert_eq!(fail(&mut model), "update-status");
    model.deploy("web", charm("web", REQUIRER), 1).unwrap();
    model.integrate("app", "web").unwrap();
    model.add_storage(&app(), "data", 1).unwrap();
    model.set_config("app", [("mode", "new")]).unwrap();
    let ran = settle(&mut model);
    assert!(ran.iter().all(|hook| hook.starts_with("web/0")), "{ran:?}");
    let action = model.run_action(&app(), "look", Map::new()).unwrap();
    model.exec(&app(), "true", None).unwrap();
    assert_eq!(settle(&mut model), ["app/0 look", "app/0 run-commands"]);
    assert_eq!(model.action(action).unwrap().status, ActionStatus::Completed);
    assert!(failure(&model, "app/0").is_some(), "an action changes nothing about the error");

    model.resolve(&app(), true).unwrap();
    let ran = settle(&mut model);
    let of_app: Vec<&str> = ran.iter().filter_map(|hook| hook.strip_prefix("app/0 ")).collect();
    assert_eq!(
        of_app[..4],
        ["update-status", "web-relation-created", "data-storage-attached", "config-changed"]
    );
    assert_eq!(model.overlooked(), 0);
}

/// A failed action leaves the unit as it was: at rest, or in error with its retry still to come.
#[test]
fn a_failed_action_leaves_its_unit_as_it_was() {
    let mut model = alone();
    settle(&mut model);
    model.run_action(&app(), "look", Map::new()).unwrap();
    assert_eq!(fail(&mut model), "look");
    assert_eq!(failure(&model, "app/0"), None);
    assert_eq!(settle(&mut model), [""; 0]);

    model.request_update_status();
    assert_eq!(fail(&mut model), "update-status");
    let before = model.unit(&app()).unwrap().failure.clone();
    model.run_action(&app(), "look", Map::new()).unwrap();
    assert_eq!(fail(&mut model), "look");
    assert_eq!(model.unit(&app()).unwrap().failure, before);
    assert_eq!(settle(&mut model), ["app/0 update-status"]);
}

#[test]
fn a_unit_that_is_removed_in_error_stays_until_it_is_resolved() {
    let mut model = in_error();
    model.remove_unit(&app()).unwrap();
    assert_eq!(settle(&mut model), [""; 0]);
    model.resolve(&app(), false).unwrap();
    assert_eq!(settle(&mut model), ["app/0 stop", "app/0 remove"]);
    assert!(model.unit(&app()).is_none());
}

/// Who led when leader-elected failed and leads no more has nothing to be told.
#[test]
fn leader_elected_is_skipped_by_who_leads_no_more() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", ""), 2).unwrap();
    let leader = model.leader("app").unwrap().clone();
    let other = unit(if leader == app() { "app/1" } else { "app/0" });
    let context = until(&mut model, &leader.to_string(), "leader-elected");
    model.finish(context, &Exit::Code(1));
    model.set_leader(&other);
    let ran = settle(&mut model);
    assert!(!ran.contains(&format!("{leader} leader-elected")), "{ran:?}");
    assert!(ran.contains(&format!("{other} leader-elected")), "{ran:?}");
    assert_eq!(failure(&model, &leader.to_string()), None);
}

/// An agent that is killed in the middle of a hook comes back in error, and nothing of the hook is published.
#[test]
fn a_killed_agent_comes_back_in_error() {
    let mut model = alone();
    settle(&mut model);
    model.set_automatic_retries(false);
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "state-set a=1");
    model.kill_agent(context);
    assert!(failure(&model, "app/0").is_some());
    assert!(model.unit(&app()).unwrap().charm_state().is_empty());
    assert_eq!(settle(&mut model), [""; 0]);
    model.resolve(&app(), true).unwrap();
    assert_eq!(settle(&mut model), ["app/0 update-status"]);

    let id = model.run_action(&app(), "look", Map::new()).unwrap();
    let context = next(&mut model);
    model.kill_agent(context);
    let action = model.action(id).unwrap();
    assert_eq!((action.status, action.message.as_str()), (ActionStatus::Failed, "action terminated"));
    assert_eq!(failure(&model, "app/0"), None, "an action is never run again, and puts no unit into error");
}

/// Hooks that are ended by SIGTERM or SIGKILL are no failure: they are run again, and before anything else.
#[test]
fn a_terminated_hook_is_queued() {
    for signal in [15, 9] {
        let mut model = alone();
        let context = next(&mut model);
        assert_eq!(context.hook().name(), "install");
        model.finish(context, &Exit::Signal(signal));
        assert_eq!(failure(&model, "app/0"), None);
        model.run_action(&app(), "look", Map::new()).unwrap();
        assert_eq!(settle(&mut model)[0], "app/0 install", "a queued hook holds back actions");
        model.set_config("app", [("mode", "x")]).unwrap();
        let context = next(&mut model);
        model.finish(context, &Exit::Signal(signal));
        model.run_action(&app(), "look", Map::new()).unwrap();
        assert_eq!(settle(&mut model), ["app/0 config-changed", "app/0 look"]);
    }
    let mut model = alone();
    let context = next(&mut model);
    model.finish(context, &Exit::Signal(11));
    assert!(failure(&model, "app/0").is_some(), "a crash is a failure");
}

/// What an agent has read of remote units it keeps across hooks, and loses when it restarts.
#[test]
fn a_restarted_agent_reads_remote_databags_anew() {
    let mut model = related(1);
    in_hook(&mut model, "web/0", &["relation-get -r 0 k app/0"]);
    in_hook(&mut model, "app/0", &["relation-set -r 0 k=new"]);
    assert_eq!(in_hook(&mut model, "web/0", &["relation-get -r 0 k app/0"]), [""]);
    let running = hook(&mut model, "web/0");
    assert!(model.restart_agent(&unit("web/0")).unwrap_err().to_string().contains("runs a hook"));
    model.finish(running, &Exit::Code(0));
    model.restart_agent(&unit("web/0")).unwrap();
    assert_eq!(in_hook(&mut model, "web/0", &["relation-get -r 0 k app/0"]), ["new"]);
    // On a machine nothing else is told of it.
    assert_eq!(settle(&mut model), ["web/0 backend-relation-changed"]);
}

/// A started unit is told of its machine's reboot by another start; one that has never started isn't.
#[test]
fn a_reboot_is_told_by_start() {
    let mut model = alone();
    model.reboot_machine(&app()).unwrap();
    let starts = settle(&mut model).iter().filter(|hook| *hook == "app/0 start").count();
    assert_eq!(starts, 1);
    model.reboot_machine(&app()).unwrap();
    assert_eq!(settle(&mut model), ["app/0 start"]);

    // In the middle of a hook it waits for that one.
    let mut model = in_error();
    model.reboot_machine(&app()).unwrap();
    assert_eq!(settle(&mut model), [""; 0]);
    model.resolve(&app(), true).unwrap();
    assert_eq!(settle(&mut model), ["app/0 config-changed", "app/0 start"]);
    assert_eq!(model.overlooked(), 0);
}

/// Leadership may be lost between `relation-set --app` and the end of the hook: the hook fails, and nothing of it is
/// published. In Juju 3 its secrets are, so that the next attempt meets them; in Juju 4 they aren't.
#[test]
fn a_late_refusal_leaves_secrets_behind_in_juju_3() {
    use charm_testing::model::JujuVersion;
    for (version, left) in [(JujuVersion::V3_6, 1), (JujuVersion::V4_0, 0)] {
        let mut model = related(2);
        model.set_version(version);
        let leader = model.leader("app").unwrap().clone();
        let other = unit(if leader == app() { "app/1" } else { "app/0" });
        let mut context = hook(&mut model, &leader.to_string());
        ok(&mut model, &mut context, "secret-add --label l token=one --owner unit");
        ok(&mut model, &mut context, "relation-set -r 0 --app k=v");
        ok(&mut model, &mut context, "state-set a=1");
        model.set_leader(&other);
        model.finish(context, &Exit::Code(0));
        let cause = failure(&model, &leader.to_string()).unwrap();
        assert_eq!(cause, "cannot apply changes: this unit is not the leader");
        assert!(model.unit(&leader).unwrap().charm_state().is_empty());
        assert_eq!(model.secrets().count(), left, "{version}");
        if left == 1 {
            let mut again = until(&mut model, &leader.to_string(), "update-status");
            let answer: Result<_, CallError> = hooks::run(
                &mut model,
                &mut again,
                &["secret-add", "--label", "l", "token=one", "--owner", "unit"],
            );
            let refused = answer.unwrap().code != 0;
            model.finish(again, &Exit::Code(0));
            assert!(refused || failure(&model, &leader.to_string()).is_some(), "the label is taken");
        }
    }
}

/// A commit that is refused after an action has ended well fails the action and not the unit, with the reason on stderr.
#[test]
fn an_action_whose_changes_are_refused_has_failed() {
    use charm_testing::model::ActionResult;
    let mut model = alone();
    settle(&mut model);
    let id = model.run_action(&app(), "look", Map::new()).unwrap();
    let mut context = next(&mut model);
    assert_eq!(call(&mut model, &mut context, "state-set a=1").0, 0);
    model.record_action_output(id, b"", b"warning\n");
    model.refuse_commit(&app(), "database is down");
    model.finish(context, &Exit::Code(0));
    let action = model.action(id).unwrap();
    assert_eq!(
        (action.status, action.message.as_str()),
        (ActionStatus::Failed, "committing requested changes failed")
    );
    assert_eq!(action.results["return-code"], ActionResult::Text("1".to_owned()));
    assert_eq!(action.results["stderr"], ActionResult::Text("warning\ndatabase is down\n".to_owned()));
    assert!(model.unit(&app()).unwrap().charm_state().is_empty());
    assert_eq!(failure(&model, "app/0"), None);
}

/// A machine doesn't reboot under a hook that runs: that one has to be ended first.
#[test]
fn a_machine_is_not_rebooted_under_a_hook() {
    let mut model = alone();
    settle(&mut model);
    let context = hook(&mut model, "app/0");
    let refused = model.reboot_machine(&app()).unwrap_err().to_string();
    assert!(refused.contains("runs a hook"), "{refused}");
    model.finish(context, &Exit::Code(0));
    model.reboot_machine(&app()).unwrap();
    assert_eq!(settle(&mut model), ["app/0 start"]);
}

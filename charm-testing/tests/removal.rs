//! How units, applications and relations end.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{ActionStatus, Exit, Life, Model, Network, RelationId};
use hooks::{PROVIDER, REQUIRER, charm, failure, in_hook, of, ok, related, settle, story, unit, until};

const FULL: &str = "provides: {web: {interface: http}}\npeers: {fellows: {interface: gossip}}\nstorage: {data: {type: \
                    filesystem}, logs: {type: filesystem}}\nactions: {list: {}}\n";

/// `app` with as many units and all that a charm can have, related to `web` with two, at rest.
fn full(seed: u64, units: u32) -> Model {
    let mut model = Model::new(seed);
    model.deploy("app", charm("app", FULL), units).unwrap();
    model.deploy("web", charm("web", REQUIRER), 2).unwrap();
    model.integrate("app", "web").unwrap();
    story(&mut model);
    model
}

/// All storage detaches; then each relation ends, departed for each member and broken for all but peer relations; then
/// stop; then remove.
#[test]
fn a_unit_ends_in_juju_s_order() {
    for seed in 0..16 {
        let mut model = full(seed, 2);
        model.remove_unit(&unit("app/0")).unwrap();
        let story = story(&mut model);
        let hooks = of(&story, "app/0");
        let mut first = hooks[..2].to_vec();
        first.sort_unstable();
        assert_eq!(first, ["data-storage-detaching", "logs-storage-detaching"], "seed {seed}");
        let web: Vec<&&str> = hooks.iter().filter(|hook| hook.starts_with("web-")).collect();
        let expected = ["web-relation-departed web/0", "web-relation-departed web/1", "web-relation-broken"];
        assert_eq!(web, expected.iter().collect::<Vec<_>>(), "seed {seed}");
        let peers: Vec<&&str> = hooks.iter().filter(|hook| hook.starts_with("fellows-")).collect();
        assert_eq!(peers, [&"fellows-relation-departed app/1"], "seed {seed}: peer relations never break");
        assert_eq!(hooks[6..], ["stop", "remove"], "seed {seed}: {hooks:?}");
        // Those who stay are told that one departs, and of nothing else.
        for web in ["web/0", "web/1"] {
            assert_eq!(of(&story, web), ["backend-relation-departed app/0"], "seed {seed}");
        }
        let fellow: Vec<&str> =
            of(&story, "app/1").into_iter().filter(|hook| *hook != "leader-elected").collect();
        assert_eq!(fellow, ["fellows-relation-departed app/0"], "seed {seed}");
        assert_eq!(model.machine(0), None);
        assert_eq!(model.leader("app"), Some(&unit("app/1")));
    }
}

/// Units that stay are told at once that one leaves, before it has run hooks of its own.
#[test]
fn a_stuck_unit_departs_for_the_others_all_the_same() {
    let mut model = related(2);
    model.set_retries(0);
    let failing = hooks::hook(&mut model, "app/0");
    model.finish(failing, &Exit::Code(1));
    model.remove_unit(&unit("app/0")).unwrap();
    assert_eq!(story(&mut model), ["web/0 backend-relation-departed app/0"]);
    assert_eq!(model.unit(&unit("app/0")).unwrap().life, Life::Dying);
}

/// A unit in error runs nothing but actions until its hook has succeeded: not even when it is to go.
#[test]
fn a_unit_in_error_ends_after_its_hook_has_succeeded() {
    for seed in 0..4 {
        let mut model = full(seed, 1);
        let failing = hooks::hook(&mut model, "app/0");
        model.finish(failing, &Exit::Code(1));
        model.remove_application("app").unwrap();
        let story = story(&mut model);
        let hooks = of(&story, "app/0");
        assert_eq!(hooks[0], "update-status", "seed {seed}: the retry comes first");
        assert_eq!(hooks[hooks.len() - 2..], ["stop", "remove"]);
        assert!(model.application("app").is_none());
    }
}

/// A hook of the teardown that fails is retried as it was, and nothing comes after it until then.
#[test]
fn a_failed_hook_holds_the_teardown_up() {
    let mut model = full(0, 1);
    model.remove_application("app").unwrap();
    let failing = until(&mut model, "app/0", "web-relation-departed");
    let remote = failing.hook().relation().unwrap().remote_unit.clone();
    model.finish(failing, &Exit::Code(1));
    let mut next = model.next().unwrap();
    while *next.unit() != unit("app/0") {
        model.finish(next, &Exit::Code(0));
        next = model.next().unwrap();
    }
    assert_eq!(next.hook().name(), "web-relation-departed");
    assert_eq!(next.hook().relation().unwrap().remote_unit, remote);
    model.finish(next, &Exit::Code(0));
    story(&mut model);
    assert_eq!(model.units_of("app").count(), 0);
}

/// A unit that was never installed goes without a hook, whatever its storage has seen.
#[test]
fn a_unit_that_was_never_installed_runs_no_last_hooks() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", PROVIDER), 2).unwrap();
    model.remove_unit(&unit("app/0")).unwrap();
    let story = story(&mut model);
    assert_eq!(of(&story, "app/0"), [""; 0]);
    assert_eq!(of(&story, "app/1")[0], "install");
    let mut model = Model::new(0);
    model.deploy("app", charm("app", FULL), 1).unwrap();
    let attached = model.next().unwrap();
    let name = attached.hook().name();
    assert!(name.ends_with("-storage-attached"), "{name}");
    model.remove_unit(&unit("app/0")).unwrap();
    model.finish(attached, &Exit::Code(0));
    let detaching = format!("app/0 {}", name.replace("attached", "detaching"));
    assert_eq!(hooks::story(&mut model), [detaching], "only what was attached detaches");
    assert_eq!(model.units().count(), 0);
}

/// `stop` is for units that have started. One that is removed while it sets itself up has its queued hooks first.
#[test]
fn a_unit_that_has_not_started_does_not_stop() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", PROVIDER), 1).unwrap();
    let install = until(&mut model, "app/0", "install");
    model.remove_application("app").unwrap();
    model.finish(install, &Exit::Code(0));
    assert_eq!(story(&mut model), ["app/0 remove"]);
    let mut model = Model::new(0);
    model.deploy("app", charm("app", PROVIDER), 1).unwrap();
    let changed = until(&mut model, "app/0", "config-changed");
    model.remove_application("app").unwrap();
    model.finish(changed, &Exit::Code(0));
    assert_eq!(story(&mut model), ["app/0 start", "app/0 stop", "app/0 remove"]);
}

/// When a relation is removed nobody goes: the departing unit is the remote one.
#[test]
fn a_removed_relation_names_the_other_as_departing() {
    let mut model = related(1);
    let id = RelationId(0);
    model.remove_relation(id).unwrap();
    for _ in 0..2 {
        let context = model.next().unwrap();
        let Some(hook) = context.hook().relation().cloned() else { panic!("{context:?}") };
        assert!(hook.departing_unit.is_none() || hook.departing_unit == hook.remote_unit);
        model.finish(context, &Exit::Code(0));
    }
    // Until both have left it, it is there, and cannot be made again.
    if model.relation(id).is_some() {
        let refused = model.integrate("app", "web").unwrap_err().to_string();
        assert!(
            refused.starts_with("relation app:web web:backend is dying, but not yet removed"),
            "{refused}"
        );
    }
    story(&mut model);
    model.integrate("app", "web").unwrap();
    assert_eq!(model.remove_relation(id).unwrap_err().to_string(), "relation 0 not found");
}

/// When an application goes, its own units are told that they depart themselves.
#[test]
fn units_of_a_removed_application_depart_themselves() {
    let mut model = related(1);
    model.remove_application("app").unwrap();
    for (name, hook) in [("app/0", "web-relation-departed"), ("web/0", "backend-relation-departed")] {
        let mut model = model.clone();
        let context = until(&mut model, name, hook);
        assert_eq!(context.hook().relation().unwrap().departing_unit, Some(unit("app/0")));
        model.finish(context, &Exit::Code(0));
    }
}

/// An application that is removed stays until its units and its relations are gone; until then nothing new is made of
/// it.
#[test]
fn a_removed_application_stays_until_its_relations_have_ended() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", FULL), 0).unwrap();
        model.deploy("web", charm("web", REQUIRER), 1).unwrap();
        model.integrate("app", "web").unwrap();
        story(&mut model);
        model.remove_application("app").unwrap();
        assert_eq!(model.application("app").unwrap().life, Life::Dying, "web/0 has not been told");
        let refused = model.add_units("app", 1).unwrap_err().to_string();
        assert!(refused.starts_with("application \"app\" is being removed"), "{refused}");
        model.deploy("other", charm("other", REQUIRER), 0).unwrap();
        assert_eq!(model.integrate("app", "other").unwrap_err().to_string(), refused);
        assert_eq!(story(&mut model), ["web/0 backend-relation-broken"]);
        assert!(model.application("app").is_none());
        assert_eq!(model.relations().count(), 0);
        model.deploy("app", charm("app", FULL), 1).unwrap();
    }
}

/// An application without units and relations goes at once.
#[test]
fn an_application_with_nothing_goes_at_once() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", FULL), 0).unwrap();
    model.remove_application("app").unwrap();
    assert_eq!((model.applications().count(), model.relations().count()), (0, 0));
    assert!(model.remove_application("app").is_err());
}

/// The last unit of an application can go; the application stays, and its relation with it.
#[test]
fn the_last_unit_leaves_its_application_behind() {
    let mut model = related(1);
    model.remove_unit(&unit("app/0")).unwrap();
    let last = story(&mut model);
    assert_eq!(of(&last, "web/0"), ["backend-relation-departed app/0"]);
    assert_eq!((model.leader("app"), model.relations().count()), (None, 1));
    model.add_units("app", 1).unwrap();
    let again = story(&mut model);
    assert_eq!(of(&again, "web/0"), ["backend-relation-joined app/1", "backend-relation-changed app/1"]);
    assert_eq!(model.leader("app"), Some(&unit("app/1")));
}

/// A suspended relation departs and breaks; resumed, it begins anew with relation-created. What applications published
/// is still there.
#[test]
fn a_relation_can_be_suspended_and_resumed() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", PROVIDER), 1).unwrap();
        model.deploy("web", charm("web", REQUIRER), 1).unwrap();
        let id = model.integrate("app", "web").unwrap();
        story(&mut model);
        in_hook(&mut model, "app/0", &["relation-set -r 0 --app key=value", "relation-set -r 0 own=gone"]);
        story(&mut model);
        model.suspend_relation(id).unwrap();
        let suspended = story(&mut model);
        assert_eq!(of(&suspended, "app/0"), ["web-relation-departed web/0", "web-relation-broken"]);
        assert_eq!(of(&suspended, "web/0"), ["backend-relation-departed app/0", "backend-relation-broken"]);
        assert_eq!(in_hook(&mut model, "web/0", &["relation-ids backend"]), [""]);
        assert_eq!(story(&mut model), [""; 0], "once is enough");

        model.resume_relation(id).unwrap();
        let resumed = story(&mut model);
        let expected = [
            "backend-relation-created",
            "backend-relation-changed",
            "backend-relation-joined app/0",
            "backend-relation-changed app/0",
        ];
        assert_eq!(of(&resumed, "web/0"), expected, "seed {seed}");
        let joined = ["web-relation-created", "web-relation-joined web/0", "web-relation-changed web/0"];
        assert_eq!(of(&resumed, "app/0"), joined, "seed {seed}");
        let read =
            in_hook(&mut model, "web/0", &["relation-get -r 0 --app key app", "relation-get -r 0 own app/0"]);
        assert_eq!(read, ["value", ""], "a unit that enters a relation again has a new databag");

        // Suspended and then removed, it breaks only once.
        model.suspend_relation(id).unwrap();
        story(&mut model);
        model.remove_relation(id).unwrap();
        assert_eq!(story(&mut model), [""; 0]);
        assert!(model.relation(id).is_none());
        assert!(model.resume_relation(id).is_err());
    }
}

/// Peer relations are nobody's to end.
#[test]
fn peer_relations_cannot_be_ended() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", FULL), 1).unwrap();
    for refused in [
        model.remove_relation(RelationId(0)),
        model.suspend_relation(RelationId(0)),
        model.resume_relation(RelationId(0)),
    ] {
        let refused = refused.unwrap_err().to_string();
        assert!(
            refused.ends_with("relation 0: it is a peer relation, which goes with its application"),
            "{refused}"
        );
    }
}

/// Force takes a stuck unit away without its hooks; whoever is related to it is told as usual.
#[test]
fn force_takes_a_stuck_unit_away() {
    let mut model = full(0, 2);
    model.set_retries(0);
    let failing = hooks::hook(&mut model, "app/0");
    model.finish(failing, &Exit::Code(1));
    model.remove_unit(&unit("app/0")).unwrap();
    settle(&mut model);
    assert!(failure(&model, "app/0").is_some());
    model.force_remove_unit(&unit("app/0")).unwrap();
    let story = story(&mut model);
    assert_eq!(of(&story, "app/0"), [""; 0]);
    assert_eq!((model.units_of("app").count(), model.machine(0)), (1, None));
    assert_eq!(model.leader("app"), Some(&unit("app/1")));
    assert!(model.force_remove_unit(&unit("app/0")).is_err());
}

/// A hook that runs while its unit is taken away by force is in vain, as are the actions that were to come.
#[test]
fn what_runs_while_its_unit_is_taken_away_is_in_vain() {
    let mut model = full(0, 1);
    let waiting = model.run_action(&unit("app/0"), "list", serde_json::Map::new()).unwrap();
    let mut context = hooks::hook(&mut model, "app/0");
    ok(&mut model, &mut context, "relation-set -r 1 key=value");
    model.force_remove_unit(&unit("app/0")).unwrap();
    model.finish(context, &Exit::Code(0));
    assert_eq!(model.relation(RelationId(1)).unwrap().unit_data(&unit("app/0")).unwrap().get("key"), None);
    let action = model.action(waiting).unwrap();
    assert_eq!((action.status, action.message.as_str()), (ActionStatus::Cancelled, "unit removed"));
    let told = story(&mut model);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|hook| hook.ends_with("backend-relation-departed app/0")), "{told:?}");
}

/// An application can be taken away by force too; the other ends of its relations run their hooks.
#[test]
fn force_takes_an_application_away() {
    let mut model = full(0, 2);
    model.force_remove_application("app").unwrap();
    assert_eq!(model.units_of("app").count(), 0);
    let story = story(&mut model);
    for web in ["web/0", "web/1"] {
        let expected =
            ["backend-relation-departed app/0", "backend-relation-departed app/1", "backend-relation-broken"];
        assert_eq!(of(&story, web), expected);
    }
    assert_eq!((model.applications().count(), model.relations().count()), (1, 0));
}

/// Juju has no relation of an application with itself, though it may provide and require the same interface.
#[test]
fn an_application_is_not_related_to_itself() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", &format!("{PROVIDER}{REQUIRER}")), 1).unwrap();
    for (one, other) in [("app", "app"), ("app:web", "app:backend"), ("app:backend", "app:web")] {
        let refused = model.integrate(one, other).unwrap_err().to_string();
        assert!(refused.starts_with("no relations found"), "{refused}");
    }
}

/// Nor is it the hook of another unit of the same name, which came later.
#[test]
fn what_runs_for_a_unit_that_is_gone_is_nothing_to_its_namesake() {
    let mut model = full(0, 1);
    let mut context = hooks::hook(&mut model, "app/0");
    ok(&mut model, &mut context, "state-set key=old");
    model.force_remove_application("app").unwrap();
    story(&mut model);
    model.deploy("app", charm("app", FULL), 1).unwrap();
    let mut install = until(&mut model, "app/0", "install");
    assert!(model.view(&mut context).is_none());
    model.finish(context, &Exit::Code(0));
    ok(&mut model, &mut install, "state-set key=new");
    model.finish(install, &Exit::Code(0));
    assert_eq!(model.unit(&unit("app/0")).unwrap().charm_state()["key"], "new");

    // The same for an agent that is killed.
    let context = until(&mut model, "app/0", "start");
    model.force_remove_application("app").unwrap();
    story(&mut model);
    model.deploy("app", charm("app", FULL), 1).unwrap();
    model.kill_agent(context);
    assert_eq!(failure(&model, "app/0"), None);
    assert!(of(&story(&mut model), "app/0").contains(&"start"));
}

/// All that an operator waits for ends with its unit: actions and commands, waiting, running or being killed.
#[test]
fn nobody_waits_for_a_unit_that_is_gone() {
    let mut model = full(0, 1);
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(model.run_action(&unit("app/0"), "list", serde_json::Map::new()).unwrap());
    }
    let done = model.next().unwrap();
    assert_eq!(done.hook().name(), "list");
    model.finish(done, &Exit::Code(0));
    let running = model.next().unwrap();
    model.cancel_action(ids[1]).unwrap();
    let waiting = model.exec(&unit("app/0"), "true", None).unwrap();
    model.force_remove_unit(&unit("app/0")).unwrap();
    let ended = |model: &Model| ids.iter().map(|id| model.action(*id).unwrap().status).collect::<Vec<_>>();
    let expected = [ActionStatus::Completed, ActionStatus::Aborted, ActionStatus::Cancelled];
    assert_eq!(ended(&model), expected);
    let commands = model.exec_result(waiting).unwrap();
    assert_eq!((commands.status, commands.message.as_str()), (ActionStatus::Cancelled, "unit removed"));
    model.finish(running, &Exit::Code(0));
    assert_eq!(ended(&model), expected);

    let mut model = full(0, 1);
    let running = model.exec(&unit("app/0"), "true", None).unwrap();
    let context = model.next().unwrap();
    model.force_remove_unit(&unit("app/0")).unwrap();
    assert_eq!(model.exec_result(running).unwrap().status, ActionStatus::Cancelled);
    model.finish(context, &Exit::Code(0));
    assert_eq!(model.exec_result(running).unwrap().status, ActionStatus::Cancelled);
}

/// A namesake that comes later inherits nothing.
#[test]
fn a_unit_s_networks_go_with_it() {
    let mut model = full(0, 1);
    model.set_network(&unit("app/0"), "web", Network::of_address("10.9.9.9"));
    model.set_relation_network(&unit("app/0"), RelationId(1), Network::of_address("10.9.9.8"));
    model.force_remove_application("app").unwrap();
    story(&mut model);
    let kept = serde_json::to_string(&model).unwrap();
    assert!(!kept.contains("10.9.9."), "{kept}");
}

//! Subordinates: when they come, whom they see, where they are, when they go.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;
mod local;

use charm_testing::model::{ActionStatus, Exit, Hook, HookContext, Life, Model, RelationId};
use charm_testing::status_table;
use hooks::{PROVIDER, REQUIRER, call, charm, hook, in_hook, of, ok, settle, story, told, unit, until};
use local::Local;

const LOGGER: &str = "subordinate: true\nrequires:\n  host: {interface: juju-info, scope: container}\n  logs: \
                      {interface: logging, scope: container}\n  web: {interface: http}\n";
const APP: &str = "provides:\n  logs: {interface: logging}\n  web: {interface: http}\n";

/// `app` with as many units and the subordinate `logger`, related over those endpoints, at rest.
fn related(seed: u64, units: u32, ends: &[(&str, &str)]) -> (Model, Vec<RelationId>) {
    let mut model = Model::new(seed);
    model.deploy("app", charm("app", APP), units).unwrap();
    model.deploy("logger", charm("logger", LOGGER), 0).unwrap();
    story(&mut model);
    let ids = ends.iter().map(|(one, other)| model.integrate(one, other).unwrap()).collect();
    story(&mut model);
    (model, ids)
}

const HOST: (&str, &str) = ("app:juju-info", "logger:host");
const LOGS: (&str, &str) = ("app:logs", "logger:logs");

fn names(model: &Model, application: &str) -> Vec<String> {
    model.units_of(application).map(|unit| unit.name.to_string()).collect()
}

fn subordinate_of(model: &Model, principal: &str) -> String {
    let principal = unit(principal);
    let mut found = model.subordinates_of(&principal).map(|unit| unit.name.to_string());
    let subordinate = found.next().unwrap();
    assert_eq!(found.next(), None);
    subordinate
}

/// An operator neither asks for units of a subordinate nor removes single ones.
#[test]
fn what_an_operator_cannot_ask_for() {
    let mut model = Model::new(0);
    let refused = model.deploy("logger", charm("logger", LOGGER), 1).unwrap_err().to_string();
    assert!(
        refused.starts_with("cannot add units to application \"logger\": it is a subordinate;"),
        "{refused}"
    );
    assert!(model.application("logger").is_none(), "nothing of it stays");
    let (mut model, _) = related(0, 1, &[HOST]);
    assert_eq!(model.add_units("logger", 1).unwrap_err().to_string(), refused);
    let refused = model.remove_unit(&unit("logger/0")).unwrap_err().to_string();
    assert!(refused.starts_with("unit \"logger/0\" is a subordinate: remove the relation"), "{refused}");
    assert_eq!(model.unit(&unit("logger/0")).unwrap().life, Life::Alive);
}

/// When a unit of a principal enters a container-scoped relation, it gets one subordinate unit on its machine; its end
/// of `juju-info` is implicit and runs no hooks.
#[test]
fn each_unit_of_a_principal_gets_one() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", APP), 2).unwrap();
        model.deploy("logger", charm("logger", LOGGER), 0).unwrap();
        model.integrate("app:juju-info", "logger").unwrap();
        assert_eq!(names(&model, "logger"), [""; 0], "not before a unit of app has been installed");
        let story = story(&mut model);
        for principal in ["app/0", "app/1"] {
            let name = subordinate_of(&model, principal);
            let subordinate = model.unit(&unit(&name)).unwrap();
            let host = model.unit(&unit(principal)).unwrap();
            assert_eq!(subordinate.principal.as_ref(), Some(&host.name));
            assert_eq!((subordinate.machine, subordinate.address), (host.machine, host.address));
            let mut hooks = of(&story, &name);
            hooks.retain(|hook| *hook != "leader-elected");
            let joined = format!("host-relation-joined {principal}");
            let changed = format!("host-relation-changed {principal}");
            let expected =
                ["install", "host-relation-created", "config-changed", "start", joined.as_str(), &changed];
            assert_eq!(hooks, expected, "seed {seed}");
            assert!(of(&story, principal).iter().all(|hook| !hook.contains("relation")), "seed {seed}");
        }
        assert_eq!(model.machines().count(), 2);
        // The implicit end is a relation all the same, without members.
        let mut context = hook(&mut model, "app/0");
        assert_eq!(ok(&mut model, &mut context, "relation-ids juju-info"), "juju-info:0");
        assert_eq!(ok(&mut model, &mut context, "relation-list -r 0"), "");
        model.finish(context, &Exit::Code(0));

        model.add_units("app", 1).unwrap();
        hooks::story(&mut model);
        assert_eq!(names(&model, "logger"), ["logger/0", "logger/1", "logger/2"]);
        assert_eq!(subordinate_of(&model, "app/2"), "logger/2");
    }
}

/// In a container-scoped relation only principal and subordinate of one machine see each other.
#[test]
fn a_container_scoped_relation_joins_single_pairs() {
    for seed in 0..8 {
        let (mut model, ids) = related(seed, 3, &[LOGS]);
        assert!(model.relation(ids[0]).unwrap().container_scoped);
        for principal in ["app/0", "app/1", "app/2"] {
            let own = subordinate_of(&model, principal);
            assert_eq!(in_hook(&mut model, principal, &["relation-list -r 0"]), [own.as_str()]);
            assert_eq!(in_hook(&mut model, &own, &["relation-list -r 0"]), [principal]);
        }
        let (own, other) = (subordinate_of(&model, "app/0"), subordinate_of(&model, "app/1"));
        in_hook(&mut model, &own, &["relation-set -r 0 level=debug"]);
        assert_eq!(
            story(&mut model),
            [format!("app/0 logs-relation-changed {own}")],
            "the other principals are told of nothing"
        );
        let mut context = hook(&mut model, "app/0");
        assert_eq!(ok(&mut model, &mut context, &format!("relation-get -r 0 level {own}")), "debug");
        let (code, words) = call(&mut model, &mut context, &format!("relation-get -r 0 - {other}"));
        assert_eq!((code, words), (1, format!("ERROR settings for unit \"{other}\" not found\n")));
        model.finish(context, &Exit::Code(0));
    }
}

/// The applications' databags of a container-scoped relation are for all.
#[test]
fn application_data_is_for_all_pairs() {
    let (mut model, _) = related(0, 2, &[LOGS]);
    let leader = model.leader("app").unwrap().to_string();
    in_hook(&mut model, &leader, &["relation-set -r 0 --app to=here"]);
    let mut told = story(&mut model);
    told.sort();
    assert_eq!(told, ["logger/0 logs-relation-changed", "logger/1 logs-relation-changed"]);
}

/// A subordinate takes part in ordinary relations like any other unit.
#[test]
fn global_relations_of_a_subordinate_show_all_units() {
    let (mut model, _) = related(0, 2, &[HOST]);
    model.deploy("server", charm("server", PROVIDER), 1).unwrap();
    let id = model.integrate("server", "logger:web").unwrap();
    assert!(!model.relation(id).unwrap().container_scoped);
    story(&mut model);
    assert_eq!(in_hook(&mut model, "server/0", &["relation-list -r 1"]), ["logger/0\nlogger/1"]);
    // It binds nobody to a principal.
    model.remove_relation(RelationId(0)).unwrap();
    story(&mut model);
    assert_eq!(names(&model, "logger"), [""; 0]);
    assert!(model.relation(id).is_some(), "the relation waits for the next units");
}

/// Without container scope `juju-info` relates like any interface, but for the provider's hooks.
#[test]
fn juju_info_without_container_scope_brings_no_units() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", APP), 1).unwrap();
    model.deploy("watcher", charm("watcher", "requires: {seen: {interface: juju-info}}\n"), 1).unwrap();
    model.integrate("app", "watcher").unwrap();
    let first = story(&mut model);
    assert_eq!(of(&first, "watcher/0")[5..], ["seen-relation-joined app/0", "seen-relation-changed app/0"]);
    assert_eq!(of(&first, "app/0"), ["install", "leader-elected", "config-changed", "start"]);
    model.remove_application("app").unwrap();
    let last = story(&mut model);
    assert_eq!(of(&last, "watcher/0"), ["seen-relation-departed app/0", "seen-relation-broken"]);
    assert_eq!(of(&last, "app/0"), ["stop", "remove"]);
    assert_eq!(model.relations().count(), 0);
}

/// When the last container-scoped relation with the principal ends, the subordinate unit destroys itself; it is told
/// that it is itself the one who departs.
#[test]
fn the_last_relation_takes_the_subordinate_along() {
    for seed in 0..8 {
        let (mut model, ids) = related(seed, 1, &[HOST, LOGS]);
        assert_eq!(names(&model, "logger"), ["logger/0"], "one for both relations");
        model.remove_relation(ids[1]).unwrap();
        let mut story = Vec::new();
        let mut departing = None;
        while let Some(context) = model.next() {
            story.push(told(&context));
            if let Hook::Relation(hook) = context.hook() {
                departing =
                    hook.departing_unit.clone().filter(|_| *context.unit() == unit("app/0")).or(departing);
            }
            model.finish(context, &Exit::Code(0));
        }
        let logger = ["logs-relation-departed app/0", "logs-relation-broken"];
        assert_eq!(of(&story, "logger/0"), logger, "seed {seed}");
        assert_eq!(of(&story, "app/0"), ["logs-relation-departed logger/0", "logs-relation-broken"]);
        assert_eq!(departing, Some(unit("logger/0")));

        model.remove_relation(ids[0]).unwrap();
        let context = until(&mut model, "logger/0", "host-relation-departed");
        assert_eq!(context.hook().relation().unwrap().departing_unit, Some(unit("logger/0")));
        model.finish(context, &Exit::Code(0));
        assert_eq!(
            hooks::story(&mut model),
            ["host-relation-broken", "stop", "remove"].map(|it| format!("logger/0 {it}"))
        );
        assert_eq!(names(&model, "logger"), [""; 0]);
        assert_eq!(names(&model, "app"), ["app/0"]);
        assert!(model.application("logger").is_some());
        assert_eq!(model.machine(0).unwrap().units().count(), 1);
    }
}

/// A principal that goes destroys its subordinates first, and is not gone before they are.
#[test]
fn a_principal_takes_its_subordinates_along_and_waits_for_them() {
    for seed in 0..16 {
        let (mut model, _) = related(seed, 2, &[HOST, LOGS]);
        let subordinate = subordinate_of(&model, "app/0");
        model.remove_unit(&unit("app/0")).unwrap();
        let mut story = Vec::new();
        while let Some(context) = model.next() {
            let first_of_principal = story.iter().all(|line: &String| !line.starts_with("app/0 "));
            if *context.unit() == unit("app/0") && first_of_principal {
                let life = model.unit(&unit(&subordinate)).map(|unit| unit.life);
                assert_eq!(life, Some(Life::Dying), "seed {seed}");
            }
            if *context.unit() == unit(&subordinate) {
                assert!(model.unit(&unit("app/0")).is_some(), "seed {seed}: the principal is gone too early");
            }
            story.push(told(&context));
            model.finish(context, &Exit::Code(0));
        }
        assert_eq!(model.overlooked(), 0);
        let departed = format!("logs-relation-departed {subordinate}");
        let last = [departed.as_str(), "logs-relation-broken", "stop", "remove"];
        assert_eq!(of(&story, "app/0"), last, "seed {seed}");
        let of_subordinate = of(&story, &subordinate);
        assert_eq!(of_subordinate[4..], ["stop", "remove"], "seed {seed}: {of_subordinate:?}");
        story.retain(|line| !line.ends_with("leader-elected"));
        assert_eq!(story.len(), 10, "nobody else is concerned: {story:?}");
        assert_eq!((names(&model, "app"), model.machines().count()), (vec!["app/1".to_owned()], 1));
    }
}

/// A principal cannot enter a relation while its old subordinate goes; once that one is gone it gets another.
#[test]
fn a_principal_waits_for_its_old_subordinate_before_it_gets_another() {
    let (mut model, ids) = related(0, 1, &[LOGS]);
    model.set_retries(0);
    model.suspend_relation(ids[0]).unwrap();
    let failing = until(&mut model, "logger/0", "stop");
    model.finish(failing, &Exit::Code(1));
    settle(&mut model);
    model.resume_relation(ids[0]).unwrap();
    assert_eq!(settle(&mut model), [""; 0], "the old one is stuck");
    model.force_remove_unit(&unit("logger/0")).unwrap();
    let story = story(&mut model);
    assert_eq!(names(&model, "logger"), ["logger/1"]);
    assert_eq!(
        of(&story, "app/0"),
        ["logs-relation-created", "logs-relation-joined logger/1", "logs-relation-changed logger/1"]
    );
}

/// All units of a machine run hooks and actions one at a time; other machines don't wait for them.
#[test]
fn a_machine_runs_one_hook_at_a_time() {
    for seed in 0..8 {
        let (mut model, _) = related(seed, 2, &[HOST]);
        let machine = |model: &Model, context: &HookContext| model.unit(context.unit()).unwrap().machine;
        model.request_update_status();
        let first = model.next().unwrap();
        let second = model.next().unwrap();
        assert_ne!(machine(&model, &first), machine(&model, &second), "seed {seed}");
        assert!(
            model.next().is_none(),
            "seed {seed}: both machines are busy, though two units have work left"
        );
        model.finish(first, &Exit::Code(0));
        let third = model.next().unwrap();
        assert_ne!(machine(&model, &third), machine(&model, &second), "seed {seed}");
        model.finish(second, &Exit::Code(0));
        model.finish(third, &Exit::Code(0));
        assert_eq!(settle(&mut model).len(), 1);
        assert_eq!(model.overlooked(), 0);
    }
}

/// A principal that has run its last hook runs nothing more while it waits for its subordinates.
#[test]
fn after_its_last_hook_a_principal_only_waits() {
    let (mut model, _) = related(0, 1, &[HOST]);
    model.set_automatic_retries(false);
    let failing = hook(&mut model, "logger/0");
    model.finish(failing, &Exit::Code(1));
    model.remove_unit(&unit("app/0")).unwrap();
    let last = story(&mut model);
    assert_eq!(last.last().map(String::as_str), Some("app/0 remove"), "{last:?}");
    let commands = model.exec(&unit("app/0"), "true", None).unwrap();
    model.reboot_machine(&unit("app/0")).unwrap();
    assert_eq!(settle(&mut model), [""; 0]);
    model.force_remove_unit(&unit("logger/0")).unwrap();
    settle(&mut model);
    assert!(model.unit(&unit("app/0")).is_none());
    assert_eq!(model.exec_result(commands).unwrap().status, ActionStatus::Cancelled);
}

/// A unit whose agent is killed in the middle of a hook no more holds the lock of its machine.
#[test]
fn a_killed_agent_leaves_its_machine_to_others() {
    for seed in 0..8 {
        let (mut model, _) = related(seed, 1, &[HOST]);
        model.set_automatic_retries(false);
        model.request_update_status();
        let first = model.next().unwrap();
        assert!(model.next().is_none());
        let killed = first.unit().clone();
        model.kill_agent(first);
        let other = if killed == unit("app/0") { "logger/0" } else { "app/0" };
        assert_eq!(settle(&mut model), [format!("{other} update-status")], "seed {seed}");
        assert_eq!(model.overlooked(), 0, "seed {seed}");
    }
}

/// A machine that reboots reboots all its units: each that has started runs start again.
#[test]
fn a_reboot_is_the_whole_machine_s() {
    let (mut model, _) = related(0, 2, &[HOST]);
    in_hook(&mut model, "app/0", &["juju-reboot"]);
    let mut story = story(&mut model);
    story.sort();
    assert_eq!(story, ["app/0 start".to_owned(), format!("{} start", subordinate_of(&model, "app/0"))]);
}

/// The ports of a machine are one unit's each: not even the same range can be another's.
#[test]
fn ports_conflict_per_machine() {
    let (mut model, _) = related(0, 2, &[HOST]);
    let (own, other) = (subordinate_of(&model, "app/0"), subordinate_of(&model, "app/1"));
    in_hook(&mut model, "app/0", &["open-port 80-90"]);
    in_hook(&mut model, "app/0", &["open-port 80-90"]);
    in_hook(&mut model, &other, &["open-port 80-90"]);
    let mut context = hook(&mut model, &own);
    for range in ["80-90", "85"] {
        let (code, words) = call(&mut model, &mut context, &format!("open-port {range}"));
        let expected = format!(
            "ERROR cannot open {range}/tcp (unit \"{own}\"): port range conflicts with 80-90/tcp (unit \"app/0\")\n"
        );
        assert_eq!((code, words), (1, expected));
    }
    ok(&mut model, &mut context, "open-port 80/udp");
    model.finish(context, &Exit::Code(0));
}

/// A relation is container-scoped if one of its ends is, and then at least one application must be a subordinate.
#[test]
fn a_container_scoped_relation_needs_a_subordinate() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", PROVIDER), 1).unwrap();
    let scoped = REQUIRER.replace("http", "http, scope: container");
    model.deploy("web", charm("web", &scoped), 1).unwrap();
    let refused = model.integrate("app", "web").unwrap_err().to_string();
    let expected =
        "container scoped relation \"app:web web:backend\" requires at least one subordinate application:";
    assert!(refused.starts_with(expected), "{refused}");
    assert_eq!(model.relations().count(), 0);
}

/// A container-scoped relation between two subordinates makes no units, and joins those on one machine.
#[test]
fn two_subordinates_share_a_principal() {
    let auditor = "subordinate: true\nrequires:\n  host: {interface: juju-info, scope: container}\n";
    let mut model = Model::new(0);
    model.deploy("app", charm("app", APP), 2).unwrap();
    model.deploy("logger", charm("logger", LOGGER), 0).unwrap();
    model.deploy("auditor", charm("auditor", auditor), 0).unwrap();
    for application in ["logger", "auditor"] {
        model.integrate("app:juju-info", &format!("{application}:host")).unwrap();
    }
    let id = model.integrate("logger:juju-info", "auditor:host").unwrap();
    story(&mut model);
    assert_eq!(model.units_of("auditor").count(), 2);
    for subordinate in model.units_of("auditor").map(|unit| unit.name.clone()).collect::<Vec<_>>() {
        let principal = model.unit(&subordinate).unwrap().principal.clone().unwrap();
        let listed =
            in_hook(&mut model, &subordinate.to_string(), &[&format!("relation-list -r {id}")]).remove(0);
        assert_eq!(model.unit(&unit(&listed)).unwrap().principal, Some(principal));
    }
}

/// A subordinate application with several principals: each of its units has business with its own principal only.
#[test]
fn a_subordinate_of_two_applications_knows_its_own_principal() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("one", charm("one", APP), 1).unwrap();
        model.deploy("two", charm("two", APP), 1).unwrap();
        model.deploy("logger", charm("logger", LOGGER), 0).unwrap();
        model.integrate("one:logs", "logger:logs").unwrap();
        let second = model.integrate("two:logs", "logger:logs").unwrap();
        story(&mut model);
        let (of_one, of_two) = (subordinate_of(&model, "one/0"), subordinate_of(&model, "two/0"));
        assert_eq!(in_hook(&mut model, &of_one, &["relation-ids logs"]), ["logs:0"], "seed {seed}");
        assert_eq!(in_hook(&mut model, &of_two, &["relation-ids logs"]), ["logs:1"], "seed {seed}");
        model.remove_relation(second).unwrap();
        story(&mut model);
        assert_eq!(names(&model, "logger"), [of_one]);
    }
}

/// When a subordinate application is removed its units go, and its principals stay.
#[test]
fn a_subordinate_application_goes_alone() {
    for seed in 0..8 {
        let (mut model, _) = related(seed, 2, &[HOST, LOGS]);
        let (one, two) = (subordinate_of(&model, "app/0"), subordinate_of(&model, "app/1"));
        model.remove_application("logger").unwrap();
        let story = story(&mut model);
        for (principal, subordinate) in [("app/0", one), ("app/1", two)] {
            let departed = format!("logs-relation-departed {subordinate}");
            assert_eq!(of(&story, principal), [departed.as_str(), "logs-relation-broken"], "seed {seed}");
            let hooks = of(&story, &subordinate);
            assert_eq!((hooks.len(), &hooks[4..]), (6, &["stop", "remove"][..]), "seed {seed}: {hooks:?}");
        }
        assert!(model.application("logger").is_none());
        assert_eq!((model.relations().count(), model.units().count()), (0, 2));
    }
}

/// A subordinate whose principal goes before it has been installed goes without a hook.
#[test]
fn a_subordinate_that_was_never_installed_just_vanishes() {
    let (mut model, _) = related(0, 1, &[]);
    model.integrate(LOGS.0, LOGS.1).unwrap();
    let created = until(&mut model, "app/0", "logs-relation-created");
    model.remove_unit(&unit("app/0")).unwrap();
    model.finish(created, &Exit::Code(0));
    let rest = story(&mut model);
    // Whether it was installed by then is the seed's choice; whatever was begun is ended.
    let hooks = of(&rest, "logger/0");
    assert!(hooks.is_empty() || hooks.last() == Some(&"remove"), "{hooks:?}");
    assert_eq!(of(&rest, "app/0"), ["logs-relation-broken", "stop", "remove"]);
    assert_eq!(model.units().count(), 0);
}

/// Machines and pairs are written down with the model.
#[test]
fn a_model_with_subordinates_can_be_kept() {
    let (model, _) = related(0, 2, &[HOST, LOGS]);
    let mut kept: Model = serde_json::from_str(&serde_json::to_string(&model).unwrap()).unwrap();
    let own = subordinate_of(&kept, "app/1");
    assert_eq!(in_hook(&mut kept, &own, &["relation-list -r 1"]), ["app/1"]);
    kept.remove_unit(&unit("app/1")).unwrap();
    story(&mut kept);
    assert_eq!((kept.machines().count(), names(&kept, "logger").len()), (1, 1));
}

/// What a hook of a subordinate is told: its principal, and the machine of both.
#[test]
fn the_environment_names_principal_and_machine() {
    let mut local = Local::new();
    local.deploy("first", "", "", 1);
    local.deploy("app", APP, "record \"$JUJU_MACHINE_ID,$JUJU_PRINCIPAL_UNIT\"", 1);
    local.deploy("logger", LOGGER, "record \"$JUJU_MACHINE_ID,$JUJU_PRINCIPAL_UNIT\"", 0);
    local.model.integrate("app:juju-info", "logger:host").unwrap();
    local.settle();
    assert_eq!(local.take_record("app/0")[..2], ["install", "1,"]);
    assert_eq!(local.take_record("logger/0")[..2], ["install", "1,app/0"]);
}

/// `juju status` shows a subordinate below its principal, without a machine.
#[test]
fn the_status_shows_subordinates_below_their_principals() {
    let (model, _) = related(0, 2, &[HOST]);
    let table = status_table::render(&model, "14:03:22Z");
    let lines: Vec<&str> =
        table.lines().map(|line| line.split_whitespace().next().unwrap_or_default()).collect();
    let at = lines.iter().position(|word| *word == "Unit").unwrap();
    let stars: Vec<&str> = lines[at + 1..at + 5].iter().map(|word| word.trim_end_matches('*')).collect();
    let (one, two) = (subordinate_of(&model, "app/0"), subordinate_of(&model, "app/1"));
    assert_eq!(stars, ["app/0", &one, "app/1", &two]);
    let subordinate = table.lines().find(|line| line.starts_with(&format!("  {one}"))).unwrap();
    assert!(!subordinate.contains(" 0 ") && subordinate.contains("10.0.0.10"), "{subordinate:?}");
    assert!(table.contains("app:juju-info         logger:host  juju-info  subordinate\n"), "{table}");
}

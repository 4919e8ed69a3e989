//! The order of hooks: when a unit sets itself up, and within one relation.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{Exit, Model};
use hooks::{PROVIDER, REQUIRER, charm, in_hook, of, ok, story, told};

const FULL: &str = "provides: {web: {interface: http}, admin: {interface: http}}\npeers: {fellows: {interface: gossip}}\n\
                    storage: {data: {type: filesystem}, logs: {type: filesystem}}\nconfig: {options: {n: {type: int}}}\n";

/// On a machine: all storage; install; relation-created of each relation that is there; leader-elected; config-changed;
/// start; and only then who joins and changes. Among relations and storages the order is arbitrary.
#[test]
fn a_unit_sets_itself_up_in_juju_s_order() {
    let mut created_first = std::collections::BTreeSet::new();
    for seed in 0..16 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", FULL), 1).unwrap();
        model.deploy("web", charm("web", REQUIRER), 1).unwrap();
        model.deploy("other", charm("other", REQUIRER), 1).unwrap();
        model.integrate("app:web", "web").unwrap();
        model.integrate("app:admin", "other").unwrap();
        let story = story(&mut model);
        let mut hooks = of(&story, "app/0");
        hooks[..2].sort_unstable();
        assert_eq!(hooks[..3], ["data-storage-attached", "logs-storage-attached", "install"], "seed {seed}");
        created_first.insert(hooks[3].to_owned());
        hooks[3..6].sort_unstable();
        let created = ["admin-relation-created", "fellows-relation-created", "web-relation-created"];
        assert_eq!(hooks[3..6], created, "seed {seed}");
        assert_eq!(hooks[6..9], ["leader-elected", "config-changed", "start"], "seed {seed}");
        hooks[9..].sort_unstable();
        let joined = [
            "admin-relation-changed other/0",
            "admin-relation-joined other/0",
            "web-relation-changed web/0",
            "web-relation-joined web/0",
        ];
        assert_eq!(hooks[9..], joined, "seed {seed}");
    }
    assert_eq!(created_first.len(), 3, "each relation is the first for some seed: {created_first:?}");
}

/// A relation that is made later is created before anything else happens in it, also in a unit that has started.
#[test]
fn a_later_relation_is_created_before_anyone_joins() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", PROVIDER), 2).unwrap();
        model.deploy("web", charm("web", REQUIRER), 1).unwrap();
        story(&mut model);
        model.integrate("app", "web").unwrap();
        // Something else is due at the same time: relation-created comes before it.
        model.refresh("web", charm("web", REQUIRER)).unwrap();
        let story = story(&mut model);
        let hooks = of(&story, "web/0");
        assert_eq!(
            hooks[..3],
            ["backend-relation-created", "upgrade-charm", "config-changed"],
            "seed {seed}"
        );
        assert!(hooks[3].starts_with("backend-relation-joined"), "seed {seed}: {hooks:?}");
    }
}

/// A unit's relation-changed follows its relation-joined, with nothing between them in this relation.
#[test]
fn changed_follows_its_joined() {
    for seed in 0..16 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", FULL), 4).unwrap();
        model.deploy("web", charm("web", REQUIRER), 2).unwrap();
        model.integrate("app:web", "web").unwrap();
        let mut story = Vec::new();
        while let Some(mut context) = model.next() {
            // All write all the time, to give the order a chance to go wrong.
            if let Some(hook) = context.hook().relation().cloned() {
                ok(&mut model, &mut context, &format!("relation-set -r {} {}=1", hook.relation, hook.kind));
            }
            story.push(told(&context));
            model.finish(context, &Exit::Code(0));
        }
        for (unit, endpoint) in
            [("web/0", "backend"), ("web/1", "backend"), ("app/0", "web"), ("app/1", "fellows")]
        {
            let hooks: Vec<&str> =
                of(&story, unit).into_iter().filter(|hook| hook.starts_with(endpoint)).collect();
            for (at, hook) in hooks.iter().enumerate() {
                if hook.contains("-joined ") {
                    let changed = hook.replace("-joined ", "-changed ");
                    assert_eq!(hooks.get(at + 1), Some(&changed.as_str()), "seed {seed} {unit}: {hooks:?}");
                }
            }
        }
    }
}

/// Units join sorted by name, and depart so; broken comes once, after all have departed.
#[test]
fn units_join_and_depart_sorted_and_broken_comes_last() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", PROVIDER), 3).unwrap();
        model.deploy("web", charm("web", REQUIRER), 0).unwrap();
        let id = model.integrate("app", "web").unwrap();
        // The three are in the relation before the one comes.
        story(&mut model);
        model.add_units("web", 1).unwrap();
        let first = story(&mut model);
        let joined: Vec<&str> =
            of(&first, "web/0").into_iter().filter(|hook| hook.contains("-joined ")).collect();
        let expected = [
            "backend-relation-joined app/0",
            "backend-relation-joined app/1",
            "backend-relation-joined app/2",
        ];
        assert_eq!(joined, expected, "seed {seed}");
        model.remove_relation(id).unwrap();
        let last = story(&mut model);
        let expected = [
            "backend-relation-departed app/0",
            "backend-relation-departed app/1",
            "backend-relation-departed app/2",
            "backend-relation-broken",
        ];
        assert_eq!(of(&last, "web/0"), expected, "seed {seed}");
    }
}

/// What the remote leader wrote is told before any unit joins; nothing is told if it never wrote.
#[test]
fn application_data_is_told_before_any_unit_joins() {
    for seed in 0..8 {
        for written in [true, false] {
            let mut model = Model::new(seed);
            model.deploy("app", charm("app", PROVIDER), 1).unwrap();
            model.deploy("web", charm("web", REQUIRER), 0).unwrap();
            model.integrate("app", "web").unwrap();
            story(&mut model);
            if written {
                in_hook(&mut model, "app/0", &["relation-set -r 0 --app key=value"]);
            }
            model.add_units("web", 1).unwrap();
            let story = story(&mut model);
            let hooks = of(&story, "web/0");
            let joined = ["backend-relation-joined app/0", "backend-relation-changed app/0"];
            let expected = [&["backend-relation-changed"][usize::from(!written)..], &joined].concat();
            assert_eq!(hooks[5..], expected, "seed {seed}");
        }
    }
}

/// On a peer relation own writes never come back; what the leader writes for the application is told to the others.
#[test]
fn peers_are_not_told_of_their_own_words() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", "peers: {fellows: {interface: gossip}}\n"), 3).unwrap();
        story(&mut model);
        let leader = model.leader("app").unwrap().to_string();
        let others: Vec<String> = ["app/0", "app/1", "app/2"]
            .map(str::to_owned)
            .into_iter()
            .filter(|unit| *unit != leader)
            .collect();
        in_hook(&mut model, &leader, &["relation-set -r 0 key=value"]);
        let mut told = story(&mut model);
        told.sort();
        let expected: Vec<String> =
            others.iter().map(|unit| format!("{unit} fellows-relation-changed {leader}")).collect();
        assert_eq!(told, expected, "seed {seed}");
        in_hook(&mut model, &leader, &["relation-set -r 0 --app key=value"]);
        let mut told = story(&mut model);
        told.sort();
        let expected: Vec<String> =
            others.iter().map(|unit| format!("{unit} fellows-relation-changed")).collect();
        assert_eq!(told, expected, "seed {seed}");
    }
}

/// Many changes of several units are one relation-changed for each of them.
#[test]
fn changes_coalesce_per_unit() {
    for seed in 0..8 {
        let mut model = hooks::related(2);
        for value in 0..3 {
            for unit in ["app/0", "app/1"] {
                in_hook(&mut model, unit, &[&format!("relation-set -r 0 key={seed}{value}")]);
            }
        }
        let expected = ["web/0 backend-relation-changed app/0", "web/0 backend-relation-changed app/1"];
        assert_eq!(story(&mut model), expected);
    }
}

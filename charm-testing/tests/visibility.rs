//! What a hook sees: not a snapshot of the model, but for each source what Juju's agent knows of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{Exit, Hook, Model, RelationHookKind, RelationId};
use hooks::{PROVIDER, REQUIRER, call, charm, hook, in_hook, ok, related, story, unit, until};

/// Those units are members whose relation-joined has been run, and the one that joins now.
#[test]
fn members_are_those_who_have_joined() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", PROVIDER), 3).unwrap();
        model.deploy("web", charm("web", REQUIRER), 1).unwrap();
        model.integrate("app", "web").unwrap();
        let mut joined = Vec::new();
        while let Some(mut context) = model.next() {
            if *context.unit() == unit("web/0") && context.hook().name() != "install" {
                let hook = context.hook().relation().cloned();
                if let Some(hook) = hook.filter(|hook| hook.kind == RelationHookKind::Joined) {
                    joined.push(hook.remote_unit.unwrap().to_string());
                    joined.sort();
                }
                // The relation itself is listed, even before its relation-created has been run.
                assert_eq!(ok(&mut model, &mut context, "relation-ids backend"), "backend:0", "seed {seed}");
                assert_eq!(
                    ok(&mut model, &mut context, "relation-list -r 0"),
                    joined.join("\n"),
                    "seed {seed}"
                );
            }
            model.finish(context, &Exit::Code(0));
        }
        assert_eq!(joined.len(), 3);
    }
}

/// Who joins or leaves while a hook runs changes nothing for it.
#[test]
fn membership_is_fixed_when_a_hook_begins() {
    let mut model = related(2);
    let mut context = hook(&mut model, "web/0");
    model.add_units("app", 1).unwrap();
    model.remove_unit(&unit("app/0")).unwrap();
    story(&mut model);
    assert!(model.unit(&unit("app/0")).is_none());
    assert_eq!(ok(&mut model, &mut context, "relation-list -r 0"), "app/0\napp/1");
    model.finish(context, &Exit::Code(0));
    story(&mut model);
    assert_eq!(in_hook(&mut model, "web/0", &["relation-list -r 0"]), ["app/1\napp/2"]);
}

/// An application's databag is read once in a hook, and anew in the next one.
#[test]
fn application_data_is_read_once_per_hook() {
    let mut model = related(1);
    let read = "relation-get -r 0 --app key app";
    let mut reader = hook(&mut model, "web/0");
    assert_eq!(ok(&mut model, &mut reader, read), "");
    in_hook(&mut model, "app/0", &["relation-set -r 0 --app key=value"]);
    assert_eq!(ok(&mut model, &mut reader, read), "");
    model.finish(reader, &Exit::Code(0));
    // Not for the hook that tells of it: any hook will do.
    assert_eq!(in_hook(&mut model, "web/0", &[read]), ["value"]);
}

/// A remote unit's databag is kept across hooks, until a hook for that unit; another unit's is no reason to read it.
#[test]
fn a_member_s_databag_is_as_of_its_last_hook() {
    let mut model = related(2);
    let read = |unit: &str| format!("relation-get -r 0 key {unit}");
    in_hook(&mut model, "web/0", &[&read("app/0"), &read("app/1")]);
    in_hook(&mut model, "app/0", &["relation-set -r 0 key=0"]);
    in_hook(&mut model, "app/1", &["relation-set -r 0 key=1"]);
    let mut first = model.next().unwrap();
    assert_eq!(first.hook().relation().unwrap().remote_unit, Some(unit("app/0")));
    assert_eq!(ok(&mut model, &mut first, &read("app/0")), "0");
    assert_eq!(ok(&mut model, &mut first, &read("app/1")), "", "its relation-changed will come");
    model.finish(first, &Exit::Code(0));
    let mut second = model.next().unwrap();
    assert_eq!(ok(&mut model, &mut second, &read("app/1")), "1");
    model.finish(second, &Exit::Code(0));
}

/// Own writes are seen at once by who wrote them, and by others after the commit.
#[test]
fn own_writes_are_seen_at_once_and_by_others_after_the_commit() {
    let mut model = related(1);
    let mut writer = hook(&mut model, "app/0");
    ok(&mut model, &mut writer, "relation-set -r 0 key=value");
    ok(&mut model, &mut writer, "relation-set -r 0 --app key=value");
    assert_eq!(ok(&mut model, &mut writer, "relation-get -r 0 key app/0"), "value");
    assert_eq!(ok(&mut model, &mut writer, "relation-get -r 0 --app key app"), "value");
    let reads = ["relation-get -r 0 --app key app", "relation-get -r 0 key app/0"];
    assert_eq!(in_hook(&mut model, "web/0", &reads), ["", ""]);
    model.finish(writer, &Exit::Code(0));
    let mut changed = until(&mut model, "web/0", "backend-relation-changed");
    assert_eq!(ok(&mut model, &mut changed, reads[0]), "value");
    model.finish(changed, &Exit::Code(0));
    story(&mut model);
    assert_eq!(in_hook(&mut model, "web/0", &reads), ["value", "value"]);
}

/// What a unit writes while it departs is accepted, and not published.
#[test]
fn nobody_reads_what_a_departing_unit_writes() {
    let mut model = related(1);
    in_hook(&mut model, "app/0", &["relation-set -r 0 key=before"]);
    model.remove_unit(&unit("app/0")).unwrap();
    for name in ["web-relation-departed", "web-relation-broken"] {
        let mut last = until(&mut model, "app/0", name);
        ok(&mut model, &mut last, "relation-set -r 0 key=after");
        assert_eq!(
            ok(&mut model, &mut last, "relation-get -r 0 key app/0"),
            "after",
            "it reads its own words"
        );
        model.finish(last, &Exit::Code(0));
    }
    let published = model.relation(RelationId(0)).unwrap().unit_data(&unit("app/0")).unwrap();
    assert_eq!(published.get("key").map(String::as_str), Some("before"));
}

/// The databag of a unit that has departed stays readable by its name, as long as the relation lives.
#[test]
fn what_a_departed_unit_said_can_be_read() {
    let mut model = related(1);
    in_hook(&mut model, "app/0", &["relation-set -r 0 key=value"]);
    model.remove_unit(&unit("app/0")).unwrap();
    let mut departed = until(&mut model, "web/0", "backend-relation-departed");
    assert_eq!(ok(&mut model, &mut departed, "relation-get key"), "value");
    assert_eq!(ok(&mut model, &mut departed, "relation-list"), "");
    model.finish(departed, &Exit::Code(0));
    story(&mut model);
    assert!(model.unit(&unit("app/0")).is_none());
    assert_eq!(in_hook(&mut model, "web/0", &["relation-get -r 0 key app/0"]), ["value"]);
}

/// In relation-broken nobody is left, and what the other application said can still be read.
#[test]
fn a_broken_relation_still_has_its_application_data() {
    let mut model = related(1);
    in_hook(&mut model, "app/0", &["relation-set -r 0 --app key=value"]);
    story(&mut model);
    model.remove_relation(RelationId(0)).unwrap();
    let mut broken = until(&mut model, "web/0", "backend-relation-broken");
    assert_eq!(ok(&mut model, &mut broken, "relation-list"), "");
    assert_eq!(ok(&mut model, &mut broken, "relation-list --app"), "app");
    assert_eq!(ok(&mut model, &mut broken, "relation-get --app key"), "value");
    // Whatever it writes now nobody will read; to write is no error.
    ok(&mut model, &mut broken, "relation-set key=value");
    model.finish(broken, &Exit::Code(0));
}

/// Any unit writes its own databag in any hook of any relation it takes part in. The application's is the leader's to
/// write, and to read: the others may read it on peer relations only. Of the remote side all can be read.
#[test]
fn who_may_do_what() {
    let mut model = Model::new(0);
    let declared = format!("{PROVIDER}peers: {{fellows: {{interface: gossip}}}}\n");
    model.deploy("app", charm("app", &declared), 2).unwrap();
    model.deploy("web", charm("web", REQUIRER), 1).unwrap();
    model.deploy("stranger", charm("stranger", REQUIRER), 1).unwrap();
    model.integrate("app", "web").unwrap();
    story(&mut model);
    let leader = model.leader("app").unwrap().to_string();
    let other = if leader == "app/0" { "app/1" } else { "app/0" }.to_owned();
    let refused = |words: &str| (1, format!("ERROR {words}\n"));
    let done = (0, String::new());
    for (who, command, answer) in [
        (&leader, "relation-set -r 1 key=value", done.clone()),
        (&other, "relation-set -r 1 key=value", done.clone()),
        (&other, "relation-set -r 0 key=value", done.clone()),
        (&leader, "relation-set -r 1 --app key=value", done.clone()),
        (&leader, "relation-set -r 0 --app key=value", done.clone()),
        (&other, "relation-set -r 1 --app key=value", refused("cannot write relation settings")),
        (&other, "relation-set -r 0 --app key=value", refused("cannot write relation settings")),
        (&leader, "relation-get -r 1 --app key app", (0, "value\n".to_owned())),
        (&leader, "relation-get -r 0 --app key app", (0, "value\n".to_owned())),
        (&other, "relation-get -r 1 --app key app", refused("permission denied")),
        (&other, "relation-get -r 0 --app key app", (0, "value\n".to_owned())),
        (&other, "relation-get -r 1 --app key web", done.clone()),
        (&other, "relation-get -r 1 key web/0", done.clone()),
        (&other, "relation-get -r 1 key stranger/0", refused("permission denied")),
        (&other, "relation-get -r 1 --app key stranger", refused("permission denied")),
        (&other, "relation-get -r 1 key web/7", refused("settings for unit \"web/7\" not found")),
    ] {
        let mut context = hook(&mut model, who);
        assert_eq!(call(&mut model, &mut context, command), answer, "{who}: {command}");
        model.finish(context, &Exit::Code(0));
    }
}

/// Leadership is asked for again at the commit: who has lost it publishes nothing at all.
#[test]
fn leadership_is_needed_at_the_commit_for_application_data_only() {
    let mut model = related(2);
    let leader = model.leader("app").unwrap().clone();
    let other = unit(if leader == unit("app/0") { "app/1" } else { "app/0" });
    let mut context = model.begin(&leader, Hook::UpdateStatus);
    ok(&mut model, &mut context, "is-leader");
    ok(&mut model, &mut context, "relation-set -r 0 key=value");
    model.set_leader(&other);
    model.finish(context, &Exit::Code(0));
    assert!(model.unit(&leader).unwrap().failure.is_none(), "its own databag is its own");
    let published = model.relation(RelationId(0)).unwrap().unit_data(&leader).unwrap();
    assert_eq!(published.get("key").map(String::as_str), Some("value"));
}

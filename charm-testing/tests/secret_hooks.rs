//! The hooks that secrets make due: changed, rotate, expired, remove.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::time::Duration;

use charm_testing::model::{Exit, Hook, HookContext, Model};
use hooks::{hook, id, in_hook, ok, related, settle, shared, unit, until};

#[test]
fn obsolete_revisions_are_told_once_each() {
    let mut model = related(1);
    let uri = shared(&mut model, "");
    in_hook(&mut model, "web/0", &[&format!("secret-get {uri}")]);
    in_hook(&mut model, "app/0", &[&format!("secret-set {uri} token=two")]);
    assert_eq!(settle(&mut model), ["web/0 secret-changed"], "the first revision is still tracked");
    let mut context = hook(&mut model, "web/0");
    ok(&mut model, &mut context, &format!("secret-get {uri} --refresh"));
    model.finish(context, &Exit::Code(0));
    let mut context = until(&mut model, "app/0", "secret-remove");
    let Hook::Secret(event) = context.hook().clone() else { panic!("{:?}", context.hook()) };
    assert_eq!((event.secret, event.label.as_str(), event.revision), (id(&uri), "l", Some(1)));
    ok(&mut model, &mut context, &format!("secret-remove {uri} --revision 1"));
    model.finish(context, &Exit::Code(0));
    assert_eq!(settle(&mut model), [""; 0]);
    assert_eq!(model.secret(&id(&uri)).unwrap().revisions.keys().collect::<Vec<_>>(), [&2]);

    // The same content is no new revision; a revision that was never read is obsolete at once, and told once even if
    // nobody removes it.
    in_hook(&mut model, "app/0", &[&format!("secret-set {uri} token=two")]);
    assert_eq!(model.secret(&id(&uri)).unwrap().latest, 2);
    in_hook(&mut model, "app/0", &[&format!("secret-set {uri} token=three")]);
    in_hook(&mut model, "app/0", &[&format!("secret-set {uri} token=four")]);
    assert_eq!(settle(&mut model).iter().filter(|hook| *hook == "app/0 secret-remove").count(), 1);
    assert_eq!(settle(&mut model), [""; 0]);
}

fn rotated(model: &mut Model, then: impl Fn(&mut Model, &mut HookContext)) {
    let mut context = until(model, "app/0", "secret-rotate");
    then(model, &mut context);
    model.finish(context, &Exit::Code(0));
}

#[test]
fn rotation_is_asked_for_until_it_happens() {
    let mut model = related(1);
    model.set_update_status_interval(None);
    let uri = shared(&mut model, "--rotate hourly");
    assert_eq!(settle(&mut model), [""; 0]);
    model.advance(Duration::from_secs(3600));
    rotated(&mut model, |_, context| {
        let Hook::Secret(event) = context.hook() else { panic!("{:?}", context.hook()) };
        assert_eq!((event.label.as_str(), event.revision), ("l", None));
    });
    assert_eq!(settle(&mut model), [""; 0]);
    model.advance(Duration::from_secs(5 * 60));
    rotated(&mut model, |model, context| drop(ok(model, context, &format!("secret-set {uri} token=two"))));
    settle(&mut model);
    model.advance(Duration::from_secs(30 * 60));
    assert_eq!(settle(&mut model), [""; 0], "due an hour after the last");
    model.rotate_due(&id(&uri)).unwrap();
    assert_eq!(settle(&mut model), ["app/0 secret-rotate"]);
}

#[test]
fn an_expiry_is_told_until_the_revision_is_gone() {
    let mut model = related(1);
    model.set_update_status_interval(None);
    let uri = shared(&mut model, "--expire 1h");
    model.advance(Duration::from_secs(3600));
    let expired = |model: &mut Model| {
        let context = until(model, "app/0", "secret-expired");
        let Hook::Secret(event) = context.hook().clone() else { panic!("{:?}", context.hook()) };
        assert_eq!(event.revision, Some(1));
        context
    };
    let context = expired(&mut model);
    model.finish(context, &Exit::Code(0));
    assert_eq!(settle(&mut model), [""; 0]);
    model.advance(Duration::from_secs(5 * 60));
    let mut context = expired(&mut model);
    ok(&mut model, &mut context, &format!("secret-remove {uri} --revision 1"));
    model.finish(context, &Exit::Code(0));
    assert!(model.secret(&id(&uri)).is_none(), "with its last revision the secret is gone");
    model.advance(Duration::from_secs(5 * 60));
    assert_eq!(settle(&mut model), [""; 0]);
}

#[test]
fn a_rotation_is_not_tried_again_by_who_leads_no_more() {
    let mut model = related(2);
    let leader = model.leader("app").unwrap().clone();
    let other = unit(if leader == unit("app/0") { "app/1" } else { "app/0" });
    let uri = in_hook(&mut model, &leader.to_string(), &["secret-add --rotate hourly token=one"]).remove(0);
    model.rotate_due(&id(&uri)).unwrap();
    let context = until(&mut model, &leader.to_string(), "secret-rotate");
    model.finish(context, &Exit::Code(1));
    model.set_leader(&other);
    let hooks = settle(&mut model);
    let rotations: Vec<&String> = hooks.iter().filter(|hook| hook.ends_with("secret-rotate")).collect();
    assert_eq!(rotations, [&format!("{other} secret-rotate")]);
    assert!(model.units().all(|unit| unit.failure.is_none()));
}

#[test]
fn an_application_s_units_read_its_secret_and_are_told_of_changes() {
    let mut model = related(2);
    let leader = model.leader("app").unwrap().to_string();
    let other = if leader == "app/0" { "app/1" } else { "app/0" };
    let uri = in_hook(&mut model, &leader, &["secret-add --label l token=one"]).remove(0);
    in_hook(&mut model, &leader, &[&format!("secret-get {uri}")]);
    in_hook(&mut model, other, &["secret-get --label l"]);
    in_hook(&mut model, &leader, &[&format!("secret-set {uri} token=two")]);
    let changed: Vec<String> =
        settle(&mut model).into_iter().filter(|hook| hook.ends_with("secret-changed")).collect();
    assert_eq!(changed, [format!("{other} secret-changed")], "not the owner");
}

/// Whoever leads when the rotation of an application's secret comes due is asked for it, also one that came later.
#[test]
fn a_rotation_is_asked_of_who_leads_by_then() {
    let mut model = related(1);
    model.set_update_status_interval(None);
    shared(&mut model, "--rotate hourly");
    model.add_units("app", 1).unwrap();
    settle(&mut model);
    model.set_update_status_interval(None);
    assert!(model.set_leader(&unit("app/1")));
    settle(&mut model);
    model.advance(Duration::from_secs(3600));
    assert_eq!(settle(&mut model), ["app/1 secret-rotate"]);
    assert_eq!(model.overlooked(), 0);
}

/// secret-remove comes once for each revision and unit: a new leader is told again of what the old one has been told.
#[test]
fn a_new_leader_is_told_again_of_obsolete_revisions() {
    let mut model = related(2);
    let leader = model.leader("app").unwrap().clone();
    let other = unit(if leader == unit("app/0") { "app/1" } else { "app/0" });
    let uri = in_hook(&mut model, &leader.to_string(), &["secret-add token=one"]).remove(0);
    in_hook(&mut model, &leader.to_string(), &[&format!("secret-set {uri} token=two")]);
    assert_eq!(settle(&mut model), [format!("{leader} secret-remove")]);
    model.set_leader(&other);
    let told = settle(&mut model);
    assert_eq!(told, [format!("{other} leader-elected"), format!("{other} secret-remove")]);
    model.set_leader(&leader);
    assert_eq!(settle(&mut model), [format!("{leader} leader-elected")]);
}

//! The journal of a model: what it tells of hooks, and what it never tells.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{Entry, Exit, Happening, Model};
use hooks::{PROVIDER, REQUIRER, charm, hook, id, in_hook, ok, settle, shared, unit, until};

/// What changed, in short: who, whether in a hook, what, from what to what.
fn changes(entries: &[Entry]) -> Vec<String> {
    let change = |entry: &Entry| match &entry.what {
        Happening::Changed { fact, old, new } => {
            let place = if entry.run.is_some() { "in a hook" } else { "between" };
            let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
            Some(format!("{:?} {place}: {fact:?}: {} > {}", entry.by, text(old), text(new)))
        }
        _ => None,
    };
    entries.iter().filter_map(change).collect()
}

fn since(model: &Model, from: usize) -> &[Entry] {
    &model.journal().unwrap().entries()[from..]
}

fn length(model: &Model) -> usize {
    model.journal().unwrap().entries().len()
}

#[test]
fn without_being_asked_a_model_keeps_none() {
    assert!(hooks::related(1).journal().is_none());
}

#[test]
fn what_an_operator_does_is_told_before_the_hooks_that_follow() {
    let mut model = Model::new(0);
    model.keep_journal();
    model.deploy("web", charm("web", "config: {options: {port: {type: int}}}\n"), 1).unwrap();
    model.set_config("web", [("port", "80")]).unwrap();
    settle(&mut model);
    let entries = since(&model, 0);
    let first = entries.iter().position(|entry| matches!(entry.what, Happening::Began { .. })).unwrap();
    let told = changes(&entries[..first]);
    for expected in [
        "Operator between: Application(\"web\"): - > web",
        "Operator between: Option(\"web\", \"port\"): - > 80",
        "Operator between: UnitStatus(web/0): - > waiting waiting for machine",
        "Operator between: Leader(\"web\"): - > web/0",
    ] {
        let unit = "UnitName { application: \"web\", number: 0 }";
        assert!(told.iter().any(|line| line.replace(unit, "web/0") == expected), "{expected}: {told:#?}");
    }
    // Juju's own status of an installing unit belongs to that hook.
    let Happening::Began { hook, attempt, .. } = &entries[first].what else { unreachable!() };
    assert_eq!((hook.name().as_str(), *attempt), ("install", 1));
    let automatic = &changes(&entries[first..])[0];
    assert!(
        automatic.starts_with("Juju in a hook") && automatic.ends_with("installing charm software"),
        "{automatic}"
    );
}

#[test]
fn each_status_of_a_hook_is_told_and_data_only_when_it_is_committed() {
    let mut model = hooks::related(1);
    model.keep_journal();
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "status-set maintenance one");
    ok(&mut model, &mut context, "status-set active two");
    ok(&mut model, &mut context, "relation-set -r 0 key=value");
    let told = changes(since(&model, 0));
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(
        told[0].starts_with("Charm in a hook: UnitStatus") && told[0].ends_with("> maintenance one"),
        "{told:#?}"
    );
    assert!(told[1].ends_with("maintenance one > active two"), "{told:#?}");
    model.finish(context, &Exit::Code(0));
    let told = changes(since(&model, 0));
    assert!(
        told[2].starts_with("Charm in a hook: UnitData(RelationId(0)")
            && told[2].ends_with("\"key\"): - > value"),
        "{told:#?}"
    );
    let last = since(&model, 0).last().unwrap();
    assert_eq!(last.what, Happening::Ended { exit: Exit::Code(0), failure: None });
}

#[test]
fn a_hook_that_fails_commits_nothing_and_its_retry_is_another_attempt() {
    let mut model = hooks::related(1);
    model.keep_journal();
    model.set_config("app", [("nothing", "x")]).unwrap_err();
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "relation-set -r 0 key=value");
    model.finish(context, &Exit::Code(7));
    let told = changes(since(&model, 0));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].ends_with("> error hook failed: \"update-status\""), "{told:#?}");
    let failed = Happening::Ended { exit: Exit::Code(7), failure: Some("exit status 7".to_owned()) };
    assert_eq!(since(&model, 0).last().unwrap().what, failed);

    let before = length(&model);
    let context = until(&mut model, "app/0", "update-status");
    let attempts: Vec<u32> = since(&model, before)
        .iter()
        .filter_map(
            |entry| if let Happening::Began { attempt, .. } = entry.what { Some(attempt) } else { None },
        )
        .collect();
    assert_eq!(attempts, [2]);
    model.finish(context, &Exit::Code(0));
    assert!(matches!(since(&model, 0).last().unwrap().what, Happening::Ended { failure: None, .. }));
}

#[test]
fn a_line_of_the_log_belongs_to_the_hook_that_wrote_it() {
    let mut model = hooks::related(1);
    model.keep_journal();
    let mut context = hook(&mut model, "web/0");
    ok(&mut model, &mut context, "juju-log hello");
    let runs = model.journal().unwrap().runs();
    model.finish(context, &Exit::Code(0));
    let line = since(&model, 0)
        .iter()
        .find(|entry| matches!(&entry.what, Happening::Logged(line) if line.message == "hello"));
    assert_eq!(line.unwrap().run, Some(runs - 1));
}

#[test]
fn of_a_secret_ids_and_revisions_are_told_and_never_the_content() {
    let mut model = hooks::related(1);
    model.keep_journal();
    let uri = shared(&mut model, "");
    in_hook(&mut model, "app/0", &[&format!("secret-set {uri} token=two")]);
    let told = changes(since(&model, 0)).join("\n");
    let secret = format!("{:?}", id(&uri));
    for expected in [
        format!("Secret({secret}): - > app \"l\""),
        format!("SecretRevision({secret}, 1): - > "),
        format!("SecretRevision({secret}, 2): - > "),
        format!("Grant({secret}, Application(\"web\")): - > relation 0"),
    ] {
        assert!(told.contains(&expected), "{expected}: {told}");
    }
    let all = format!("{:?}", model.journal().unwrap());
    for (content, encoded) in [("\"one\"", "b25l"), ("\"two\"", "dHdv")] {
        assert!(!all.contains(content) && !all.contains(encoded), "{all}");
    }
}

#[test]
fn what_is_removed_is_told_as_juju_s_doing() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", PROVIDER), 1).unwrap();
    model.deploy("web", charm("web", REQUIRER), 1).unwrap();
    model.integrate("app", "web").unwrap();
    settle(&mut model);
    model.keep_journal();
    model.remove_application("web").unwrap();
    settle(&mut model);
    let told = changes(since(&model, 0));
    let position = |words: &str| {
        told.iter().position(|line| line.starts_with(words)).unwrap_or_else(|| panic!("{words}: {told:#?}"))
    };
    let name = format!("{:?}", unit("web/0"));
    let asked = position("Operator between: Application(\"web\"): web > web dying");
    let gone = position(&format!("Juju between: Unit({name}): dying > -"));
    assert!(asked < gone);
    position("Juju between: Application(\"web\"): web dying > -");
}

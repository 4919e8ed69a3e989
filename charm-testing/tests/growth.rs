//! A model that lives long doesn't grow with what has happened in it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::time::Duration;

use charm_testing::model::{Exit, Hook, HookContext, Model, UnitName};
use hooks::{PROVIDER, REQUIRER, call, charm};

/// Makes, revises, grants, prunes and removes secrets.
fn change_secrets(model: &mut Model, context: &mut HookContext, hooks: usize, round: u64) {
    if let Hook::Secret(hook) = context.hook().clone()
        && let Some(revision) = hook.revision
    {
        call(model, context, &format!("secret-remove {} --revision {revision}", hook.secret));
        return;
    }
    if hooks.is_multiple_of(7) {
        let add = "secret-add --owner unit --expire 900h --rotate daily token=one";
        let (code, uri) = call(model, context, add);
        assert_eq!(code, 0, "{uri}");
        call(model, context, &format!("secret-grant {} -r 0", uri.trim()));
        return;
    }
    let (_, known) = call(model, context, "secret-ids --format=json");
    let known: Option<Vec<String>> = serde_json::from_str(&known).unwrap();
    for uri in known.unwrap_or_default() {
        if hooks.is_multiple_of(5) {
            call(model, context, &format!("secret-remove {uri}"));
        } else {
            call(model, context, &format!("secret-get {uri} --refresh"));
            call(model, context, &format!("secret-set {uri} --expire {}h token={hooks}", 1000 + round));
        }
    }
}

/// The end of units and applications, secrets of many revisions, permissions, failures and kills, over and over.
fn live(model: &mut Model, round: u64) -> usize {
    let mut hooks = 0;
    let mut turn = |model: &mut Model| {
        while let Some(mut context) = model.next() {
            hooks += 1;
            if context.unit().application() == "app" {
                change_secrets(model, &mut context, hooks, round);
            }
            match hooks % 11 {
                0 => model.finish(context, &Exit::Code(1)),
                1 => model.finish(context, &Exit::Signal(9)),
                2 => model.kill_agent(context),
                _ => model.finish(context, &Exit::Code(0)),
            }
            model.take_log();
        }
    };
    turn(model);
    let unit = model.units_of("web").next().map(|unit| unit.name.clone());
    model.add_units("web", 1).unwrap();
    turn(model);
    let unit: UnitName = unit.unwrap();
    if round.is_multiple_of(2) { model.remove_unit(&unit) } else { model.force_remove_unit(&unit) }.unwrap();
    model.refresh("web", charm("web", REQUIRER)).unwrap();
    turn(model);
    model.deploy("guest", charm("guest", REQUIRER), 1).unwrap();
    model.integrate("app", "guest").unwrap();
    turn(model);
    model.lose_agent(&"guest/0".parse().unwrap()).unwrap();
    model.force_remove_application("guest").unwrap();
    model.advance(Duration::from_secs(60));
    turn(model);
    hooks
}

/// The numbers of all things in what is written of a model, by their place in it; lists and maps of one kind count
/// together.
fn counts(model: &Model) -> std::collections::BTreeMap<String, usize> {
    fn count(path: &str, value: &serde_json::Value, counts: &mut std::collections::BTreeMap<String, usize>) {
        let (len, inner): (usize, Vec<(String, &serde_json::Value)>) = match value {
            serde_json::Value::Array(items) => {
                (items.len(), items.iter().map(|item| (format!("{path}[]"), item)).collect())
            }
            serde_json::Value::Object(map) => {
                let named = |key: &String| {
                    let is_name = key.chars().all(|it| it.is_ascii_lowercase() || it == '_');
                    if is_name { format!("{path}.{key}") } else { format!("{path}.*") }
                };
                (map.len(), map.iter().map(|(key, value)| (named(key), value)).collect())
            }
            _ => return,
        };
        *counts.entry(path.to_owned()).or_default() += len;
        for (path, value) in inner {
            count(&path, value, counts);
        }
    }
    let mut all = std::collections::BTreeMap::new();
    count("", &serde_json::to_value(model).unwrap(), &mut all);
    all
}

/// What Juju itself keeps: the databags that units leave behind are read as long as their relation lives.
fn is_kept_by_juju(path: &str) -> bool {
    [".relations.*.units", ".relations.*.containers"].iter().any(|kept| path.starts_with(kept))
}

#[test]
fn a_long_life_leaves_nothing_behind() {
    let mut model = Model::new(5);
    model.deploy("app", charm("app", PROVIDER), 2).unwrap();
    model.deploy("web", charm("web", REQUIRER), 2).unwrap();
    model.integrate("app", "web").unwrap();
    let (mut hooks, mut round) = (0, 0);
    let mut until = |model: &mut Model, target: usize| {
        while hooks < target {
            round += 1;
            hooks += live(model, round);
        }
        counts(model)
    };
    let early = until(&mut model, 2_000);
    let late = until(&mut model, 100_000);
    assert_eq!(model.overlooked(), 0);
    for (path, count) in late.iter().filter(|(path, _)| !is_kept_by_juju(path)) {
        let before = early.get(path).copied().unwrap_or(0);
        assert!(*count <= 2 * before + 20, "{path} has grown from {before} to {count}");
    }
}

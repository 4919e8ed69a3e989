//! The model without processes: hooks that a test runs itself, step by step.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::path::Path;

use charm_meta::Metadata;
use charm_testing::hook_command::{self, Answer, Call};
use charm_testing::model::{Exit, Hook, HookContext, Model, UnitName};
use charm_testing::status_table;

const PROVIDER: &str = "provides:\n  web: {interface: http}\n";
const REQUIRER: &str = "requires:\n  backend: {interface: http}\n";

fn charm(name: &str, declarations: &str) -> Metadata {
    Metadata::parse(&format!("name: {name}\nsummary: A test\ndescription: A test\n{declarations}")).unwrap()
}

fn unit(name: &str) -> UnitName {
    name.parse().unwrap()
}

fn call(model: &mut Model, context: &mut HookContext, words: &str) -> Answer {
    let mut words = words.split(' ');
    let command = words.next().unwrap();
    let args: Vec<String> = words.map(str::to_owned).collect();
    let call = Call { command, args: &args, dir: Path::new("/"), stdin: None };
    hook_command::run(&mut model.view(context).unwrap(), &call).unwrap()
}

fn out(model: &mut Model, context: &mut HookContext, words: &str) -> String {
    let answer = call(model, context, words);
    assert_eq!(answer.code, 0, "{words}: {}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap().trim_end().to_owned()
}

/// Runs hooks until the one of that unit and name is begun.
fn until(model: &mut Model, unit_name: &str, hook: &str) -> HookContext {
    loop {
        let context = model.next().unwrap();
        if *context.unit() == unit(unit_name) && context.hook().name() == hook {
            return context;
        }
        model.finish(context, &Exit::Code(0));
    }
}

/// Runs all hooks that are due and returns them: `web/0 start`.
fn settle(model: &mut Model) -> Vec<String> {
    let mut hooks = Vec::new();
    while let Some(context) = model.next() {
        hooks.push(format!("{} {}", context.unit(), context.hook().name()));
        model.finish(context, &Exit::Code(0));
    }
    hooks
}

fn related(units: u32) -> Model {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", PROVIDER), units).unwrap();
    model.deploy("web", charm("web", REQUIRER), 1).unwrap();
    model.integrate("app", "web").unwrap();
    model
}

#[test]
fn a_commit_without_leadership_fails_the_hook_and_keeps_nothing() {
    let mut model = related(2);
    settle(&mut model);
    let leader = model.leader("app").unwrap().clone();
    let other = unit(if leader == unit("app/0") { "app/1" } else { "app/0" });
    model.request_update_status();
    let mut context = until(&mut model, &leader.to_string(), "update-status");
    out(&mut model, &mut context, "relation-set -r 0 --app k=v");
    out(&mut model, &mut context, "relation-set -r 0 k=v");
    model.set_leader(&other);
    // The answer given in this hook stands no longer than the lease.
    assert_eq!(out(&mut model, &mut context, "is-leader"), "False");
    model.set_leader(&leader);
    assert_eq!(out(&mut model, &mut context, "is-leader"), "False", "a no holds for the whole hook");
    model.set_leader(&other);
    model.finish(context, &Exit::Code(0));

    let failure = model.unit(&leader).unwrap().failure.as_ref().unwrap();
    assert_eq!(failure.cause, "cannot apply changes: this unit is not the leader");
    let relation = model.relations().next().unwrap();
    assert_eq!(relation.application_data("app"), None);
    assert_eq!(relation.unit_data(&leader).unwrap().get("k"), None);
}

#[test]
fn many_writes_are_one_relation_changed_and_none_is_none() {
    let mut model = related(1);
    settle(&mut model);
    let mut write = |pairs: &str| {
        model.request_update_status();
        let mut context = until(&mut model, "app/0", "update-status");
        out(&mut model, &mut context, &format!("relation-set -r 0 {pairs}"));
        model.finish(context, &Exit::Code(0));
        // The other unit's update-status is of no interest here.
        settle(&mut model).into_iter().filter(|hook| hook.contains("relation")).collect::<Vec<_>>()
    };
    assert_eq!(write("a=1 b=2"), ["web/0 backend-relation-changed"]);
    assert_eq!(write("a=1"), [""; 0]);
    assert_eq!(write("a="), ["web/0 backend-relation-changed"]);
}

#[test]
fn a_remote_databag_is_as_it_was_when_its_hook_last_ran() {
    let mut model = related(2);
    settle(&mut model);
    model.request_update_status();
    let mut reader = until(&mut model, "web/0", "update-status");
    // Read once, a remote databag is kept across hooks.
    assert_eq!(out(&mut model, &mut reader, "relation-get -r 0 k app/0"), "");
    model.finish(reader, &Exit::Code(0));

    model.request_update_status();
    let mut writer = until(&mut model, "app/0", "update-status");
    out(&mut model, &mut writer, "relation-set -r 0 k=new");
    model.finish(writer, &Exit::Code(0));
    let action_free = |model: &Model| model.unit(&unit("web/0")).unwrap().failure.is_none();
    assert!(action_free(&model));
    let mut changed = until(&mut model, "web/0", "backend-relation-changed");
    assert_eq!(out(&mut model, &mut changed, "relation-get k"), "new");
    // Its own hook tells of app/0; app/1 has had none, and nothing of its own changed.
    assert_eq!(out(&mut model, &mut changed, "relation-list"), "app/0\napp/1");
    model.finish(changed, &Exit::Code(0));
}

#[test]
fn a_stale_databag_stays_stale_in_another_unit_s_hook() {
    let mut model = related(2);
    settle(&mut model);
    let mut reader = model.begin(&unit("web/0"), Hook::UpdateStatus);
    out(&mut model, &mut reader, "relation-get -r 0 k app/0");
    // While the reader's hook runs, the other side commits.
    let mut writer = model.begin(&unit("app/0"), Hook::UpdateStatus);
    out(&mut model, &mut writer, "relation-set -r 0 k=new");
    model.finish(writer, &Exit::Code(0));
    assert_eq!(out(&mut model, &mut reader, "relation-get -r 0 k app/0"), "");
    model.finish(reader, &Exit::Code(0));
    let mut changed = until(&mut model, "web/0", "backend-relation-changed");
    assert_eq!(out(&mut model, &mut changed, "relation-get -r 0 k app/0"), "new");
    model.finish(changed, &Exit::Code(0));
}

#[test]
fn configuration_is_fixed_once_a_hook_has_read_it() {
    let mut model = Model::new(0);
    let options =
        "config:\n  options:\n    n: {type: int, default: 1}\n    big: {type: int, default: 1000000}\n";
    model.deploy("hello", charm("hello", options), 1).unwrap();
    let mut install = until(&mut model, "hello/0", "install");
    assert_eq!(out(&mut model, &mut install, "config-get n"), "1");
    model.set_config("hello", [("n", "2")]).unwrap();
    assert_eq!(out(&mut model, &mut install, "config-get n"), "1");
    assert_eq!(out(&mut model, &mut install, "config-get big"), "1e+06");
    assert_eq!(out(&mut model, &mut install, "config-get --format=json"), "{\"big\":1000000,\"n\":1}");
    model.finish(install, &Exit::Code(0));
    let mut changed = until(&mut model, "hello/0", "config-changed");
    assert_eq!(out(&mut model, &mut changed, "config-get n"), "2");
    // Set while config-changed runs, it is told again.
    model.set_config("hello", [("n", "3")]).unwrap();
    model.finish(changed, &Exit::Code(0));
    assert_eq!(settle(&mut model), ["hello/0 start", "hello/0 config-changed"]);
}

#[test]
fn juju_sets_statuses_of_its_own() {
    let mut model = Model::new(0);
    model.deploy("hello", charm("hello", ""), 1).unwrap();
    let shown = |model: &Model| {
        let (kind, message) = model.unit(&unit("hello/0")).unwrap().shown_status();
        format!("{kind} {message}")
    };
    assert_eq!(shown(&model), "waiting waiting for machine");
    let install = until(&mut model, "hello/0", "install");
    assert_eq!(shown(&model), "maintenance installing charm software");
    model.finish(install, &Exit::Code(0));
    let mut start = until(&mut model, "hello/0", "start");
    out(&mut model, &mut start, "status-set active ready");
    assert_eq!(
        out(&mut model, &mut start, "goal-state --format=json").matches("\"status\":\"active\"").count(),
        1
    );
    model.finish(start, &Exit::Code(0));
    assert_eq!(shown(&model), "active ready");
    model.remove_application("hello").unwrap();
    let stop = until(&mut model, "hello/0", "stop");
    assert_eq!(shown(&model), "maintenance stopping charm software");
    model.finish(stop, &Exit::Code(0));
    let remove = until(&mut model, "hello/0", "remove");
    assert_eq!(shown(&model), "maintenance cleaning up prior to charm deletion");
    model.finish(remove, &Exit::Code(0));
    assert!(model.next().is_none());
    assert!(model.unit(&unit("hello/0")).is_none());
}

#[test]
fn status_is_shown_as_juju_shows_it() {
    let mut model = related(1);
    model.set_retries(0);
    let failing = until(&mut model, "web/0", "start");
    model.finish(failing, &Exit::Code(1));
    let mut context = until(&mut model, "app/0", "start");
    for command in ["status-set active", "open-port 80", "application-version-set 1.0"] {
        out(&mut model, &mut context, command);
    }
    model.finish(context, &Exit::Code(0));
    settle(&mut model);
    let expected = "\
Model  Controller  Cloud/Region  Version  Timestamp
local  local       localhost     3.6.11   14:03:22Z

App  Version  Status  Scale  Charm  Channel  Rev  Exposed  Message
app  1.0      active  1      app             0    no
web           error   1      web             0    no       hook failed: \"start\"

Unit    Workload  Agent  Machine  Public address  Ports   Message
app/0*  active    idle   0        10.0.0.10       80/tcp
web/0*  error     idle   1        10.0.0.11               hook failed: \"start\"

Integration provider  Requirer     Interface  Type     Message
app:web               web:backend  http       regular
";
    assert_eq!(status_table::render(&model, "14:03:22Z"), expected);
    assert_eq!(status_table::summary(&model), "app/0  active\nweb/0  error   hook failed: \"start\"\n");
}

#[test]
fn what_is_not_in_the_model_is_no_hook_s_business() {
    let mut model = related(1);
    let mut other = Model::new(0);
    let mut context = until(&mut model, "app/0", "install");
    assert!(other.view(&mut context).is_none());
    let call = Call { command: "no-such-command", args: &[], dir: Path::new("/"), stdin: None };
    let error = hook_command::run(&mut model.view(&mut context).unwrap(), &call).unwrap_err();
    assert_eq!(error.to_string(), "bad request: unknown command: no-such-command");
    model.finish(context, &Exit::Code(0));
}

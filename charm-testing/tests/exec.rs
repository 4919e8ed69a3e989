//! `juju exec`: commands of an operator beside a unit's hooks.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;
mod local;

use charm_testing::model::{ActionStatus, Exit, Hook, Model};
use hooks::{call, charm, failure, ok, related, settle, unit};
use local::Local;

#[test]
fn commands_run_like_a_hook_without_a_name() {
    let mut local = Local::new();
    local.deploy("app", "", "", 1);
    local.settle();
    let commands = "echo \"[$JUJU_HOOK_NAME] ${JUJU_DISPATCH_PATH-none} ${JUJU_RELATION-none}\"\n\
                    echo ${JUJU_CONTEXT_ID%-*}; test \"$PWD\" = \"$CHARM_DIR\" && echo there\n\
                    state-set k=v; echo complaint >&2";
    let id = local.model.exec(&unit("app/0"), commands, None).unwrap();
    local.take_record("app/0");
    local.settle();
    let exec = local.model.exec_result(id).unwrap();
    assert_eq!(exec.stdout, "[] none none\napp/0-run-commands\nthere\n");
    assert_eq!(
        (exec.stderr.as_str(), exec.code, exec.status),
        ("complaint\n", Some(0), ActionStatus::Completed)
    );
    assert_eq!(local.model.unit(&unit("app/0")).unwrap().charm_state()["k"], "v");
    assert_eq!(local.take_record("app/0"), [""; 0], "the charm itself is not run");
}

/// An exit code is an answer; what was staged before it is dropped, and the unit goes on.
#[test]
fn an_exit_code_is_an_answer() {
    let mut local = Local::new();
    local.deploy("app", "", "", 1);
    local.settle();
    let id = local.model.exec(&unit("app/0"), "state-set k=v; exit 7", None).unwrap();
    local.settle();
    let exec = local.model.exec_result(id).unwrap();
    assert_eq!((exec.code, exec.status), (Some(7), ActionStatus::Completed));
    let unit = local.model.unit(&unit("app/0")).unwrap();
    assert!(unit.charm_state().is_empty() && unit.failure.is_none());
}

/// Commands that are given a relation need not name it, nor its unit if there is but one.
#[test]
fn a_given_relation_is_the_one_meant() {
    let mut model = related(1);
    let relation = model.relations().next().unwrap().id;
    model.exec(&unit("web/0"), "x", Some(relation)).unwrap();
    let mut context = model.next().unwrap();
    assert_eq!(ok(&mut model, &mut context, "relation-get private-address"), "10.0.0.10");
    assert_eq!(ok(&mut model, &mut context, "relation-list"), "app/0");
    ok(&mut model, &mut context, "relation-set k=v");
    model.finish(context, &Exit::Code(0));
    assert_eq!(settle(&mut model), ["app/0 web-relation-changed"]);

    let mut model = related(2);
    model.exec(&unit("web/0"), "x", Some(relation)).unwrap();
    let context = model.next().unwrap();
    let Hook::Exec(exec) = context.hook() else { panic!("{:?}", context.hook()) };
    assert_eq!(exec.relation.as_ref().unwrap().remote_unit, None, "there are two");
    model.finish(context, &Exit::Code(0));
    let stranger = Model::new(0).exec(&unit("web/0"), "x", None).unwrap_err();
    assert_eq!(stranger.to_string(), "unit \"web/0\" not found");
    let error = model.exec(&unit("web/0"), "x", Some(charm_testing::model::RelationId(9))).unwrap_err();
    assert_eq!(error.to_string(), "unit \"web/0\" takes part in no relation 9");
}

/// Commands run in any state of the unit, and change nothing about it: before install, in error, with a hook queued.
#[test]
fn commands_run_in_any_state() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", ""), 1).unwrap();
    let app = unit("app/0");
    model.exec(&app, "x", None).unwrap();
    let first = model.next().unwrap();
    assert_eq!(first.hook().name(), "run-commands");
    model.finish(first, &Exit::Code(0));
    let install = model.next().unwrap();
    assert_eq!(install.hook().name(), "install");
    model.finish(install, &Exit::Code(1));
    let id = model.exec(&app, "x", None).unwrap();
    let second = model.next().unwrap();
    assert_eq!(second.hook().name(), "run-commands");
    model.finish(second, &Exit::Code(1));
    assert!(failure(&model, "app/0").is_some(), "it is still in error");
    assert_eq!(model.exec_result(id).unwrap().code, Some(1));
    assert_eq!(settle(&mut model)[0], "app/0 install");

    let id = model.exec(&app, "x", None).unwrap();
    let mut third = model.next().unwrap();
    assert_eq!(call(&mut model, &mut third, "action-get").1, "ERROR not running an action\n");
    model.refuse_commit(&app, "database is down");
    model.finish(third, &Exit::Code(0));
    let exec = model.exec_result(id).unwrap();
    assert_eq!(exec.status, ActionStatus::Failed);
    assert_eq!(exec.message, "committing requested changes failed: database is down");
    assert_eq!(failure(&model, "app/0"), None);
    assert_eq!(model.overlooked(), 0);
}

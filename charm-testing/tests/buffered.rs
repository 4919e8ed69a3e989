//! What Juju keeps back until the end of a hook, of an action or of an operator's commands, and what it does at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{
    ActionResult, ActionStatus, Exit, Hook, HookContext, JujuVersion, Model, RelationId,
};
use hooks::{REQUIRER, charm, id, in_hook, ok, settle, shared, unit};

const APP: &str = "provides: {web: {interface: http}}\nstorage: {data: {type: filesystem, multiple: {range: 0-9}}}\n\
                   actions: {list: {}}\n";

/// What is kept back until the end, and lost unless that is 0.
const BUFFERED: [&str; 8] = [
    "relation-set -r 0 a=1",
    "relation-set -r 0 --app a=1",
    "open-port 80",
    "state-set k=v",
    "storage-add data",
    "secret-add --owner unit --label new token=one",
    "secret-set OWN token=two",
    "secret-revoke OWN --app web",
];

/// What is done at once, and stays.
const IMMEDIATE: [&str; 4] = [
    "status-set active",
    "status-set --application active",
    "application-version-set 1",
    "secret-get READ --refresh",
];

/// What is done at once by commands that only Juju 3 has.
const IMMEDIATE_3: [&str; 1] = ["leader-set a=1"];

/// Which of the commands above have had their effect.
fn effects(model: &Model, own: &str, read: &str) -> Vec<&'static str> {
    let app = unit("app/0");
    let relation = model.relation(RelationId(0)).unwrap();
    let (known, application) = (model.unit(&app).unwrap(), model.application("app").unwrap());
    let secret = model.secret(&id(own)).unwrap();
    let buffered = [
        relation.unit_data(&app).unwrap().contains_key("a"),
        relation.application_data("app").is_some_and(|data| data.contains_key("a")),
        known.ports().next().is_some(),
        known.charm_state().contains_key("k"),
        model.storages_of(&app).next().is_some(),
        model.secrets().any(|secret| secret.label == "new"),
        secret.latest == 2,
        secret.grants.is_empty(),
    ];
    let immediate = [
        known.workload.kind.as_str() == "active",
        model.application_status("app").kind.as_str() == "active",
        application.version == "1",
        model.secret(&id(read)).unwrap().consumers[&app].tracked == 2,
    ];
    let immediate_3 = [!application.leader_settings().is_empty()];
    let all = BUFFERED.into_iter().zip(buffered).chain(IMMEDIATE.into_iter().zip(immediate));
    all.chain(IMMEDIATE_3.into_iter().zip(immediate_3))
        .filter(|(_, done)| *done)
        .map(|(name, _)| name)
        .collect()
}

/// Begins what is asked for on `app/0`.
type Begin = fn(&mut Model) -> HookContext;

fn begin_hook(model: &mut Model) -> HookContext {
    model.begin(&unit("app/0"), Hook::UpdateStatus)
}

fn begin_action(model: &mut Model) -> HookContext {
    model.run_action(&unit("app/0"), "list", serde_json::Map::new()).unwrap();
    model.next().unwrap()
}

fn begin_commands(model: &mut Model) -> HookContext {
    model.exec(&unit("app/0"), "true", None).unwrap();
    model.next().unwrap()
}

/// A model in which all those commands have something to do, with a secret of `app/0` and one that it has read.
fn prepared(version: JujuVersion) -> (Model, String, String) {
    let mut model = Model::new(0);
    model.set_version(version);
    model.set_automatic_retries(false);
    model.deploy("app", charm("app", APP), 1).unwrap();
    model.deploy("web", charm("web", REQUIRER), 1).unwrap();
    model.integrate("app", "web").unwrap();
    settle(&mut model);
    let own = shared(&mut model, "");
    let read = in_hook(&mut model, "web/0", &["secret-add token=one"]).remove(0);
    in_hook(&mut model, "web/0", &[&format!("secret-grant {read} -r 0")]);
    in_hook(&mut model, "app/0", &[&format!("secret-get {read}")]);
    in_hook(&mut model, "web/0", &[&format!("secret-set {read} token=two")]);
    settle(&mut model);
    (model, own, read)
}

#[test]
fn what_is_buffered_comes_with_exit_0_and_the_rest_at_once() {
    let begins: [Begin; 3] = [begin_hook, begin_action, begin_commands];
    for version in [JujuVersion::V3_6, JujuVersion::V4_0] {
        let at_once: Vec<&str> = IMMEDIATE
            .into_iter()
            .chain(IMMEDIATE_3.into_iter().filter(|_| version == JujuVersion::V3_6))
            .collect();
        for begin in begins {
            for exit in [Exit::Code(0), Exit::Code(1), Exit::Signal(11), Exit::Failed("lost".to_owned())] {
                let (mut model, own, read) = prepared(version);
                let mut context = begin(&mut model);
                for words in BUFFERED.iter().chain(&at_once) {
                    ok(&mut model, &mut context, &words.replace("OWN", &own).replace("READ", &read));
                }
                let what = format!("{version} {} {exit:?}", context.hook().name());
                assert_eq!(effects(&model, &own, &read), at_once, "{what}: before its end");
                model.finish(context, &exit);
                let after = effects(&model, &own, &read);
                let expected = if exit == Exit::Code(0) { BUFFERED.as_slice() } else { &[] };
                assert_eq!(after, [expected, &at_once].concat(), "{what}");
            }
        }
    }
}

/// A commit that is refused keeps nothing, but in Juju 3 its secrets: those have gone before.
#[test]
fn a_refused_commit_keeps_the_secrets_of_juju_3() {
    let begins: [Begin; 3] = [begin_hook, begin_action, begin_commands];
    for (version, kept) in [(JujuVersion::V3_6, &BUFFERED[5..]), (JujuVersion::V4_0, &[])] {
        for begin in begins {
            let (mut model, own, read) = prepared(version);
            let mut context = begin(&mut model);
            for words in BUFFERED {
                ok(&mut model, &mut context, &words.replace("OWN", &own));
            }
            model.refuse_commit(&unit("app/0"), "the database is down");
            let what = format!("{version} {}", context.hook().name());
            model.finish(context, &Exit::Code(0));
            assert_eq!(effects(&model, &own, &read), kept, "{what}");
            settle(&mut model);
            assert_eq!(model.overlooked(), 0);
        }
    }
}

/// What an action has to say it says at its end, however that comes. `action-fail` fails it, and keeps what it staged.
#[test]
fn an_action_answers_however_it_ends() {
    for exit in [Exit::Code(0), Exit::Code(1), Exit::Signal(9)] {
        let (mut model, own, read) = prepared(JujuVersion::V3_6);
        let action = model.run_action(&unit("app/0"), "list", serde_json::Map::new()).unwrap();
        let mut context = model.next().unwrap();
        for words in ["action-set a=1", "action-fail no", "action-log halfway", "state-set k=v"] {
            ok(&mut model, &mut context, words);
        }
        let running = model.action(action).unwrap();
        assert!(running.results.is_empty() && running.log == ["halfway"], "{running:?}");
        model.finish(context, &exit);
        let done = model.action(action).unwrap();
        assert_eq!(done.status, ActionStatus::Failed, "{exit:?}");
        assert_eq!(done.results["a"], ActionResult::Text("1".to_owned()));
        let kept: &[&str] = if exit == Exit::Code(0) { &["state-set k=v"] } else { &[] };
        assert_eq!(effects(&model, &own, &read), kept, "{exit:?}");
        assert!(model.unit(&unit("app/0")).unwrap().failure.is_none());
    }
}

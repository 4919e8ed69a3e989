//! Words, codes and outputs in each kind of hook and in both versions of Juju, as far as no other file here has them.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{Exit, HookContext, JujuVersion, Level, Model};
use hooks::{call, charm, hook, in_hook, ok, run, settle, unit, until};

const V3: JujuVersion = JujuVersion::V3_6;
const V4: JujuVersion = JujuVersion::V4_0;
const BOTH: [JujuVersion; 2] = [V3, V4];

/// `app/0` leads `app/1`; `web/0` is related; `app` has peers too.
fn model(version: JujuVersion) -> Model {
    let mut model = Model::new(0);
    model.set_version(version);
    let app = format!(
        "{}peers:\n  cluster: {{interface: c}}\nconfig:\n  options:\n    size: {{type: int, default: 3000000}}\n    \
         name: {{type: string}}\n    big: {{type: boolean, default: true}}\nstorage:\n  logs: {{type: filesystem, \
         multiple: {{range: 0+}}}}\nactions:\n  act: {{}}\n",
        hooks::PROVIDER
    );
    model.deploy("app", charm("app", &app), 2).unwrap();
    model.deploy("web", charm("web", hooks::REQUIRER), 1).unwrap();
    settle(&mut model);
    model.integrate("app:web", "web").unwrap();
    model.set_leader(&unit("app/0"));
    model
}

fn check(model: &mut Model, context: &mut HookContext, rows: &[(&str, i32, &str)]) {
    for (words, code, printed) in rows {
        assert_eq!(call(model, context, words), (*code, (*printed).to_owned()), "{words}");
    }
}

#[test]
fn outside_relation_hooks() {
    for version in BOTH {
        let mut model = model(version);
        settle(&mut model);
        let mut context = hook(&mut model, "app/0");
        check(
            &mut model,
            &mut context,
            &[
                // All that JSON has as a number is a float to Juju: smart and YAML show large ones so.
                ("config-get size", 0, "3e+06\n"),
                ("config-get size --format json", 0, "3000000\n"),
                ("config-get big", 0, "True\n"),
                ("config-get name", 0, ""),
                ("config-get name --format json", 0, "null\n"),
                ("config-get unheard-of --format json", 0, "null\n"),
                ("config-get", 0, "big: true\nsize: 3e+06\n"),
                ("config-get -a --format json", 0, "{\"big\":true,\"name\":null,\"size\":3000000}\n"),
                ("config-get --all size", 2, "ERROR cannot use argument --all together with key \"size\"\n"),
                ("config-get size name", 2, "ERROR unrecognized args: [\"name\"]\n"),
                ("relation-ids", 2, "ERROR no endpoint name specified\n"),
                ("relation-ids web", 0, "web:1\n"),
                ("relation-ids unheard-of", 0, ""),
                ("relation-ids unheard-of --format yaml", 0, "[]\n"),
                ("relation-list", 2, "ERROR no relation id specified\n"),
                ("relation-list -r web:1 --format yaml", 0, "- web/0\n"),
                ("relation-list -r 1 --app", 0, "web\n"),
                ("relation-get", 2, "ERROR no relation id specified\n"),
                ("relation-get -r 1", 2, "ERROR no unit or application specified\n"),
                ("relation-get -r 1 --app", 2, "ERROR no unit or application specified\n"),
                ("relation-get -r 1 - web", 2, "ERROR expected unit name, got application name \"web\"\n"),
                ("relation-get -r 1 - web/x", 2, "ERROR invalid unit name \"web/x\"\n"),
                // A unit's name will do for that of its application.
                ("relation-get -r 1 --app - web/0", 0, "{}\n"),
                ("relation-get -r 1 --app - web", 0, "{}\n"),
                ("relation-get -r 1 - web/7", 1, "ERROR settings for unit \"web/7\" not found\n"),
                ("relation-get -r 1 - other/0", 1, "ERROR permission denied\n"),
                ("relation-get -r 1 --app - other", 1, "ERROR permission denied\n"),
                ("relation-get -r 1 ingress-address web/0", 0, "10.0.0.12\n"),
                ("relation-set", 2, "ERROR no relation id specified\n"),
                ("relation-set -r 1 x", 2, "ERROR expected \"key=value\", got \"x\"\n"),
                ("relation-set -r 1 =x", 2, "ERROR expected \"key=value\", got \"=x\"\n"),
                ("relation-set -r 1 --file= a=b", 0, ""),
                (
                    "relation-set -r 1 a=b --format=x",
                    0,
                    "--format flag deprecated for command \"relation-set\"",
                ),
                ("relation-get -r 1 a app/0", 0, "b\n"),
                ("relation-set -r 1 a=", 0, ""),
                ("relation-get -r 1 a app/0 --format json", 0, "null\n"),
                ("relation-set -r 1 --app a=b", 0, ""),
                ("relation-get -r 1 --app - app", 0, "a: b\n"),
                ("is-leader x", 2, "ERROR unrecognized args: [\"x\"]\n"),
                ("is-leader --format yaml", 0, "true\n"),
                (
                    "goal-state --format smart",
                    2,
                    "ERROR invalid value \"smart\" for option --format: unknown format \"smart\"\n",
                ),
                ("goal-state x", 2, "ERROR unrecognized args: [\"x\"]\n"),
            ],
        );
        model.finish(context, &Exit::Code(0));
    }
}

#[test]
fn of_status_state_and_storage() {
    for version in BOTH {
        let mut model = model(version);
        settle(&mut model);
        let mut context = hook(&mut model, "app/0");
        check(
            &mut model,
            &mut context,
            &[
                ("status-set", 2, "ERROR invalid args, require <status> [message]\n"),
                (
                    "status-set unknown",
                    2,
                    "ERROR invalid status \"unknown\", expected one of [maintenance blocked waiting active]\n",
                ),
                (
                    "status-set terminated",
                    2,
                    "ERROR invalid status \"terminated\", expected one of [maintenance blocked waiting active]\n",
                ),
                ("status-set active a b", 2, "ERROR unrecognized args: [\"b\"]\n"),
                ("status-set --application blocked why", 0, ""),
                ("status-get --application", 0, "blocked\n"),
                ("status-get x", 2, "ERROR unrecognized args: [\"x\"]\n"),
                ("application-version-set", 2, "ERROR no version specified\n"),
                ("juju-log", 2, "ERROR no message specified\n"),
                ("juju-log text --format x", 0, "--format flag deprecated for command \"juju-log\""),
                ("state-get --strict k", 1, "ERROR \"k\" not found\n"),
                ("state-get k", 0, ""),
                ("state-get --format json", 0, "null\n"),
                ("state-get", 0, "{}\n"),
                ("state-set k=v a=", 0, ""),
                ("state-get -", 0, "a: \"\"\nk: v\n"),
                ("state-get k x", 2, "ERROR unrecognized args: [\"x\"]\n"),
                ("state-delete k", 0, ""),
                ("state-delete k", 0, ""),
                ("state-delete", 0, ""),
                ("state-delete k x", 2, "ERROR unrecognized args: [\"x\"]\n"),
                ("state-set x", 2, "ERROR expected \"key=value\", got \"x\"\n"),
                ("storage-add", 2, "ERROR storage add requires a storage directive\n"),
                ("storage-add logs=x", 2, "ERROR only count can be specified for \"logs\"\n"),
                ("storage-list", 0, ""),
                ("storage-get", 2, "ERROR no storage instance specified\n"),
                ("secret-ids --format yaml", 0, ""),
                ("secret-add --file /dev/null", 1, "ERROR empty secret value not valid\n"),
                ("action-log x", 1, "ERROR not running an action\n"),
                ("action-log", 2, "ERROR no message specified\n"),
                ("action-fail x", 1, "ERROR not running an action\n"),
                ("action-set x=1", 1, "ERROR not running an action\n"),
                ("action-get", 1, "ERROR not running an action\n"),
                ("resource-get", 2, "ERROR missing required resource name\n"),
            ],
        );
        model.finish(context, &Exit::Code(0));
    }
}

#[test]
fn without_leadership() {
    for version in BOTH {
        let mut model = model(version);
        settle(&mut model);
        in_hook(
            &mut model,
            "app/0",
            &["relation-set -r 0 --app key=peers", "relation-set -r 1 --app key=web"],
        );
        settle(&mut model);
        let mut context = hook(&mut model, "app/1");
        check(
            &mut model,
            &mut context,
            &[
                ("is-leader --format=json", 0, "false\n"),
                ("is-leader", 0, "False\n"),
                ("relation-set -r 1 --app a=b", 1, "ERROR cannot write relation settings\n"),
                // Of its own application a unit may read what is among peers.
                ("relation-get -r 0 --app key app", 0, "peers\n"),
                ("relation-get -r 1 --app key app", 1, "ERROR permission denied\n"),
                ("status-set --application active", 1, "ERROR this unit is not the leader\n"),
                (
                    "status-get --application",
                    1,
                    "ERROR finding application status: this unit is not the leader\n",
                ),
                ("secret-add key=v", 1, "ERROR this unit is not the leader\n"),
            ],
        );
        model.finish(context, &Exit::Code(0));
    }
}

#[test]
fn in_relation_hooks() {
    for version in BOTH {
        let mut model = model(version);
        // Without a unit in the hook, its application is meant.
        let mut context = until(&mut model, "web/0", "backend-relation-created");
        check(
            &mut model,
            &mut context,
            &[
                ("relation-ids", 0, "backend:1\n"),
                ("relation-list", 0, ""),
                ("relation-list --format=json", 0, "[]\n"),
                ("relation-list --app", 0, "app\n"),
                ("relation-get", 0, "{}\n"),
                ("relation-get --app", 0, "{}\n"),
                ("relation-get -- -x", 0, ""),
            ],
        );
        model.finish(context, &Exit::Code(0));
        let mut context = until(&mut model, "web/0", "backend-relation-joined");
        let remote = context.hook().relation().unwrap().remote_unit.clone().unwrap();
        let listed = format!("{remote}\n");
        check(
            &mut model,
            &mut context,
            &[
                // Nobody else has joined yet, whoever takes part.
                ("relation-list", 0, &listed),
                ("relation-get egress-subnets --format json - x", 2, "ERROR invalid unit name \"-\"\n"),
                ("relation-get unheard-of --format json", 0, "null\n"),
            ],
        );
        model.finish(context, &Exit::Code(0));
    }
}

#[test]
fn secrets_may_hold_more_in_juju_4() {
    for (version, value, content) in [
        (
            V3,
            "ERROR base64 encoded secret content for key \"key\" too large: 9336 bytes\n",
            "ERROR base64 encoded secret content too large: 88000 bytes\n",
        ),
        (V4, "", ""),
    ] {
        let mut model = model(version);
        settle(&mut model);
        let mut context = hook(&mut model, "app/0");
        let large = format!("secret-add key={}", "x".repeat(7000));
        let many: Vec<String> = (100..111).map(|n| format!("key{n}={}", "x".repeat(6000))).collect();
        for (words, refusal) in [(large, value), (format!("secret-add {}", many.join(" ")), content)] {
            let (code, printed) = call(&mut model, &mut context, &words);
            if refusal.is_empty() {
                assert!(code == 0 && printed.starts_with("secret:"), "{printed}");
            } else {
                assert_eq!((code, printed.as_str()), (2, refusal));
            }
        }
        model.finish(context, &Exit::Code(1));
    }
}

#[test]
fn output_can_go_to_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let mut model = model(V3);
    settle(&mut model);
    let mut context = hook(&mut model, "app/0");
    let path = directory.path().join("out");
    let path = path.to_str().unwrap();
    for flag in ["-o", "--output"] {
        assert_eq!(
            call(&mut model, &mut context, &format!("config-get size {flag} {path}")),
            (0, String::new())
        );
        assert_eq!(std::fs::read_to_string(path).unwrap(), "3e+06\n");
    }
    let directory = directory.path().to_str().unwrap();
    let words = format!("ERROR open {directory}: is a directory\n");
    assert_eq!(call(&mut model, &mut context, &format!("config-get -o {directory}")), (1, words));
}

#[test]
fn every_command_helps() {
    let mut model = model(V3);
    settle(&mut model);
    let mut context = hook(&mut model, "app/0");
    for name in charm_testing::hook_command::names(V3) {
        for flag in ["--help", "-h"] {
            let answer = run(&mut model, &mut context, &[name, flag]).unwrap();
            assert!(
                answer.code == 0 && answer.stderr.is_empty() && !answer.stdout.is_empty(),
                "{name} {flag}"
            );
        }
    }
    // What is wrong before it comes first.
    assert_eq!(call(&mut model, &mut context, "is-leader --bogus --help").0, 2);
}

#[test]
fn lines_are_logged_at_the_level_asked_for() {
    let mut model = model(V3);
    let mut context = until(&mut model, "web/0", "backend-relation-joined");
    model.take_log();
    for words in [
        "juju-log a b",
        "juju-log -l WARN text",
        "juju-log --log-level error text",
        "juju-log -l ERROR --debug text",
        "juju-log -l= text",
        "juju-log --log-level= text",
        "juju-log -l loud text",
    ] {
        ok(&mut model, &mut context, words);
    }
    let logged: Vec<(Level, String)> =
        model.take_log().into_iter().map(|line| (line.level, line.message)).collect();
    let line = |level, text: &str| (level, format!("backend:1: {text}"));
    let expected = [
        line(Level::Info, "a b"),
        line(Level::Warning, "text"),
        line(Level::Error, "text"),
        line(Level::Debug, "text"),
        line(Level::Warning, "Specified log level of \"=\" is not valid"),
        line(Level::Info, "text"),
        line(Level::Info, "text"),
        line(Level::Warning, "Specified log level of \"loud\" is not valid"),
        line(Level::Info, "text"),
    ];
    assert_eq!(logged, expected);
}

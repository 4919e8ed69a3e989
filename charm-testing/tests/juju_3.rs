//! The commands that Juju 4 removed.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::collections::BTreeSet;
use std::path::Path;

use charm_testing::hook_command::{self, Answer, Call, CallError};
use charm_testing::model::{Exit, Hook, HookContext, JujuVersion, K8sSpecKind, Model};
use hooks::{call, failure, hook, in_hook, ok, related, run, unit};

const ONLY_IN_3: [&str; 12] = [
    "add-metric",
    "k8s-raw-get",
    "k8s-raw-set",
    "k8s-spec-get",
    "k8s-spec-set",
    "leader-get",
    "leader-set",
    "payload-register",
    "payload-status-set",
    "payload-unregister",
    "pod-spec-get",
    "pod-spec-set",
];

#[test]
fn juju_4_does_not_know_them() {
    let old: BTreeSet<&str> = hook_command::names(JujuVersion::V3_6).collect();
    let new: BTreeSet<&str> = hook_command::names(JujuVersion::V4_0).collect();
    assert_eq!(old.difference(&new).copied().collect::<Vec<_>>(), ONLY_IN_3);
    assert!(old.is_superset(&new));
    let mut model = related(1);
    let mut context = hook(&mut model, "web/0");
    let error = run(&mut model, &mut context, &["juju"]).unwrap_err();
    assert!(matches!(error, CallError::UnknownCommand(_)));
    assert_eq!(error.to_string(), "bad request: unknown command: juju");
    model.set_version(JujuVersion::V4_0);
    for name in ONLY_IN_3 {
        let error = run(&mut model, &mut context, &[name]).unwrap_err();
        assert_eq!(error.to_string(), format!("bad request: unknown hook command: {name}"));
    }
}

#[test]
fn the_leader_s_settings_are_everybody_s_to_read() {
    let mut model = related(2);
    model.set_leader(&unit("app/0"));
    let mut leader = hook(&mut model, "app/0");
    let mut other = hook(&mut model, "app/1");
    for (words, code, printed) in [
        ("leader-get", 0, "{}\n"),
        ("leader-get --format=json", 0, "{}\n"),
        ("leader-get k --format=json", 0, "null\n"),
        ("leader-get k", 0, ""),
        ("leader-get a=b", 2, "ERROR invalid key \"a=b\"\n"),
        ("leader-get a b", 2, "ERROR unrecognized args: [\"b\"]\n"),
        ("leader-set x", 2, "ERROR expected \"key=value\", got \"x\"\n"),
        ("leader-set a=1 a=2", 2, "ERROR key \"a\" specified more than once\n"),
        ("leader-set k=v other=w", 0, ""),
        ("leader-get k", 0, "v\n"),
        ("leader-get -", 0, "k: v\nother: w\n"),
        ("leader-set other=", 0, ""),
        ("leader-get --format=json", 0, "{\"k\":\"v\"}\n"),
    ] {
        assert_eq!(call(&mut model, &mut leader, words), (code, printed.to_owned()), "{words}");
    }
    // Written at once, and read once per hook.
    assert_eq!(ok(&mut model, &mut other, "leader-get k"), "v");
    ok(&mut model, &mut leader, "leader-set k=later");
    assert_eq!(ok(&mut model, &mut other, "leader-get k"), "v");
    model.finish(leader, &Exit::Code(1));
    assert_eq!(model.application("app").unwrap().leader_settings()["k"], "later");
    let words = "ERROR cannot write leadership settings: cannot write settings: not the leader\n".to_owned();
    assert_eq!(call(&mut model, &mut other, "leader-set k=v"), (1, words));
}

fn call_in(
    model: &mut Model,
    context: &mut HookContext,
    dir: &Path,
    words: &str,
    stdin: Option<&str>,
) -> Result<Answer, CallError> {
    let mut words = words.split(' ').map(str::to_owned);
    let command = words.next().unwrap();
    let args: Vec<String> = words.collect();
    let call = Call { command: &command, args: &args, dir, stdin: stdin.map(str::as_bytes) };
    hook_command::run(&mut model.view(context).unwrap(), &call)
}

#[test]
fn payloads_are_registered_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let mut model = related(1);
    let mut context = hook(&mut model, "app/0");
    let mut said = |model: &mut Model, words: &str| {
        let answer = call_in(model, &mut context, directory.path(), words, None).unwrap();
        assert!(answer.stdout.is_empty());
        (answer.code, String::from_utf8(answer.stderr).unwrap())
    };
    let (code, words) = said(&mut model, "payload-register docker monitor 1");
    assert!(code == 1 && words.ends_with("metadata.yaml: no such file or directory\n"), "{words}");
    let metadata = "name: app\npayloads:\n  monitor:\n    type: docker\n  typeless: {}\n";
    std::fs::write(directory.path().join("metadata.yaml"), metadata).unwrap();
    let statuses = "[\"running\", \"starting\", \"stopped\", \"stopping\"]";
    for (words, code, error) in [
        ("payload-register docker monitor", 2, "missing required arguments"),
        ("payload-register docker x 1", 1, "payload \"x\" not found in metadata.yaml"),
        (
            "payload-register kvm monitor 1",
            1,
            "incorrect type \"kvm\" for payload \"monitor\", expected \"docker\"",
        ),
        ("payload-unregister monitor", 2, "missing required arguments"),
        ("payload-unregister monitor 1 2", 2, "unrecognized args: [\"2\"]"),
        ("payload-status-set monitor 1", 2, "missing required arguments"),
        ("payload-status-set monitor 1 x", 1, "status \"x\" not supported; expected one of STATUSES"),
        ("payload-status-set monitor 1 running", 1, "payload \"monitor/1\" not found"),
    ] {
        let expected = format!("ERROR {}\n", error.replace("STATUSES", statuses));
        assert_eq!(said(&mut model, words), (code, expected), "{words}");
    }
    assert_eq!(said(&mut model, "payload-register docker monitor 1 big red"), (0, String::new()));
    assert_eq!(said(&mut model, "payload-register docker monitor 2"), (0, String::new()));
    assert_eq!(said(&mut model, "payload-status-set monitor 1 stopping"), (0, String::new()));
    assert_eq!(said(&mut model, "payload-unregister monitor 2"), (0, String::new()));
    assert_eq!(said(&mut model, "payload-unregister x 2"), (0, String::new()));
    model.finish(context, &Exit::Code(1));
    let payloads = &model.unit(&unit("app/0")).unwrap().payloads()["monitor"];
    assert_eq!(payloads.len(), 1);
    assert_eq!(
        (payloads["1"].status.as_str(), payloads["1"].labels.join(" ").as_str()),
        ("stopping", "big red")
    );
}

#[test]
fn a_spec_for_kubernetes_is_staged_by_the_leader() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("resources"), "more: 1\n").unwrap();
    let mut model = related(2);
    model.set_leader(&unit("app/0"));
    let mut leader = hook(&mut model, "app/0");
    let dir = directory.path();
    for (words, stdin, code, error) in [
        (
            "k8s-spec-set",
            "",
            1,
            "no k8s spec specified: pipe k8s spec to command, or specify a file with --file",
        ),
        (
            "k8s-raw-set",
            "",
            1,
            "no k8s raw spec specified: pipe k8s raw spec to command, or specify a file with --file",
        ),
        ("k8s-spec-set x", "", 2, "unrecognized args: [\"x\"]"),
        ("k8s-spec-set --file nowhere", "", 1, "open DIR/nowhere: no such file or directory"),
        ("k8s-spec-get x", "", 2, "unrecognized args: [\"x\"]"),
    ] {
        let answer = call_in(&mut model, &mut leader, dir, words, Some(stdin)).unwrap();
        let error = format!("ERROR {error}\n").replace("DIR", dir.to_str().unwrap());
        assert_eq!((answer.code, String::from_utf8(answer.stderr).unwrap()), (code, error), "{words}");
    }
    let unread = call_in(&mut model, &mut leader, dir, "k8s-spec-set", None);
    assert_eq!(unread, Err(CallError::NeedsStdin), "stdin is where it is read from unless told otherwise");
    let set = "pod-spec-set --k8s-resources resources";
    assert_eq!(call_in(&mut model, &mut leader, dir, set, Some("version: 3\n")).unwrap(), Answer::default());
    assert_eq!(ok(&mut model, &mut leader, "pod-spec-get"), "", "nothing is published yet");
    model.finish(leader, &Exit::Code(0));
    assert_eq!(model.application("app").unwrap().k8s_spec(K8sSpecKind::Pod), Some("version: 3\nmore: 1\n"));
    let mut other = hook(&mut model, "app/1");
    assert_eq!(call(&mut model, &mut other, "k8s-spec-get"), (0, "version: 3\nmore: 1\n".to_owned()));
    assert_eq!(call(&mut model, &mut other, "k8s-raw-get"), (0, String::new()));
    let refused = call_in(&mut model, &mut other, dir, "k8s-raw-set", Some("{}")).unwrap();
    assert_eq!(refused.stderr, b"ERROR this unit is not the leader\n");

    let mut leader = hook(&mut model, "app/0");
    for command in ["k8s-spec-set", "k8s-raw-set"] {
        assert_eq!(call_in(&mut model, &mut leader, dir, command, Some("{}")).unwrap().code, 0);
    }
    model.finish(leader, &Exit::Code(0));
    let cause = "cannot apply changes: either k8s-spec-set or k8s-raw-set can be run for each application, but not both";
    assert_eq!(failure(&model, "app/0").as_deref(), Some(cause));
}

#[test]
fn metrics_are_for_collect_metrics() {
    let mut model = related(1);
    let mut context = hook(&mut model, "app/0");
    for (words, code, error) in [
        ("add-metric", 2, "no metrics specified"),
        ("add-metric x", 2, "invalid metrics: expected \"key=value\", got \"x\""),
        ("add-metric x=", 2, "invalid metrics: expected \"key=value\", got \"x=\""),
        ("add-metric x=1 -l y", 2, "invalid labels: expected \"key=value\", got \"y\""),
        ("add-metric juju-units=1", 1, "juju-units uses a reserved prefix"),
        ("add-metric x=1", 1, "cannot record metric: metrics not allowed in this context"),
    ] {
        assert_eq!(call(&mut model, &mut context, words), (code, format!("ERROR {error}\n")), "{words}");
    }
    model.finish(context, &Exit::Code(0));
    let mut context = model.begin(&unit("app/0"), Hook::CollectMetrics);
    assert_eq!(ok(&mut model, &mut context, "add-metric x=1 --labels a=b,c=d"), "");
    let words = "ERROR not implemented for restricted context not implemented\n".to_owned();
    assert_eq!(call(&mut model, &mut context, "leader-get"), (1, words));
    model.finish(context, &Exit::Code(0));
    in_hook(&mut model, "app/0", &["is-leader"]);
}

#[test]
fn a_databag_of_16_mib_is_too_much_for_juju_4_only() {
    let half = "v".repeat(8 * 1024 * 1024);
    for (version, fails) in [(JujuVersion::V3_6, false), (JujuVersion::V4_0, true)] {
        for app in ["", " --app"] {
            let mut model = related(1);
            model.set_version(version);
            in_hook(&mut model, "app/0", &[&format!("relation-set -r 0{app} a={half}")]);
            let mut context = hook(&mut model, "app/0");
            ok(&mut model, &mut context, &format!("relation-set -r 0{app} b={half}"));
            model.finish(context, &Exit::Code(0));
            let cause =
                "cannot apply changes: max allowed total size (16777216): quota limit exceeded".to_owned();
            assert_eq!(failure(&model, "app/0"), fails.then_some(cause), "{version}{app}");
        }
    }
}

//! Whatever a charm calls, pipes in or names as a file: the answer comes soon, with a code and words, and never as a
//! panic.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::path::Path;

use charm_testing::hook_command::{self, Call, CallError};
use charm_testing::model::{Exit, Hook, HookContext, JujuVersion, Model};
use hooks::{charm, hook, settle, unit, until};
use proptest::prelude::*;
use proptest::test_runner::Config;

const APP: &str = "provides:\n  web: {interface: http}\npeers:\n  cluster: {interface: c}\n\
                   storage:\n  data: {type: filesystem}\nactions:\n  act: {}\n\
                   config:\n  options:\n    port: {type: int, default: 80}\n";

/// The parts of which words are made: what means something to some command, and what does to none.
fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(vec![
            "--app", "--all", "-a", "-r", "--relation", "--format", "json", "yaml", "smart", "--file", "-o", "--output",
            "--help", "-h", "--", "-", "--=", "=", ":", "/", "#", ",", ".", "web", "web:0", "0", "1", "-1", "app", "app/0",
            "web/0", "app/99999999999", "key", "key=value", "k=", "=v", "port", "--unit", "--label", "l", "--owner", "unit",
            "--expire", "1h", "2026-01-01T00:00:00Z", "--rotate", "daily", "--revision", "secret:", "9m4e2mr0ui3e8a215n4g",
            "--peek", "--refresh", "key#file", "key#base64", "/dev/null", "/proc/self/cmdline", "80/tcp", "80-90/udp", "icmp",
            "--endpoints", "data/0", "data=2", "-s", "--strict", "active", "--application", "--include-data", "private-address",
            "--bind-address", "--egress-subnets", "-l", "--log-level", "--debug", "--now", "é", "\u{0}", "\u{7f}", "😀", "18446744073709551616",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![3 => part(), 1 => proptest::collection::vec(part(), 0..4).prop_map(|parts| parts.concat())]
}

/// What looks like YAML or JSON, and what doesn't.
fn stdin() -> impl Strategy<Value = Vec<u8>> {
    let piece = proptest::sample::select(vec![
        "a",
        "key",
        ": ",
        ":",
        "\n",
        "  ",
        "- ",
        "? ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "'",
        "\\",
        "\\u",
        "\\/",
        "#",
        "&a ",
        "*a",
        "!!int ",
        "!!binary ",
        "!",
        "|",
        ">",
        "|2-",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "\t",
        "\r",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "<<: ",
        "null",
        "0x1f",
        "2026-01-01",
        "é",
        "😀",
        "\u{0}",
        "\u{7f}",
    ]);
    prop_oneof![
        4 => proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes()),
        1 => proptest::collection::vec(any::<u8>(), 0..200),
        1 => (any::<char>(), 0..30_000usize).prop_map(|(c, times)| String::from(c).repeat(times).into_bytes()),
    ]
}

fn model(version: JujuVersion) -> Model {
    let mut model = Model::new(0);
    model.set_version(version);
    model.deploy("app", charm("app", APP), 2).unwrap();
    model.deploy("web", charm("web", hooks::REQUIRER), 1).unwrap();
    model.integrate("app:web", "web").unwrap();
    settle(&mut model);
    model.set_leader(&unit("app/0"));
    settle(&mut model);
    model
}

/// One of the contexts in which a command can be called.
fn begin(model: &mut Model, which: usize) -> HookContext {
    match which {
        0 => hook(model, "app/0"),
        1 => hook(model, "app/1"),
        2 => model.begin(&unit("app/0"), Hook::CollectMetrics),
        3 => {
            model.run_action(&unit("app/0"), "act", serde_json::Map::new()).unwrap();
            until(model, "app/0", "act")
        }
        _ => {
            let mut writing = hook(model, "app/0");
            hooks::ok(model, &mut writing, &format!("relation-set -r web:1 at={which}"));
            model.finish(writing, &Exit::Code(0));
            until(model, "web/0", "backend-relation-changed")
        }
    }
}

/// Calls that end well or not, and a commit of what they have staged.
fn check(version: JujuVersion, which: usize, calls: &[(String, Vec<String>, Vec<u8>)]) {
    let mut model = model(version);
    let mut context = begin(&mut model, which);
    let directory = tempfile::tempdir().unwrap();
    for (command, args, stdin) in calls {
        // Files are written where they do no harm.
        let args: Vec<String> = args.iter().map(|arg| arg.replace("..", ".")).collect();
        if args.iter().any(|arg| arg.starts_with("-o") || arg.starts_with("--o"))
            && args.iter().any(|arg| arg.contains('/'))
        {
            continue;
        }
        let call = Call { command, args: &args, dir: directory.path(), stdin: None };
        let mut view = model.view(&mut context).unwrap();
        let answer = match hook_command::run(&mut view, &call) {
            Err(CallError::NeedsStdin) => hook_command::run(&mut view, &Call { stdin: Some(stdin), ..call }),
            answer => answer,
        };
        let answer = answer.unwrap();
        match answer.code {
            0 => {}
            1 | 2 => {
                let words = String::from_utf8_lossy(&answer.stderr);
                assert!(
                    words.starts_with("ERROR ") && words.ends_with('\n'),
                    "{command} {args:?}: {words:?}"
                );
                assert!(answer.stdout.is_empty(), "{command} {args:?}");
            }
            other => panic!("{command} {args:?}: exit code {other}"),
        }
    }
    model.finish(context, &Exit::Code(0));
}

/// The commands with an argument or two and all that comes to mind besides.
fn calls(version: JujuVersion) -> impl Strategy<Value = Vec<(String, Vec<String>, Vec<u8>)>> {
    let names: Vec<String> = hook_command::names(version).map(str::to_owned).collect();
    let args = proptest::collection::vec(word(), 0..6);
    let reading = (
        proptest::sample::select(vec!["relation-set", "state-set", "k8s-spec-set"]).prop_map(str::to_owned),
        Just(vec!["--file".to_owned(), "-".to_owned()]),
        stdin(),
    );
    let any = (proptest::sample::select(names), args, stdin());
    proptest::collection::vec(prop_oneof![5 => any, 1 => reading], 1..12)
}

/// The same cases each time, and nothing left behind.
fn config() -> Config {
    Config {
        cases: 300,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1),
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_call_of_juju_3_is_answered(which in 0..5usize, calls in calls(JujuVersion::V3_6)) {
        check(JujuVersion::V3_6, which, &calls);
    }

    #[test]
    fn any_call_of_juju_4_is_answered(which in 0..5usize, calls in calls(JujuVersion::V4_0).prop_map(|calls| {
        calls.into_iter().filter(|(command, ..)| command != "k8s-spec-set").collect::<Vec<_>>()
    })) {
        check(JujuVersion::V4_0, which, &calls);
    }
}

#[test]
fn hard_input_is_read_soon() {
    let mut model = model(JujuVersion::V3_6);
    let mut context = hook(&mut model, "app/0");
    let lists: String = std::iter::once("a0: &a0 [x]\n".to_owned())
        .chain((1..30).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9))))
        .collect();
    let merges: String = std::iter::once("a0: &a0 {k: v}\n".to_owned())
        .chain((1..30).map(|n| format!("a{n}: &a{n}\n  <<: [{}]\n", format!("*a{},", n - 1).repeat(9))))
        .chain(["<<: *a29\n".to_owned()])
        .collect();
    for stdin in [
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        "a:\n ".repeat(1000),
        "\"".repeat(100_001),
        "? ".repeat(50_000),
        "&a ".repeat(50_000),
        "a: &a\n  <<: *a\n<<: *a\n".to_owned(),
        lists,
        merges,
        "x".repeat(1_000_000),
        format!("{{{}}}", "\"k\":\"v\",".repeat(50_000)),
    ] {
        let args = ["--file".to_owned(), "-".to_owned()];
        let call =
            Call { command: "state-set", args: &args, dir: Path::new("/"), stdin: Some(stdin.as_bytes()) };
        let started = std::time::Instant::now();
        let answer = hook_command::run(&mut model.view(&mut context).unwrap(), &call).unwrap();
        assert!(answer.code < 2);
        // What grows too fast takes minutes at these sizes.
        assert!(started.elapsed().as_secs() < 20, "{:?}", &stdin[..10]);
    }
    model.finish(context, &Exit::Code(1));
}

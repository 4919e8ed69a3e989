//! What was measured of Juju's own parser of flags, its formatters and its YAML reader, against ours.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::path::Path;

use charm_testing::hook_command::{self, Answer, Call};
use charm_testing::model::{Exit, HookContext, Model};
use hooks::{charm, hook, in_hook, related, settle, unit, until};
use serde_json::{Map, Value, json};

/// The lines of JSON in a file, in groups as they are indented. `#` begins a comment.
fn groups(text: &str) -> Vec<Vec<Value>> {
    let mut groups: Vec<Vec<Value>> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let value = serde_json::from_str(line).unwrap();
        match groups.last_mut() {
            Some(group) if line.starts_with(' ') => group.push(value),
            _ => groups.push(vec![value]),
        }
    }
    groups
}

fn answer(
    model: &mut Model,
    context: &mut HookContext,
    command: &str,
    args: &[&str],
    stdin: Option<&str>,
) -> Answer {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let call = Call { command, args: &args, dir: Path::new("/"), stdin: stdin.map(str::as_bytes) };
    hook_command::run(&mut model.view(context).unwrap(), &call).unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// By `state-set --file -`, which unlike `relation-set` keeps empty values.
#[test]
fn stdin_is_read_as_by_juju() {
    let mut model = related(1);
    let mut failures = Vec::new();
    let vectors = groups(include_str!("golden/yaml_stdin.txt"));
    assert!(vectors.len() > 100);
    for vector in vectors {
        let (stdin, expected) = (vector[0].as_str().unwrap(), &vector[1]);
        let mut context = hook(&mut model, "app/0");
        let set = answer(&mut model, &mut context, "state-set", &["--file", "-"], Some(stdin));
        let read = match set.code {
            0 => {
                let state = answer(&mut model, &mut context, "state-get", &["--format=json"], None);
                let state: Value = serde_json::from_slice(&state.stdout).unwrap();
                if state.is_null() { json!({}) } else { state }
            }
            1 => {
                let words = text(set.stderr);
                json!(words.strip_prefix("ERROR ").unwrap().strip_suffix('\n').unwrap())
            }
            other => panic!("{stdin:?}: exit code {other}"),
        };
        if read != *expected {
            failures.push(format!("{stdin:?}\n  gave {read}\n  not  {expected}"));
        }
        model.finish(context, &Exit::Code(1));
        settle(&mut model);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// By `relation-set`: Juju bounds the keys of a charm's state by itself.
#[test]
fn keys_are_as_long_as_by_juju() {
    let mut model = related(1);
    let vectors = groups(include_str!("golden/long_keys.txt"));
    assert!(vectors.len() > 20);
    for vector in vectors {
        let (part, times) = (vector[0][0].as_str().unwrap(), vector[0][1].as_u64().unwrap());
        let key = part.repeat(usize::try_from(times).unwrap());
        let stdin = if vector[0][2] == true { format!("{{\"{key}\":\"v\"}}") } else { format!("{key}: v") };
        let mut context = hook(&mut model, "app/0");
        let set = ["-r", "0", "--file", "-"];
        let set = answer(&mut model, &mut context, "relation-set", &set, Some(&stdin));
        let read = answer(&mut model, &mut context, "relation-get", &["-r", "0", &key, "app/0"], None);
        let expected =
            vector[1].as_str().map_or((0, String::new(), "v\n"), |words| (1, format!("ERROR {words}\n"), ""));
        assert_eq!((set.code, text(set.stderr), text(read.stdout).as_str()), expected, "{}", vector[0]);
        model.finish(context, &Exit::Code(1));
        settle(&mut model);
    }
}

/// By `action-get`, which shows any value.
#[test]
fn every_value_is_formatted_as_by_juju() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", "actions:\n  act: {}\n"), 1).unwrap();
    settle(&mut model);
    let mut failures = Vec::new();
    let vectors = groups(include_str!("golden/formatters.txt"));
    assert!(vectors.len() > 50);
    for vector in vectors {
        let params = Map::from_iter([("value".to_owned(), vector[0].clone())]);
        model.run_action(&unit("app/0"), "act", params).unwrap();
        let mut context = until(&mut model, "app/0", "act");
        for (format, expected) in ["smart", "yaml", "json"].iter().zip(&vector[1..]) {
            let shown = answer(&mut model, &mut context, "action-get", &["value", "--format", format], None);
            let shown = text(shown.stdout);
            if shown != expected.as_str().unwrap() {
                failures.push(format!("{} as {format}\n  is  {shown:?}\n  not {expected}", vector[0]));
            }
        }
        model.finish(context, &Exit::Code(0));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn flags_are_read_as_by_juju() {
    let mut model = related(1);
    in_hook(&mut model, "app/0", &["relation-set -r 0 key=value"]);
    let mut context = until(&mut model, "web/0", "backend-relation-changed");
    let mut failures = Vec::new();
    let vectors = groups(include_str!("golden/flag_errors.txt"));
    assert!(vectors.len() > 30);
    for vector in vectors {
        let words: Vec<&str> =
            vector[0].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        let answer = answer(&mut model, &mut context, words[0], &words[1..], None);
        let answer = json!([answer.code, text(answer.stdout), text(answer.stderr)]);
        if answer != vector[1] {
            failures.push(format!("{words:?}\n  gave {answer}\n  not  {}", vector[1]));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

//! Hook commands that are missing, fail, print rubbish, are killed or never end.

use std::fs;
use std::time::Duration;

use charm_conformance_dispatch::fake::{Answer, End};
use charm_runtime::hook_command::{Exec, HookCommand, Transport as _};

use super::unit::{Unit, set_mode, subject};

/// A unit whose config-changed stores something, reads the options, and has a status.
fn storing() -> Unit {
    let mut unit = subject();
    unit.script("config_changed", "count");
    unit.script("status", "active ");
    unit
}

/// The dispatch exits 1, says so in one line, and has stored and shown nothing.
#[track_caller]
fn fails_for(unit: &Unit, words: &[&str]) {
    let ran = unit.hook("config-changed").run().fails();
    let errors: Vec<_> = ran.log().into_iter().filter(|line| line.starts_with("ERROR: ")).collect();
    let [line] = errors.as_slice() else { panic!("{ran:#?}") };
    assert!(line.starts_with("ERROR: config-changed: handler `config_changed`: "), "{line}");
    assert!(line.contains("called as `config-get --format=json`"), "{line}");
    for word in words {
        assert!(line.contains(word), "{word}: {line}");
    }
    assert_eq!(unit.stored().0, 0);
    assert!(ran.calls_of("status-set").is_empty(), "{ran:#?}");
}

#[test]
fn one_that_is_not_on_path() {
    let unit = storing();
    fs::remove_file(unit.commands().join("config-get")).unwrap();
    fails_for(&unit, &["not on PATH"]);
}

#[test]
fn one_that_cannot_be_executed() {
    let unit = storing();
    let command = unit.commands().join("config-get");
    fs::remove_file(&command).unwrap();
    fs::write(&command, "text").unwrap();
    set_mode(&command, 0o644);
    fails_for(&unit, &["can't be executed"]);
    set_mode(&command, 0o755);
    fails_for(&unit, &["can't be started"]);
}

#[test]
fn one_that_refuses() {
    let mut unit = storing();
    unit.juju_refuses("config-get", "ERROR first\nERROR second\n");
    fails_for(&unit, &["Juju refused `config-get`: first; second: called as", ", exit code 1"]);
    unit.juju_refuses("config-get", "");
    fails_for(&unit, &["Juju refused `config-get` and said nothing: called as", ", exit code 1"]);
    unit.answer(Answer::ends("config-get", End::Exit(2)));
    fails_for(&unit, &["exit code 2"]);
}

#[test]
fn one_that_prints_rubbish() {
    for rubbish in ["", "rubbish", "[]", "{\"greeting\":", "\u{1b}[31m", "{\"greeting\":\"a\"} and more"] {
        let mut unit = storing();
        unit.juju_says("config-get", rubbish);
        fails_for(&unit, &["not what Juju documents"]);
    }
}

#[test]
fn one_that_prints_without_end() {
    let mut unit = storing();
    unit.answer(Answer::ends("config-get", End::Flood(65 << 20)));
    fails_for(&unit, &["it printed over 67108864 bytes"]);
}

#[test]
fn one_that_prints_much_is_read_to_its_end() {
    let mut unit = storing();
    let long = "x".repeat(3 << 20);
    unit.juju_says("config-get", &format!(r#"{{"greeting":"{long}"}}"#));
    let ran = unit.hook("config-changed").run().succeeds();
    assert_eq!(ran.handlers[0].len(), "greeting=".len() + long.len());
}

#[test]
fn one_that_is_killed() {
    let mut unit = storing();
    unit.answer(Answer::ends("config-get", End::Signal));
    fails_for(&unit, &["ended by a signal"]);
}

#[test]
fn one_that_does_not_answer_in_time_is_ended() {
    let mut unit = subject();
    unit.answer(Answer::ends("is-leader", End::Hang));
    let path = unit.commands().join("is-leader").to_string_lossy().into_owned();
    let exec = Exec::with_deadline(Duration::from_millis(300));
    let error = exec.run(&HookCommand::new(path).arg("--format=json")).unwrap_err();
    assert!(error.to_string().ends_with("is-leader`: no answer within 0.3 s"), "{error}");
    assert!(format!("{error:#}").contains("is-leader --format=json`"), "{error:#}");
}

/// What a shell script in place of a hook command comes to, with this deadline.
fn script(text: &str, deadline: Duration) -> Result<charm_runtime::hook_command::Output, String> {
    let directory = tempfile::tempdir().unwrap();
    let command = directory.path().join("is-leader");
    fs::write(&command, format!("#!/bin/sh\n{text}\n")).unwrap();
    set_mode(&command, 0o755);
    let path = command.to_string_lossy().into_owned();
    Exec::with_deadline(deadline).run(&HookCommand::new(path)).map_err(|error| error.to_string())
}

#[test]
fn one_that_closes_its_outputs_and_lives_on_is_ended_too() {
    let error = script("exec <&- >&- 2>&-; sleep 60", Duration::from_millis(300)).unwrap_err();
    assert!(error.contains("no answer within 0.3 s"), "{error}");
}

#[test]
fn one_that_has_ended_has_answered_whoever_keeps_its_outputs_open() {
    // Were the pipe waited for, the answer would be lost at the deadline.
    let output = script("sleep 60 & echo true; exit 3", Duration::from_secs(20)).unwrap();
    assert_eq!((output.code, output.stdout.as_slice()), (3, b"true\n".as_slice()));
}

#[test]
fn one_that_does_not_read_its_input_is_no_error() {
    // A script that ends before it has read: the pipe breaks while it is being filled.
    let mut unit = subject();
    unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
    unit.script("update_status", &format!("set cluster a={}", "x".repeat(1 << 20)));
    let command = unit.commands().join("relation-set");
    fs::remove_file(&command).unwrap();
    fs::write(&command, "#!/bin/sh\nexit 0\n").unwrap();
    set_mode(&command, 0o755);
    unit.hook("update-status").run().succeeds();
}

#[test]
fn a_large_databag_goes_in_whole() {
    let mut unit = subject();
    unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
    let value = "x".repeat(1 << 20);
    unit.script("update_status", &format!("set cluster a={value}"));
    let ran = unit.hook("update-status").run().succeeds();
    let call = ran.calls.iter().find(|call| call.argv[0] == "relation-set").unwrap();
    assert_eq!(call.stdin, format!(r#"{{"a":"{value}"}}"#));
}

#[test]
fn a_juju_log_that_fails_fails_nothing_and_the_lines_go_to_standard_error() {
    for end in [End::Exit(1), End::Signal] {
        let mut unit = storing();
        unit.script("config_changed", "count; log one; warn two");
        unit.answer(Answer::ends("juju-log", end));
        let ran = unit.hook("config-changed").run();
        assert_eq!(ran.code, Some(0), "{ran:#?}");
        let lines: Vec<_> = ran.stderr.lines().collect();
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert!(
            lines[0].starts_with("log lines follow here, since juju-log did not take them: "),
            "{lines:#?}"
        );
        assert_eq!(lines[1..], ["INFO: one", "WARNING: two"]);
        assert_eq!(unit.field("count").as_deref(), Some("1"));
    }
}

#[test]
fn without_any_hook_command_the_error_is_on_standard_error() {
    let unit = storing();
    let ran = unit.hook("config-changed").with("PATH", "/nonexistent").run().fails();
    assert!(
        ran.stderr.contains("ERROR: config-changed: handler `config_changed`: hook command `config-get"),
        "{ran:#?}"
    );
    let ran = unit.hook("config-changed").without("PATH").run().fails();
    assert!(ran.stderr.contains("not on PATH"), "{ran:#?}");
}

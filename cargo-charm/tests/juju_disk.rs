//! The model on disk: what it survives.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod place;

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use place::{Outcome, Place};

/// The state files, oldest first.
fn states(place: &Place) -> Vec<PathBuf> {
    let files = fs::read_dir(place.model()).unwrap().map(|entry| entry.unwrap().path());
    let mut states: Vec<PathBuf> =
        files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("state-")).collect();
    states.sort();
    states
}

const START: [&str; 4] = ["install", "leader-elected", "config-changed", "start"];

#[test]
fn an_agent_killed_in_a_hook_finds_the_hook_failed_and_runs_it_again() {
    for victim in START {
        let place = Place::new();
        // Its parent is the program, which dies as by a power cut. Only the first time, which a file remembers.
        let script = format!(
            "relation-ids x 2>/dev/null; status-set maintenance \"in $hook\"\n\
             if [ $hook = {victim} ] && [ ! -e {0}/killed ]; then touch {0}/killed; kill -9 $PPID; exit 0; fi\n\
             status-set active \"done $hook\"",
            place.path().display()
        );
        place.charm("hello", "", &script);
        let killed = place.juju(&["deploy", "./hello"]);
        assert_eq!(killed.code, None, "{victim}: {}", killed.stderr);

        let (current, message) = place.workload("hello/0");
        let expected = ("error".to_owned(), format!("hook failed: {victim:?}"));
        assert_eq!((current, message), expected, "Juju's agent finds the hook pending, which is an error");
        let log = place.ok(&["debug-log", "--level", "ERROR"]);
        assert!(log.contains(&format!("hook {victim:?} failed: the agent was killed while it ran")), "{log}");
        let hooks: Vec<String> = place.hooks();
        let before = START.iter().take_while(|hook| **hook != victim);
        assert_eq!(hooks, before.map(|hook| format!("unit-hello-0 {hook}")).collect::<Vec<_>>());
    }
}

#[test]
fn an_action_and_commands_in_which_the_agent_was_killed_have_failed() {
    let place = Place::new();
    place.charm(
        "hello",
        "actions:\n  die: {}\n  live: {}\n",
        "[ $hook != die ] || kill -9 $PPID; status-set active",
    );
    place.ok(&["deploy", "./hello"]);
    assert_eq!(place.juju(&["run", "hello/0", "die"]).code, None);
    let task = place.json(&["show-task", "1"]);
    assert_eq!(task["status"], "failed");
    assert_eq!(place.workload("hello/0").0, "active", "an action's end is never the unit's");
    place.ok(&["run", "hello/0", "live"]);
    assert_eq!(place.juju(&["exec", "--unit", "hello/0", "kill -9 $PPID"]).code, None);
    let task = place.json(&["show-task", "3"]);
    assert_eq!((&task["status"], task["results"].as_object().unwrap().len()), (&"failed".into(), 0));
    assert_eq!(place.ok(&["exec", "--unit", "hello/0", "echo well"]), "well\n");
}

#[test]
fn a_full_disk_is_an_error_and_the_model_as_before() {
    let place = Place::new();
    place.charm("hello", "config:\n  options:\n    text: {type: string, default: ''}\n", "status-set active");
    place.ok(&["deploy", "./hello"]);
    let size = fs::metadata(states(&place).last().unwrap()).unwrap().len();
    // A limit of the shell stands for the disk: no file may become larger than the last state and 1 KiB.
    let blocks = size / 512 + 2;
    let text = "x".repeat(8192);
    let shell = place.command(&["config", "hello", &format!("text={text}")]);
    let program = shell.get_program().to_owned();
    let args: Vec<_> = shell.get_args().map(ToOwned::to_owned).collect();
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let mut limited = Command::new("sh");
    limited.args(["-c", &script, "sh"]).arg(program).args(args).current_dir(place.path());
    limited.env("JUJU_DATA", place.path().join("data"));
    Outcome::of(limited.output().unwrap()).failed_with("cannot write ");
    assert_eq!(place.json(&["config", "hello"])["settings"]["text"]["value"], "");
    place.ok(&["config", "hello", "text=short"]);
}

#[test]
fn a_state_file_cut_short_is_an_error_and_the_one_before_is_kept() {
    let place = Place::new();
    place.charm("hello", "", "status-set active");
    place.ok(&["deploy", "./hello"]);
    let files = states(&place);
    assert_eq!(files.len(), 2, "the one before is kept");
    let newest = files.last().unwrap();
    let whole = fs::read(newest).unwrap();
    fs::write(newest, &whole[..whole.len() / 2]).unwrap();
    for args in [&["status"][..], &["deploy", "./hello", "other"], &["remove-application", "hello"]] {
        let outcome = place.juju(args).failed_with("is damaged: it has ");
        let way_out = format!("mv '{0}' '{0}.damaged'", newest.display());
        assert!(outcome.stderr.trim_end().ends_with(&way_out), "{}", outcome.stderr);
    }
    let aside = newest.with_extension("damaged");
    fs::rename(newest, &aside).unwrap();
    assert_eq!(place.workload("hello/0").0, "active");
}

#[test]
fn nobody_else_may_read_the_state() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    place.ok(&["add-secret", "mine", "password=hunter2"]);
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(place.model()), 0o700);
    for state in states(&place) {
        assert_eq!(mode(state), 0o600);
    }
    let log = place.ok(&["debug-log"]);
    assert!(!log.contains("hunter2"));
}

#[test]
fn a_second_call_waits_and_says_for_whom_and_a_look_does_not_wait() {
    let place = Place::new();
    let pipe = place.path().join("go");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let script = format!("[ $hook != start ] || read line < {}; status-set active", pipe.display());
    place.charm("hello", "", &script);
    let mut first = place.spawn(&["deploy", "./hello"]);
    // Opening the pipe ends when the hook reads from it.
    let mut writer = fs::OpenOptions::new().write(true).open(&pipe).unwrap();

    let status = place.json(&["status"]);
    assert!(
        status["applications"]["hello"]["units"]["hello/0"].is_object(),
        "as it was saved last: {status}"
    );
    let mut second = place.command(&["config", "hello"]);
    Outcome::of(second.output().unwrap()).succeeded();
    let mut second = place.command(&["add-unit", "hello"]);
    let words = format!("model \"local\" is at work: process {} has held it", first.id());
    Outcome::of(second.env("CHARM_JUJU_WAIT", "0").output().unwrap()).failed_with(&words);
    let mut second = place.command(&["add-unit", "hello"]);
    Outcome::of(second.env("CHARM_JUJU_WAIT", "soon").output().unwrap())
        .failed_with("write a number of seconds");

    std::io::Write::write_all(&mut writer, b"go\n").unwrap();
    drop(writer);
    let mut said = String::new();
    first.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(first.wait().unwrap().success(), "{said}");
    assert_eq!(place.workload("hello/0").0, "active");
}

#[test]
fn ctrl_c_ends_a_call_with_its_hook_and_the_model_is_whole() {
    let place = Place::new();
    let pipe = place.path().join("ready");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let script = format!("[ $hook = start ] || exit 0; echo $$ > {}; exec sleep 1000", pipe.display());
    place.charm("hello", "", &script);
    let child = place.spawn(&["deploy", "./hello"]);
    let pid = fs::read_to_string(&pipe).unwrap();
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupted.success());
    Outcome::of(child.wait_with_output().unwrap()).failed_with("interrupted");
    let state = fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
    assert!(state.is_empty() || state.contains(") Z "), "{state}");
    assert_eq!(place.workload("hello/0"), ("error".to_owned(), "hook failed: \"start\"".to_owned()));
}

#[test]
fn a_failed_hook_is_tried_again_by_a_later_call_and_no_call_waits_for_it() {
    let place = Place::new();
    place.charm("hello", "", "[ $hook != start ] || [ -e ../../../mended ]");
    let began = std::time::Instant::now();
    place.ok(&["deploy", "./hello"]);
    assert!(began.elapsed() < Duration::from_secs(5), "the first back-off is 5 s");
    assert_eq!(place.workload("hello/0").0, "error");
    let log = place.ok(&["debug-log"]);
    assert_eq!(log.matches("hook \"start\" failed").count(), 1, "{log}");
}

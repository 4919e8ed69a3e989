//! Charms that misbehave: the unit gets an error that says why, and the agent goes on.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod local;

use std::fs;
use std::time::Duration;

use charm_testing::model::{ActionResult, ActionStatus};
use local::{Local, unit};

/// Runs a charm whose install hook does this, and returns why it failed.
fn failure_of(script: &str) -> (Local, String) {
    let mut local = Local::new();
    local.model.set_retries(0);
    local.deploy("bad", "", &format!("test $hook = install || exit 0\n{script}"), 1);
    local.settle();
    let failure = local.model.unit(&unit("bad/0")).unwrap().failure.clone();
    (local, failure.map(|failure| failure.cause).unwrap_or_default())
}

fn messages(local: &Local, module: &str) -> Vec<String> {
    local.log.iter().filter(|line| line.module == module).map(|line| line.message.clone()).collect()
}

#[test]
fn one_that_prints_without_end_is_logged_in_part() {
    // 300 MB; Juju would log them all.
    let (local, failure) =
        failure_of("head -c 300000000 /dev/zero | tr '\\0' 'x'; yes | head -n 500000; echo last >&2");
    assert_eq!(failure, "");
    let lines = messages(&local, "unit.bad/0.install");
    assert!(lines.len() <= 10_002, "{} lines", lines.len());
    assert!(lines.iter().map(String::len).sum::<usize>() < 5 << 20);
    // 73,243 lines of 4096 bytes, of which 1024 are kept, and the lines of `yes`, the first with what was left of the x.
    let dropped = lines.iter().find(|line| line.contains("more lines on stdout were dropped")).unwrap();
    assert!(dropped.starts_with("572218 more lines"), "{dropped}");
    assert!(lines.contains(&"last".to_owned()), "stderr has room of its own");
}

#[test]
fn one_without_its_directory_fails() {
    let mut local = Local::new();
    local.model.set_retries(0);
    local.deploy("bad", "", "test $hook != start || rm -rf \"$CHARM_DIR\"", 1);
    local.settle();
    local.model.request_update_status();
    local.settle();
    let cause = local.model.unit(&unit("bad/0")).unwrap().failure.clone().unwrap().cause;
    assert!(cause.contains("the charm directory") && cause.contains("is gone"), "{cause}");
}

#[test]
fn one_that_kills_itself_fails_unless_juju_does_so_too() {
    // SIGTERM and SIGKILL are what Juju sends: a hook that ends by them is queued again.
    for (signal, expected) in [("SEGV", "signal: 11"), ("ABRT", "signal: 6"), ("HUP", "signal: 1")] {
        let (_, failure) = failure_of(&format!("kill -{signal} $$"));
        assert!(failure.contains(expected), "{signal}: {failure}");
    }
    let (local, failure) = failure_of("test -e once && exit 0; touch once; kill -KILL $$");
    assert_eq!(failure, "");
    assert_eq!(local.record("bad/0")[..2], ["install", "install"]);
}

#[test]
fn one_that_writes_no_utf_8_is_logged_all_the_same() {
    let mut local = Local::new();
    let script = "case $hook in\n\
        install) printf 'caf\\351\\n'; juju-log \"$(printf 'caf\\351')\"; state-set \"k=$(printf '\\351')\";;\n\
        act) printf '\\377'; printf 'text\\n' >&2;;\nesac";
    local.deploy("bad", "actions: {act: {}}\n", script, 1);
    local.settle();
    assert_eq!(messages(&local, "unit.bad/0.install"), ["caf\u{fffd}"]);
    assert_eq!(messages(&local, "unit.bad/0.juju-log"), ["caf\u{fffd}"]);
    let id = local.model.run_action(&unit("bad/0"), "act", serde_json::Map::new()).unwrap();
    local.settle();
    let results = local.model.action(id).unwrap().results.clone();
    let text = |key: &str| match results.get(key) {
        Some(ActionResult::Text(text)) => text.clone(),
        other => format!("{other:?}"),
    };
    // Juju records bytes that are no UTF-8 in base64 and says so, and leaves out an empty output.
    assert_eq!((text("stdout").as_str(), text("stdout-encoding").as_str()), ("/w==", "base64"));
    assert_eq!(text("stderr"), "text\n");
    assert!(!results.contains_key("stderr-encoding"), "{results:?}");
}

#[test]
fn one_that_calls_what_is_not_there_is_told_so() {
    let (local, failure) = failure_of(
        "nothing-get 2> missing; echo $? > code\n\
         ln -s \"$(readlink -f \"$(command -v is-leader)\")\" unknown-get; ./unknown-get 2> unknown\n\
         relation-get --bogus 2> flag; is-leader a 2> args; cd /; (cd \"$CHARM_DIR\"; true)",
    );
    assert_eq!(failure, "");
    assert_eq!(local.file("bad/0", "code"), "127\n");
    assert_eq!(local.file("bad/0", "unknown"), "ERROR bad request: unknown command: unknown-get\n");
    assert_eq!(local.file("bad/0", "flag"), "ERROR option provided but not defined: --bogus\n");
    assert_eq!(local.file("bad/0", "args"), "ERROR unrecognized args: [\"a\"]\n");
}

#[test]
fn one_that_forbids_its_directory_can_still_be_upgraded() {
    let mut local = Local::new();
    let script = "case $hook in\n\
        start) mkdir own own/deep; touch own/deep/file; chmod 0 own/deep own; chmod 0500 lib \"$CHARM_DIR\";;\nesac";
    fs::create_dir_all(local.charm_source("bad").join("lib")).unwrap();
    fs::write(local.charm_source("bad").join("lib/old"), "").unwrap();
    local.deploy("bad", "", script, 1);
    local.settle();
    fs::rename(local.charm_source("bad").join("lib/old"), local.charm_source("bad").join("lib/new")).unwrap();
    local.refresh("bad", "");
    local.settle();
    let charm = local.agent.charm_directory(&unit("bad/0"));
    assert!(charm.join("lib/new").exists() && !charm.join("lib/old").exists());
    assert!(charm.join("own").exists(), "what the charm made stays");
}

#[test]
fn an_action_can_be_killed() {
    let mut local = Local::new();
    let script = "case $hook in act) action-set k=v; state-set k=v; juju-log begun; sleep 1000;; esac";
    local.deploy("slow", "actions: {act: {}}\n", script, 1);
    local.settle();
    let cancel = std::sync::Arc::default();
    local.agent.set_cancel(std::sync::Arc::clone(&cancel));
    let id = local.model.run_action(&unit("slow/0"), "act", serde_json::Map::new()).unwrap();
    local
        .agent
        .settle(&mut local.model, 10, &mut |line| {
            if line.message == "begun" {
                cancel.store(true, std::sync::atomic::Ordering::Release);
            }
        })
        .unwrap();
    let action = local.model.action(id).unwrap();
    assert_eq!(action.status, ActionStatus::Aborted);
    assert!(action.results.contains_key("k"), "what it said until then counts");
    assert!(local.model.unit(&unit("slow/0")).unwrap().charm_state().is_empty());
    assert_eq!(local.status("slow/0").0, "unknown", "an action never puts a unit into error");
    assert!(!cancel.load(std::sync::atomic::Ordering::Acquire), "the next action runs");
}

#[test]
fn one_that_hangs_with_closed_outputs_is_killed() {
    let mut local = Local::new();
    local.model.set_retries(0);
    local.agent.set_timeout(Duration::from_millis(300));
    local.deploy("bad", "", "test $hook = install || exit 0; exec > /dev/null 2>&1; sleep 1000", 1);
    local.settle();
    let cause = local.model.unit(&unit("bad/0")).unwrap().failure.clone().unwrap().cause;
    assert_eq!(cause, "it ran longer than 0.3 s and was killed");
}

//! Hooks as processes: their output, their ends, and what they leave behind.

mod local;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use charm_testing::agent::{AgentError, CharmOptions, CharmSource};
use local::{Local, unit, write_executable};

#[test]
fn output_goes_to_the_log() {
    let mut local = Local::new();
    let script = "test $hook = install || exit 0\n\
                  echo out; echo err >&2; printf 'no end'; juju-log -l WARNING careful now; juju-log --debug quiet";
    local.deploy("hello", "", script, 1);
    local.settle();
    let log = local.log_lines();
    for line in [
        "DEBUG unit.hello/0.install out",
        "WARNING unit.hello/0.install err",
        "DEBUG unit.hello/0.install no end",
        "WARNING unit.hello/0.juju-log careful now",
        "DEBUG unit.hello/0.juju-log quiet",
        "INFO juju.worker.uniter.operation ran \"install\" hook",
    ] {
        assert!(log.contains(&line.to_owned()), "{line} in {log:#?}");
    }
}

#[test]
fn much_output_and_long_lines_lose_nothing() {
    let mut local = Local::new();
    let script = "test $hook = install || exit 0\n\
                  i=0; while test $i -lt 3000; do echo line; i=$((i + 1)); done; printf '%09000d\\n' 0";
    local.deploy("hello", "", script, 1);
    local.settle();
    let messages: Vec<&str> = local
        .log
        .iter()
        .filter(|line| line.module.ends_with("install"))
        .map(|line| line.message.as_str())
        .collect();
    assert_eq!(messages.iter().filter(|message| **message == "line").count(), 3000);
    let cut: Vec<usize> =
        messages.iter().filter(|message| message.starts_with('0')).map(|m| m.len()).collect();
    assert_eq!(cut, [4096, 4096, 808]);
}

#[test]
fn a_hook_that_runs_too_long_is_killed_with_what_it_started() {
    let mut local = Local::new();
    let script =
        "test $hook = install || exit 0\nstatus-set maintenance slow\nsleep 1000 & echo $! > child; wait";
    local.deploy("hello", "", script, 1);
    // Long enough for the child to be there by then.
    local.agent.set_timeout(Duration::from_secs(2));
    local.model.set_retries(0);
    local.settle();
    assert_eq!(local.status("hello/0").0, "error");
    let cause = &local.model.unit(&unit("hello/0")).unwrap().failure.as_ref().unwrap().cause;
    assert_eq!(cause, "it ran longer than 2 s and was killed");
    let child = local.file("hello/0", "child");
    assert!(!child.is_empty());
    let state = || fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
    // Gone, or a zombie that nobody has reaped yet; a moment may pass before the signal has done its work.
    let deadline = Instant::now() + Duration::from_secs(60);
    while !(state().is_empty() || state().contains(") Z ")) {
        assert!(Instant::now() < deadline, "{}", state());
        std::thread::yield_now();
    }
}

#[test]
fn children_left_behind_hold_nothing_up() {
    let mut local = Local::new();
    // The child keeps both outputs open, and calls a hook command when its hook is long over.
    let script = "test $hook = install || exit 0\n\
                  (n=0; while ! test -e over && test $n -lt 600; do sleep 0.05; n=$((n + 1)); done; juju-log late; echo $? > late) &\n\
                  sleep 1000 &\necho $! > child";
    local.deploy("hello", "", script, 1);
    let began = Instant::now();
    local.settle();
    assert!(began.elapsed() < Duration::from_secs(60), "it waited for the children");
    assert_eq!(local.record("hello/0").last().unwrap(), "start");
    let charm = local.agent.charm_directory(&unit("hello/0"));
    fs::write(charm.join("over"), "").unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while local.file("hello/0", "late").is_empty() && Instant::now() < deadline {
        std::thread::yield_now();
    }
    assert_eq!(local.file("hello/0", "late"), "1\n", "for it the hook is over");
    assert!(!local.log_lines().iter().any(|line| line.ends_with(" late")));
    let child = local.file("hello/0", "child");
    std::process::Command::new("kill").arg(child.trim()).status().unwrap();
}

#[test]
fn a_killed_hook_is_queued_again() {
    let mut local = Local::new();
    let script =
        "test $hook = start || exit 0; state-set n=1; test -e again && exit 0; touch again; kill -TERM $$";
    local.deploy("hello", "", script, 1);
    local.settle();
    let record = local.record("hello/0");
    assert_eq!(record, ["install", "leader-elected", "config-changed", "start", "start"]);
    assert_eq!(local.model.now().since_start(), Duration::ZERO, "it was no failure to wait after");
}

#[test]
fn a_charm_without_dispatch_runs_its_hooks() {
    let mut local = Local::new();
    let charm = local.charm_source("old");
    write_executable(&charm.join("hooks/install"), "#!/bin/sh\necho ran > \"$CHARM_DIR/out\"\n");
    fs::create_dir_all(charm.join(".git")).unwrap();
    std::os::unix::fs::symlink("install", charm.join("hooks/start")).unwrap();
    local.deploy_directory("old", "actions:\n  act: {}\n", 1);
    local.settle();
    assert_eq!(local.file("old/0", "out"), "ran\n");
    assert!(
        local.log_lines().contains(
            &"INFO juju.worker.uniter.operation skipped \"config-changed\" hook (missing)".to_owned()
        )
    );
    assert!(local.log_lines().contains(&"INFO juju.worker.uniter.operation ran \"start\" hook".to_owned()));
    assert!(!local.agent.charm_directory(&unit("old/0")).join(".git").exists());

    let id = local.model.run_action(&unit("old/0"), "act", serde_json::Map::new()).unwrap();
    local.settle();
    assert_eq!(local.model.action(id).unwrap().message, "action not implemented on unit \"old/0\"");
}

#[test]
fn what_cannot_be_run_says_why() {
    for (content, mode, why) in [
        ("#!/bin/sh\n", 0o644, "permission denied; make it executable (chmod +x)"),
        ("#!/nowhere/sh\n", 0o755, "the interpreter in its first line is missing"),
    ] {
        let mut local = Local::new();
        let dispatch = local.charm_source("bad").join("dispatch");
        write_executable(&dispatch, content);
        fs::set_permissions(&dispatch, fs::Permissions::from_mode(mode)).unwrap();
        local.deploy_directory("bad", "", 1);
        local.model.set_retries(0);
        local.settle();
        let cause = &local.model.unit(&unit("bad/0")).unwrap().failure.as_ref().unwrap().cause;
        assert!(cause.ends_with(why), "{cause}");
    }
}

#[test]
fn each_unit_has_its_own_copy() {
    let mut local = Local::new();
    local.deploy("hello", "", "echo $JUJU_UNIT_NAME > mine", 2);
    local.settle();
    assert_eq!(local.file("hello/0", "mine"), "hello/0\n");
    assert_eq!(local.file("hello/1", "mine"), "hello/1\n");
    assert!(!local.charm_source("hello").join("mine").exists());
}

#[test]
fn the_wish_to_stop_ends_a_hook() {
    let mut local = Local::new();
    local.deploy("hello", "", "juju-log started; sleep 1000", 1);
    let stop = Arc::new(AtomicBool::new(false));
    local.agent.set_stop(Arc::clone(&stop));
    let outcome = local.agent.settle(&mut local.model, 10, &mut |line| {
        if line.message == "started" {
            stop.store(true, Ordering::Release);
        }
    });
    assert!(matches!(outcome, Err(AgentError::Interrupted)), "{outcome:?}");
}

#[test]
fn a_reboot_now_ends_the_process_and_runs_the_hook_again() {
    let mut local = Local::new();
    let script = "test $hook = start || exit 0\n\
                  test -e rebooted && exit 0\n\
                  touch rebooted; state-set k=v; juju-reboot --now; record survived";
    local.deploy("hello", "", script, 1);
    local.settle();
    let starts = local.record("hello/0").iter().filter(|line| *line == "start").count();
    // A unit that has never started needs no start to be told of a reboot.
    assert_eq!(starts, 2, "killed, and run again");
    assert!(!local.record("hello/0").contains(&"survived".to_owned()));
    assert!(local.model.unit(&unit("hello/0")).unwrap().charm_state().is_empty());
}

#[test]
fn a_python_charm_without_dispatch_is_run_by_its_interpreter() {
    let mut local = Local::new();
    let source = local.charm_source("snake");
    fs::create_dir_all(source.join("src")).unwrap();
    fs::write(source.join("src/charm.py"), "").unwrap();
    fs::write(source.join("charmcraft.yaml"), "name: snake\nsummary: A test\ndescription: A test\n").unwrap();
    // Any program will do for one: what counts is how it is called.
    let python = source.join("python");
    write_executable(&python, "#!/bin/sh\necho \"$PYTHONPATH $* $JUJU_DISPATCH_PATH\" >> ran\n");
    let options = CharmOptions { python: Some(python), ..CharmOptions::default() };
    let charm = CharmSource::open(&source, &options).unwrap();
    local.model.deploy("snake", charm.metadata.clone(), 1).unwrap();
    local.agent.set_charm("snake", charm);
    local.settle();
    let ran = local.file("snake/0", "ran");
    assert_eq!(ran.lines().next(), Some("lib:src:venv src/charm.py hooks/install"));
    assert!(ran.ends_with("hooks/start\n"), "{ran}");
}

//! Dispatches of a charm whose handlers are `async fn`: everything is as with others.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::cell::RefCell;
use std::process::Command;
use std::rc::Rc;
use std::time::Instant;

use charm_conformance_tokio::Waiter;
use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::state::StateStore as _;
use charm_runtime::{Error, Exit, Failure, Host, MemoryHome};

struct Fake {
    greeting: &'static str,
    said: Rc<RefCell<Vec<String>>>,
}

impl Transport for Fake {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        if command.name() == "goal-state" {
            return Ok(Output { code: 1, stdout: Vec::new(), stderr: b"ERROR boom".to_vec() });
        }
        if let Some(text) = command.arguments().last() {
            self.said.borrow_mut().push(format!("{}: {text}", command.name()));
        }
        let stdout = match command.name() {
            "config-get" => format!(r#"{{"greeting":"{}"}}"#, self.greeting),
            "is-leader" => "true".to_owned(),
            "status-get" => r#"{"status":"unknown"}"#.to_owned(),
            _ => String::new(),
        };
        Ok(Output { code: 0, stdout: stdout.into(), stderr: Vec::new() })
    }
}

/// A unit, whose state lasts.
#[derive(Default)]
struct Unit(MemoryHome);

struct Ran {
    exit: Exit,
    failures: Vec<Failure>,
    said: Vec<String>,
}

impl Ran {
    #[track_caller]
    fn says(&self, words: &str) {
        assert!(self.said.iter().any(|said| said.contains(words)), "{words} expected in {:#?}", self.said);
    }
}

impl Unit {
    fn dispatch(&self, path: &str, greeting: &'static str) -> Ran {
        let said = Rc::default();
        let variables = [
            ("JUJU_DISPATCH_PATH", path),
            ("JUJU_UNIT_NAME", "waiter/0"),
            ("JUJU_ACTION_NAME", "ask"),
            ("JUJU_ACTION_UUID", "1"),
        ];
        let host = Host {
            environment: variables.into_iter().collect(),
            transport: Box::new(Fake { greeting, said: Rc::clone(&said) }),
            clock: Box::new(Instant::now),
            home: Rc::new(self.0.clone()),
        };
        let finished = charm_runtime::dispatch::<Waiter>(host);
        Ran { exit: finished.exit, failures: finished.failures, said: said.take() }
    }

    fn count(&self) -> Option<String> {
        let count = self.0.store().get(b"field/count").unwrap()?;
        Some(String::from_utf8(count).unwrap())
    }
}

#[test]
fn they_take_arguments_write_fields_and_share_one_runtime() {
    let unit = Unit::default();
    let ran = unit.dispatch("hooks/config-changed", "hello there");
    assert_eq!((ran.exit, ran.failures.len()), (Exit::Success, 0), "{:#?}", ran.failures);
    ran.says("waiter/0 listens\nheard hello there, leader: true\nany after ConfigChanged");
    ran.says("status-set: counted 2");
    assert_eq!(unit.count().as_deref(), Some("2"));
}

#[test]
fn they_defer_and_come_again() {
    let unit = Unit::default();
    unit.dispatch("hooks/config-changed", "later").says("deferred config-changed for `speak`: it said so");
    unit.dispatch("hooks/start", "later").says("deferred start for `start`: not yet");
    // The listener is of another process: the handler says so, is rolled back, and the other one goes on.
    let ran = unit.dispatch("hooks/install", "");
    assert_eq!(ran.exit, Exit::Success);
    let [failure] = ran.failures.as_slice() else { panic!("{:#?}", ran.failures) };
    assert_eq!((failure.handler(), failure.is_deferred()), (Some("speak"), true));
    assert_eq!(unit.count().as_deref(), Some("22"));
}

#[test]
fn a_halt_behind_an_await_keeps_what_was_done_and_is_the_status() {
    let unit = Unit::default();
    let ran = unit.dispatch("hooks/start", "blocked");
    assert_eq!(ran.exit, Exit::Success);
    ran.says("status-set: say when");
    assert_eq!(unit.count().as_deref(), Some("10"));
}

#[test]
fn an_error_fails_the_dispatch_and_names_the_authors_line() {
    let unit = Unit::default();
    let ran = unit.dispatch("hooks/start", "wrong");
    assert_eq!((ran.exit, unit.count()), (Exit::Failure, None));
    let line = include_str!("../src/lib.rs").lines().position(|line| line.ends_with("// fails")).unwrap() + 1;
    let location = ran.failures[0].location().unwrap();
    assert!(location.file().ends_with("tokio/src/lib.rs"), "{location}");
    assert_eq!(location.line(), u32::try_from(line).unwrap());
}

#[test]
fn a_panic_behind_an_await_is_an_error_like_any_other() {
    let unit = Unit::default();
    let ran = unit.dispatch("hooks/start", "panic");
    assert_eq!((ran.exit, unit.count()), (Exit::Failure, None));
    assert!(ran.failures[0].to_string().contains("handler `start`: panicked"), "{}", ran.failures[0]);
}

#[test]
fn what_fails_in_a_savepoint_is_rolled_back() {
    let unit = Unit::default();
    let ran = unit.dispatch("actions/ask", "failed");
    assert_eq!((ran.exit, unit.count()), (Exit::Success, None));
    ran.says("action-fail: no answer");
    ran.says("action-set: asked=yes");
    // And without a failure it isn't.
    unit.dispatch("actions/ask", "well");
    assert_eq!(unit.count().as_deref(), Some("100"));

    for greeting in ["wrong", "panic"] {
        let unit = Unit::default();
        unit.dispatch("hooks/start", "later");
        let ran = unit.dispatch("hooks/install", greeting);
        assert_eq!((ran.exit, ran.failures.len()), (Exit::Success, 1));
        assert_eq!(unit.count().as_deref(), Some("10"), "{greeting}");
    }
}

#[test]
fn within_another_runtime_it_says_so() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let ran = runtime.block_on(async { Unit::default().dispatch("hooks/start", "") });
    assert_eq!(ran.exit, Exit::Failure);
    let said = ran.failures[0].to_string();
    assert!(said.contains("async handler: ") && said.contains("`#[test]`"), "{said}");
}

/// A process without hook commands, whose log lines are on its standard error therefore.
fn process(event: &str) -> String {
    let directory = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_waiter"))
        .env_clear()
        .env("PATH", directory.path())
        .env("JUJU_CHARM_DIR", directory.path())
        .env("JUJU_UNIT_NAME", "waiter/0")
        .env("JUJU_DISPATCH_PATH", format!("hooks/{event}"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn no_runtime_is_made_before_one_is_needed() {
    let said = process("install");
    assert!(said.contains("INFO: 0 in use"), "{said}");
    let said = process("update-status");
    assert!(said.contains(" in use") && !said.contains("INFO: 0 in use"), "{said}");
}

/// What a package is linked with.
fn linked(package: &[&str]) -> String {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none"])
        .args(package)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{tree:?}");
    String::from_utf8(tree.stdout).unwrap()
}

#[test]
fn without_the_feature_nothing_of_tokio_is_linked() {
    let is_there = |tree: &str| tree.lines().any(|line| line.starts_with("tokio "));
    assert!(!is_there(&linked(&["--package", "charm-runtime"])));
    assert!(!is_there(&linked(&["--package", "hello"])));
    // And elsewhere it is, or this would prove nothing.
    assert!(is_there(&linked(&["--package", "charm-runtime", "--features", "tokio"])));
}

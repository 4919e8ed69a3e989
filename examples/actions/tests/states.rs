//! What each action answers, keeps, and fails with.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::path::PathBuf;

use backup::{Backup, action};
use charm_runtime::Status;
use charm_runtime::serde_json::json;
use charm_testing::transition::Transition;
use charm_testing::{Faults, State, on};
use tempfile::TempDir;

/// A place for archives, and something to archive.
struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        let machine = Self(tempfile::tempdir().unwrap());
        fs::create_dir(machine.path("source")).unwrap();
        fs::write(machine.path("source/one"), "1").unwrap();
        fs::write(machine.path("source/two"), "2").unwrap();
        machine
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn state(&self) -> State<Backup> {
        State::new().config("directory", self.path("archives").to_str().unwrap())
    }

    fn create(&self, name: &str) -> on::ActionEvent<action::Create> {
        on::action().param("name", name).param("source", json!({"directory": self.path("source")}))
    }
}

fn forget() -> on::ActionEvent<action::Forget> {
    on::action()
}

fn names(out: &Transition<Backup>) -> Vec<String> {
    let out = out.state.run(on::action::<action::List>()).succeeded();
    let results = &out.action().results;
    assert_eq!(results["count"], (results.len() / 2).to_string());
    results
        .keys()
        .filter_map(|key| key.strip_prefix("archives.")?.strip_suffix(".path"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn it_is_blocked_until_it_knows_where() {
    let out = State::<Backup>::new().run(on::config_changed()).succeeded();
    assert_eq!(out.unit_status(), Status::blocked("set the option directory"));
    let out = out.state.config("directory", "backups").run(on::config_changed()).succeeded();
    let message = "option directory: expected an absolute path, such as /var/backups";
    assert_eq!(out.unit_status(), Status::blocked(message));
    let out = out.state.config("directory", "/var/backups").run(on::config_changed()).succeeded();
    assert_eq!(out.unit_status(), Status::active("archives: 0"));
}

#[test]
fn an_archive_is_made_and_remembered() {
    let machine = Machine::new();
    let out = machine.state().run(machine.create("monday")).succeeded();
    let file = machine.path("archives/monday.tar");
    let answer = out.action();
    assert_eq!(answer.result("name"), Some("monday"));
    assert_eq!(answer.result("archive.path"), file.to_str());
    assert_eq!(answer.result("archive.bytes"), Some(&*fs::metadata(&file).unwrap().len().to_string()));
    assert_eq!(answer.log, [format!("archiving {}", machine.path("source").display())]);
    assert_eq!(fs::read(&file).unwrap()[..2], [0x1f, 0x8b], "compressed by default");
    assert_eq!(out.unit_status(), Status::active("archives: 1"));
    assert_eq!(names(&out), ["monday"]);
}

#[test]
fn it_takes_what_it_is_told_to() {
    let machine = Machine::new();
    let source = json!({"directory": machine.path("source"), "only": ["two"]});
    let create = on::action::<action::Create>().param("name", "half").param("source", source);
    machine.state().run(create.param("compression", "none")).succeeded();
    let archive = fs::read(machine.path("archives/half.tar")).unwrap();
    assert!(archive.starts_with(b"two\0"), "not compressed, and without `one`");
}

#[test]
fn an_operator_s_mistake_fails_the_action() {
    let machine = Machine::new();
    let state = machine.state().run(machine.create("monday")).succeeded().state;
    let failure = |state: &State<Backup>, event: on::Event| {
        let out = state.run(event).succeeded();
        assert_eq!(out.action().results.len(), 0);
        out.action().failure.clone().unwrap()
    };
    let again = failure(&state, machine.create("monday").into());
    assert_eq!(again, "there is an archive monday already: forget it, or name another");

    let nowhere = machine.create("tuesday").param("source", json!({"directory": "/nowhere"}));
    assert!(failure(&state, nowhere.into()).contains("/nowhere"));
    assert!(!machine.path("archives/tuesday.tar").exists());

    assert_eq!(failure(&state, forget().param("name", "tuesday").into()), "there is no archive tuesday");
    let either = "action parameters: give either a name, or all=true";
    assert_eq!(failure(&state, forget().into()), either);
    assert_eq!(failure(&state, forget().param("name", "monday").param("all", true).into()), either);

    let unset = State::<Backup>::new();
    assert_eq!(failure(&unset, machine.create("monday").into()), "blocked: set the option directory");
}

#[test]
fn what_the_schema_excludes_never_reaches_the_charm() {
    let machine = Machine::new();
    let problem = |event| machine.state().try_run(event, Faults::new()).map(|_| ()).unwrap_err().to_string();
    let create = || machine.create("monday");
    for (event, expected) in [
        (on::action::<action::Create>(), "needs the parameter `name`"),
        (create().param("compresion", "none"), "did you mean `compression`?"),
        (create().param("compression", "zip"), "compression"),
        (create().param("source", json!({})), "directory"),
        (create().param("source", json!({"directory": 3})), "directory"),
        (create().param("source", json!({"directory": "/", "without": []})), "without"),
    ] {
        let problem = problem(event);
        assert!(problem.contains(expected), "{problem}");
    }
}

#[test]
fn archives_are_forgotten() {
    let machine = Machine::new();
    let mut state = machine.state();
    for day in ["monday", "tuesday", "wednesday"] {
        state = state.run(machine.create(day)).succeeded().state;
    }
    let out = state.run(forget().param("name", "tuesday")).succeeded();
    assert_eq!(out.action().result("forgotten.0"), Some("tuesday"));
    assert!(!machine.path("archives/tuesday.tar").exists());
    assert_eq!(names(&out), ["monday", "wednesday"]);

    // One of them somebody has deleted by hand.
    fs::remove_file(machine.path("archives/monday.tar")).unwrap();
    let out = out.state.run(forget().param("all", true)).succeeded();
    assert_eq!(out.action().result("forgotten.1"), Some("wednesday"));
    assert_eq!(out.unit_status(), Status::active("archives: 0"));
}

#[test]
fn what_is_deleted_stays_forgotten_though_the_action_fails() {
    let machine = Machine::new();
    let mut state = machine.state();
    for day in ["monday", "tuesday"] {
        state = state.run(machine.create(day)).succeeded().state;
    }
    // A directory in its place can't be deleted as a file.
    fs::remove_file(machine.path("archives/tuesday.tar")).unwrap();
    fs::create_dir(machine.path("archives/tuesday.tar")).unwrap();
    let out = state.run(forget().param("all", true)).succeeded();
    assert!(out.action().failure.as_ref().unwrap().starts_with("cannot delete "));
    assert_eq!(names(&out), ["tuesday"]);
}

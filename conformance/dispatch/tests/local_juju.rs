//! The charm under test on the local Juju, related to another as real processes.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use charm_meta::Metadata;
use charm_testing::agent::{Agent, Rest};
use charm_testing::model::{Model, UnitName};

/// A database that says it is ready to whoever joins.
const DATABASE: &str =
    "#!/bin/sh\ntest \"$JUJU_DISPATCH_PATH\" = hooks/db-relation-joined || exit 0\nrelation-set ready=yes\n";

struct Local {
    model: Model,
    agent: Agent,
    log: String,
    directory: tempfile::TempDir,
}

impl Local {
    /// The charm under test with this script, and the database.
    fn new(script: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let commands = Path::new(env!("CARGO_BIN_EXE_local-hook-command"));
        let agent = Agent::new(&directory.path().join("work"), commands).unwrap();
        let mut local = Self { model: Model::new(0), agent, log: String::new(), directory };

        let subject = local.charm("subject", include_str!("../charmcraft.yaml"));
        fs::copy(env!("CARGO_BIN_EXE_subject"), subject.join("dispatch")).unwrap();
        fs::write(subject.join("script"), script).unwrap();
        let database = local.charm(
            "database",
            "name: database\nsummary: s\ndescription: d\nprovides: {db: {interface: postgresql}}\n",
        );
        fs::write(database.join("dispatch"), DATABASE).unwrap();
        fs::set_permissions(database.join("dispatch"), fs::Permissions::from_mode(0o755)).unwrap();
        local.settle();
        local
    }

    fn charm(&mut self, name: &str, metadata: &str) -> std::path::PathBuf {
        let charm = self.directory.path().join("charms").join(name);
        fs::create_dir_all(&charm).unwrap();
        self.model.deploy(name, Metadata::parse(metadata).unwrap(), 1).unwrap();
        self.agent.set_charm(name, &charm);
        charm
    }

    fn settle(&mut self) {
        let log = &mut self.log;
        let rest = self.agent.settle(&mut self.model, 200, &mut |line| {
            log.push_str(&line.message);
            log.push('\n');
        });
        assert_eq!(rest.unwrap(), Rest::Reached, "{}", self.log);
    }

    fn status(&self) -> String {
        let (kind, message) = self.model.unit(&unit()).unwrap().shown_status();
        format!("{kind} {message}")
    }

    /// What `./dispatch queue` answers in the unit's charm directory.
    fn queue(&self) -> String {
        let directory = self.agent.charm_directory(&unit());
        let answer = Command::new(directory.join("dispatch"))
            .arg("queue")
            .env_clear()
            .current_dir(&directory)
            .output()
            .unwrap();
        String::from_utf8(answer.stdout).unwrap()
    }
}

fn unit() -> UnitName {
    "subject/0".parse().unwrap()
}

#[test]
fn a_relation_removed_while_its_event_waits_leaves_the_unit_active() {
    let mut local = Local::new("db_changed: defer no tables yet\nstatus: active ready\n");
    let relation = local.model.integrate("subject:db", "database:db").unwrap();
    local.settle();
    assert!(local.queue().contains("db-relation-changed"), "{}\n{}", local.queue(), local.log);
    assert_eq!(local.status(), "active ready");

    local.model.remove_relation(relation).unwrap();
    local.settle();
    local.model.request_update_status();
    local.settle();
    assert_eq!(local.queue(), "nothing is deferred\n", "{}", local.log);
    assert!(local.log.contains("dropped deferred db-relation-changed"), "{}", local.log);
    assert_eq!(local.status(), "active ready", "{}", local.log);
}

#[test]
fn a_write_of_the_own_databag_reaches_the_other_side_when_the_dispatch_has_ended_well() {
    let mut local = Local::new("db_created: set db asked=yes\nstatus: active ready\n");
    let relation = local.model.integrate("subject:db", "database:db").unwrap();
    local.settle();
    let written = |local: &Local| {
        let data = local.model.relation(relation).unwrap().unit_data(&unit()).cloned();
        data.unwrap_or_default().get("asked").cloned()
    };
    assert_eq!(written(&local).as_deref(), Some("yes"), "{}", local.log);
}

#[test]
fn why_a_relation_broke_is_known_in_the_dispatch_that_breaks_it() {
    let script = "db_broken: why\n";
    let mut removed = Local::new(script);
    let relation = removed.model.integrate("subject:db", "database:db").unwrap();
    removed.settle();
    removed.model.remove_relation(relation).unwrap();
    removed.settle();
    assert!(removed.log.contains(": RelationRemoved"), "{}", removed.log);

    let mut going = Local::new(script);
    going.model.integrate("subject:db", "database:db").unwrap();
    going.settle();
    going.model.remove_unit(&unit()).unwrap();
    going.settle();
    assert!(going.log.contains(": UnitGoing"), "{}", going.log);
}

/// The one secret that there is: its revisions, and the newest value of `password`.
fn secret(local: &Local) -> Option<(u32, String)> {
    let secret = local.model.secrets().next()?;
    assert_eq!(local.model.secrets().count(), 1);
    let password = secret.revisions[&secret.latest].content.get("password")?;
    Some((secret.latest, String::from_utf8(password).unwrap()))
}

#[test]
fn a_secret_is_made_once_and_changed_once() {
    let mut local = Local::new("start: ensure  a=b\" ; ensure  a=b\" \nupdate_status: ensure other\n");
    assert_eq!(secret(&local), Some((1, " a=b\" ".to_owned())), "{}", local.log);
    for _ in 0..2 {
        local.model.request_update_status();
        local.settle();
        assert_eq!(secret(&local), Some((2, "other".to_owned())), "{}", local.log);
    }
    assert!(!local.log.contains("other") && !local.log.contains("a=b"), "{}", local.log);
}

/// Juju refuses a dispatch that adds a secret and removes it again.
#[test]
fn a_secret_of_an_action_that_fails_stays_and_is_found_again() {
    let mut local = Local::new("backup: ensure x; action-failed no\nupdate_status: ensure y\n");
    local.model.run_action(&unit(), "backup", serde_json::Map::new()).unwrap();
    local.settle();
    assert_eq!(secret(&local), Some((1, "x".to_owned())), "{}", local.log);
    local.model.request_update_status();
    local.settle();
    assert_eq!(secret(&local), Some((2, "y".to_owned())), "{}", local.log);
    assert!(!local.log.contains("panicked"), "{}", local.log);
}

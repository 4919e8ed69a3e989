//! What of a secret can be seen from outside of the charm's process, and what the framework does for secrets by itself.

use std::fs;

use super::unit::{BARE, Ran, Unit, subject};

const ID: &str = "secret:9m4e2mr0ui3e8a215n4g";
/// What must be seen nowhere; with what a command line could lose.
const PASSWORD: &str = " -hunter2=\" ";

/// A unit that has this secret already, with another password.
fn with_secret() -> Unit {
    let mut unit = subject();
    let info = r#"{"9m4e2mr0ui3e8a215n4g":{"revision":3,"label":"admin","owner":"unit"}}"#;
    unit.juju_says("secret-info-get", info);
    unit.juju_says("secret-get", r#"{"password":"old-hunter1","user-name":"admin"}"#);
    unit
}

/// That the content reached the command by files that nobody else reads, which are gone; and is seen nowhere else.
#[track_caller]
fn is_private(ran: &Ran, command: &str, temporary: &std::path::Path) {
    let calls: Vec<_> = ran.calls.iter().filter(|call| call.argv[0] == command).collect();
    let [call] = calls.as_slice() else { panic!("{ran:#?}") };
    let texts: Vec<&str> = call.files.iter().map(|file| file.text.as_str()).collect();
    assert_eq!(texts, [PASSWORD, "admin"]);
    for file in &call.files {
        assert_eq!(file.modes, (0o600, 0o700), "{file:?}");
        assert!(file.path.starts_with(temporary), "{file:?}");
    }
    assert_eq!(fs::read_dir(temporary).unwrap().count(), 0, "nothing is left behind");
    for call in &ran.calls {
        let seen = format!("{:?} {:?}", call.argv, call.stdin);
        assert!(!seen.contains("hunter"), "{seen}");
    }
    let seen = format!("{} {} {:?} {:?}", ran.stdout, ran.stderr, ran.handlers, ran.log());
    assert!(!seen.contains("hunter"), "{seen}");
}

#[test]
fn content_is_seen_by_nobody() {
    let temporary = tempfile::tempdir().unwrap();
    for (mut unit, command) in [(subject(), "secret-add"), (with_secret(), "secret-set")] {
        unit.script("update_status", &format!("ensure {PASSWORD}; count"));
        let ran = unit.hook("update-status").with("TMPDIR", temporary.path()).with("JUJU_DEBUG", "all").run();
        is_private(&ran, command, temporary.path());
        assert!(ran.handled(&format!("update_status secret={ID}")), "{ran:#?}");
        assert_eq!(unit.field("count").as_deref(), Some("1"));
    }
}

#[test]
fn content_is_seen_by_nobody_although_juju_refuses_it_and_repeats_it() {
    let temporary = tempfile::tempdir().unwrap();
    for (mut unit, command) in [(subject(), "secret-add"), (with_secret(), "secret-set")] {
        unit.script("update_status", &format!("ensure {PASSWORD}; count"));
        unit.juju_refuses(command, &format!("ERROR the value {PASSWORD} is not to my liking"));
        let ran = unit.hook("update-status").with("TMPDIR", temporary.path()).run().fails();
        is_private(&ran, command, temporary.path());
        ran.logged("is not to my liking");
        assert_eq!(unit.stored().0, 0);
    }
}

#[test]
fn a_directory_that_cannot_be_written_to_is_named_as_the_trouble() {
    let mut unit = subject();
    unit.script("update_status", &format!("ensure {PASSWORD}"));
    let ran = unit.hook("update-status").with("TMPDIR", "/nowhere").run().fails();
    ran.logged("can't be written to the directory for temporary files");
    assert!(ran.calls_of("secret-add").is_empty());
}

#[test]
fn an_added_secret_stays_when_its_deferred_event_fails_since_juju_refuses_to_remove_it() {
    let mut unit = subject();
    unit.script("start", "defer not yet");
    unit.hook("start").run().succeeds();
    unit.script("start", &format!("ensure {PASSWORD}; fail after all"));
    let ran = unit.hook("update-status").run().succeeds();
    let secrets: Vec<_> = ran.commands().into_iter().filter(|name| name.starts_with("secret-")).collect();
    assert_eq!(secrets, ["secret-info-get", "secret-add"]);
}

#[test]
fn after_a_failed_handler_the_old_revision_is_still_tracked() {
    let mut unit = subject();
    unit.juju_says("secret-get", r#"{"password":"hunter2"}"#);
    unit.script("secret_changed", &format!("track {ID}; store a=1; set cluster a=1"));
    unit.script("any", "fail for another reason");
    let changed = |unit: &Unit| unit.hook("secret-changed").with("JUJU_SECRET_ID", ID).run();
    let ran = changed(&unit).fails();
    assert_eq!(ran.calls_of("secret-get"), [format!("--format=json {ID} --peek")]);
    // Nor after a refusal of what was staged, or a failure to find the status.
    for (refuses, status) in [("state-set", "fail no status"), ("relation-set", "")] {
        unit.script("any", "");
        unit.script("status", status);
        unit.juju_says("relation-ids cluster", r#"["cluster:0"]"#);
        unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
        unit.juju_refuses(refuses, "ERROR no");
        let ran = changed(&unit).fails();
        assert!(!ran.calls_of("secret-get").iter().any(|call| call.contains("--refresh")), "{ran:#?}");
        unit.juju_says(refuses, "");
    }
    // The retried one is the last thing that is sent but for the status.
    unit.script("status", "active ");
    let ran = changed(&unit).succeeds();
    let commands = ran.commands();
    let last = commands.iter().rposition(|name| *name == "secret-get").unwrap();
    assert_eq!(ran.calls_of("secret-get").last().unwrap(), &format!("--format=json {ID} --refresh"));
    assert!(commands[last + 1..].iter().all(|name| name.starts_with("status-")), "{commands:?}");
    assert!(commands[..last].contains(&"relation-set"), "{commands:?}");
}

#[test]
fn an_obsolete_revision_is_removed_although_nobody_handles_that() {
    let mut unit = Unit::of(BARE);
    let remove = |unit: &Unit| {
        let hook = unit.hook("secret-remove").with("JUJU_SECRET_ID", ID).with("JUJU_SECRET_REVISION", "2");
        hook.run().succeeds()
    };
    let info = r#"{"9m4e2mr0ui3e8a215n4g":{"revision":3,"label":"admin","owner":"unit"}}"#;
    unit.juju_says("secret-info-get", info);
    let ran = remove(&unit);
    assert_eq!(ran.commands(), ["secret-info-get", "secret-remove"]);
    assert_eq!(ran.calls_of("secret-remove"), [format!("{ID} --revision=2")]);
    assert!(!unit.state_dir().exists());
    // Juju says so again, when the secret is gone: refusing would hold the unit back for ever.
    unit.juju_refuses("secret-info-get", r#"ERROR secret "9m4e2mr0ui3e8a215n4g" not found"#);
    assert_eq!(remove(&unit).commands(), ["secret-info-get"]);
}

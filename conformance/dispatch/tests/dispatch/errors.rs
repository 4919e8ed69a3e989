//! What is read of an error: in the log by the charm's author, in an action's outcome by whoever ran it.

use super::unit::{Unit, subject};

/// The file in which the handlers of these charms ask for things, as the compiler names it.
const ASKS: &str = "conformance/dispatch/src/script.rs:";

/// A unit that is refused what its handlers ask for, in words that repeat what they gave.
fn refused() -> Unit {
    let mut unit = subject();
    unit.juju_refuses("relation-set", "ERROR expected \"key=value\", got \"hunter2-and-more\"\n");
    unit
}

const STEP: &str = "send relation-set password=hunter2-and-more";

#[test]
fn the_log_has_event_handler_call_and_place() {
    let mut unit = refused();
    unit.script("update_status", STEP);
    let line = unit.hook("update-status").run().fails().logged("ERROR: ");
    let (chain, place) = line.rsplit_once(" (at ").unwrap();
    assert_eq!(
        chain,
        "ERROR: update-status: handler `update_status`: \
         Juju refused `relation-set`: expected \"key=value\", got \"…\": \
         called as `relation-set password`, exit code 1"
    );
    let line = place.strip_prefix(ASKS).and_then(|line| line.strip_suffix(')')).unwrap();
    let asked = include_str!("../../src/script.rs").lines().nth(line.parse::<usize>().unwrap() - 1);
    assert_eq!(asked.unwrap().trim(), "juju.hook_command(&command)?;");
}

#[test]
fn whoever_ran_an_action_reads_what_was_wrong_and_no_more() {
    let mut unit = refused();
    unit.script("restore", STEP);
    let ran = unit.action("restore").run().fails();
    assert_eq!(
        ran.stderr,
        "restore: handler `restore`: Juju refused `relation-set`: expected \"key=value\", got \"…\"\n"
    );
    let line = ran.logged("ERROR: restore: handler `restore`: ");
    assert!(line.contains("called as `relation-set password`, exit code 1") && line.contains(ASKS), "{line}");
}

#[test]
fn a_deferred_event_says_that_it_is_one() {
    let mut unit = refused();
    unit.script("install", "defer not yet");
    unit.hook("install").run().succeeds();
    unit.script("install", STEP);
    // What was sent can't be taken back, so it is the whole dispatch that fails.
    let line = unit.hook("update-status").run().fails().logged("ERROR: deferred install, attempt 1 of 6: ");
    assert!(line.contains("handler `install`: Juju refused `relation-set`"), "{line}");
    assert!(line.contains(ASKS), "{line}");
}

#[test]
fn a_panic_says_where() {
    let mut unit = subject();
    unit.script("update_status", "panic no idea");
    let line = unit.hook("update-status").run().fails().logged("ERROR: ");
    let expected = format!("ERROR: update-status: handler `update_status`: panicked at {ASKS}");
    assert!(line.starts_with(&expected) && line.ends_with(": no idea"), "{line}");
}

#[test]
fn no_value_reaches_log_or_outcome() {
    for word in ["restore", "update_status"] {
        let mut unit = refused();
        unit.script(word, STEP);
        let dispatch = if word == "restore" { unit.action(word) } else { unit.hook("update-status") };
        let ran = dispatch.with("JUJU_DEBUG", "1").run().fails();
        let shown = format!("{} {} {:?}", ran.stdout, ran.stderr, ran.log());
        assert!(shown.contains("relation-set password") && !shown.contains("hunter2"), "{shown}");
    }
}

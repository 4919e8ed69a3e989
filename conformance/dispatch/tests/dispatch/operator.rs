//! What `./dispatch queue`, `state` and `handlers` answer.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::{fs, io};

use super::unit::{LATER, Unit, subject};

/// A unit where start and install wait, with a state.
fn with_queue() -> Unit {
    let mut unit = subject();
    unit.script("start", "count; store colour=red; defer not yet");
    unit.script("install", "defer nor this");
    unit.hook("start").run().succeeds();
    unit.hook("install").run().succeeds();
    unit
}

#[test]
fn the_queue_is_shown_in_order_with_reasons() {
    let shown = ["1  deferred  start for start: not yet", "2  deferred  install for install: nor this"];
    assert_eq!(with_queue().queue(), shown);
}

#[test]
fn a_look_changes_nothing_and_calls_nothing() {
    let unit = with_queue();
    let before = unit.stored();
    for question in ["queue", "state", "handlers"] {
        let ran = unit.operator(&[question]).succeeds();
        assert!(ran.calls.is_empty() && ran.handlers.is_empty(), "{ran:#?}");
    }
    assert_eq!(unit.stored(), before);
}

#[test]
fn where_nothing_was_ever_stored_nothing_is_made_by_looking() {
    let unit = subject();
    assert_eq!(unit.operator(&["queue"]).succeeds().stdout, "nothing is deferred\n");
    assert!(unit.operator(&["state"]).succeeds().stdout.ends_with("no field has been stored\n"));
    for change in [["queue", "drop", "1"], ["queue", "retry", "1"]] {
        assert_eq!(unit.operator(&change).code, Some(1));
    }
    for change in [["state", "accept"], ["state", "reset"]] {
        assert_eq!(unit.operator(&change).code, Some(1));
    }
    assert!(!unit.state_dir().exists());
}

#[test]
fn the_state_is_shown_by_name_and_size_and_never_by_value() {
    let unit = with_queue();
    let shown = unit.operator(&["state"]).succeeds().stdout;
    let lines: Vec<_> = shown.lines().collect();
    // JSON: 1, and "red" with its quotes.
    assert_eq!(lines[1..], ["count  1 bytes", "notes/colour  5 bytes"]);
    assert!(lines[0].ends_with("/charm/.unit-state"), "{shown}");
}

#[test]
fn handlers_are_listed_with_their_events_and_former_names() {
    let shown = Unit::of(LATER).operator(&["handlers"]).succeeds().stdout;
    let expected =
        "start: begin\nconfig-changed: configure (was config_changed)\nupdate-status: update_status\n";
    assert_eq!(shown, expected);
    let shown = subject().operator(&["handlers"]).succeeds().stdout;
    for line in [
        "config-changed: config_changed",
        "config-changed: config_changed_too",
        "db-relation-changed: db_changed",
        "action restore: restore",
        "any: any",
        "status: status",
        "application status: app_status",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}: {shown}");
    }
}

#[test]
fn an_entry_that_waits_can_be_dropped() {
    let unit = with_queue();
    unit.operator(&["queue", "drop", "1"]).succeeds();
    assert_eq!(unit.queue(), ["2  deferred  install for install: nor this"]);
    let ran = unit.hook("update-status").run().succeeds();
    assert!(!ran.handled("start") && ran.handled("install"), "{ran:#?}");
}

#[test]
fn after_the_last_entry_is_dropped_the_next_dispatch_takes_the_marker_down() {
    let unit = with_queue();
    unit.operator(&["queue", "drop", "1"]).succeeds();
    unit.operator(&["queue", "drop", "2"]).succeeds();
    unit.hook("moon-relation-eclipsed").run().succeeds();
    assert!(!unit.state_dir().join("pending").exists());
}

#[test]
fn ids_that_do_not_exist_are_errors_that_say_where_to_look() {
    let unit = with_queue();
    let before = unit.stored();
    for (words, problem) in [
        (["queue", "drop", "9"], "there is no deferred event 9: `./dispatch queue` shows which there are"),
        (["queue", "retry", "9"], "no deferred event 9 was given up: `./dispatch queue` shows which were"),
        (["queue", "retry", "1"], "no deferred event 1 was given up: `./dispatch queue` shows which were"),
        (["queue", "drop", "first"], "`first` is no id: `./dispatch queue` shows them"),
        (["queue", "drop", "-1"], "`-1` is no id: `./dispatch queue` shows them"),
    ] {
        let ran = unit.operator(&words).fails();
        assert_eq!(ran.stderr, format!("{problem}\n"));
    }
    assert_eq!(unit.stored(), before);
}

#[test]
fn words_that_mean_nothing_exit_2_and_show_what_there_is() {
    let unit = with_queue();
    let before = unit.stored();
    for words in [
        &["frobnicate"][..],
        &["queue", "clear"],
        &["queue", "drop"],
        &["queue", "drop", "1", "2"],
        &["state", "forget"],
        &["handlers", "all"],
        &["--queue"],
        &[""],
    ] {
        let ran = unit.operator(words);
        assert_eq!(ran.code, Some(2), "{words:?}");
        assert!(ran.stderr.contains("queue drop ID") && ran.stdout.is_empty(), "{words:?}: {ran:#?}");
    }
    assert_eq!(unit.stored(), before);
}

#[test]
fn words_that_are_no_text_mean_nothing_either() {
    let unit = subject();
    let mut command = unit.start(&[]).command();
    let output = command.arg(OsStr::from_bytes(b"que\xffue")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let unit = with_queue();
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let output = unit.start(&["queue"]).command().stdout(writer).output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn help_is_no_mistake() {
    let unit = subject();
    for word in ["help", "--help", "-h"] {
        assert!(unit.operator(&[word]).succeeds().stdout.contains("queue drop ID"));
    }
}

#[test]
fn the_guard_does_not_keep_an_operator_out() {
    // `juju exec` from within a hook's environment, or a handler that asks its own charm.
    let unit = with_queue();
    let ran = unit.start(&["queue"]).with("OPERATOR_DISPATCH", "1").run().succeeds();
    assert_eq!(ran.stdout.lines().count(), 2);
}

#[test]
fn a_reset_begins_anew_and_keeps_what_was() {
    let mut unit = with_queue();
    let said = unit.operator(&["state", "reset"]).succeeds().stdout;
    let aside = said.trim_end().strip_prefix("the former state is in ").unwrap();
    assert!(fs::metadata(aside).unwrap().is_dir());
    assert_eq!(unit.queue(), ["nothing is deferred"]);
    unit.script("start", "count");
    let ran = unit.hook("start").run().succeeds();
    assert!(!ran.handled("install"), "{ran:#?}");
    assert_eq!(unit.field("count").as_deref(), Some("1"));
}

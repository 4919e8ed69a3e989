//! What reaches Juju's log, in how many calls.

use super::unit::{Ran, subject};

#[test]
fn log_lines_of_one_level_share_a_call_and_go_before_what_is_immediate() {
    let mut unit = subject();
    unit.script("install", "log one; log two; debug unseen; send application-version-set -- 1.0; warn three");
    let ran = unit.hook("install").run().succeeds();
    let calls: Vec<String> = ran.calls.iter().map(|call| call.argv.join(" ")).collect();
    let expected = [
        "juju-log --log-level INFO -- one\ntwo",
        "application-version-set -- 1.0",
        "is-leader --format=json",
        "juju-log --log-level WARNING -- three",
    ];
    assert_eq!(calls, expected);
}

#[test]
fn with_juju_debug_the_log_says_more_and_goes_to_standard_error_too() {
    let mut unit = subject();
    unit.script("install", "log one; debug two");
    let ran = unit.hook("install").with("JUJU_DEBUG", "1").run();
    assert_eq!(ran.code, Some(0));
    ran.logged("DEBUG: two");
    let lines: Vec<_> = ran.stderr.lines().map(|line| line.split_once("Z ").unwrap()).collect();
    assert_eq!(lines.iter().map(|(_, line)| *line).collect::<Vec<_>>(), ["INFO: one", "DEBUG: two"]);
    for (time, _) in lines {
        let shape: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        assert_eq!(shape, "00:00:00.000", "{time}");
    }

    let ran = unit.hook("install").with("JUJU_DEBUG", "").run().succeeds();
    assert_eq!(ran.log(), ["INFO: one"]);
}

/// What each `juju-log` was given.
fn messages(ran: &Ran) -> Vec<&str> {
    let calls = ran.calls.iter().filter(|call| call.argv[0] == "juju-log");
    calls.map(|call| call.argv[4].as_str()).collect()
}

/// The longest argument that Linux takes is 131072 bytes with its end.
const LONGEST_ARGUMENT: usize = 131_071;

#[test]
fn a_line_that_no_argument_holds_goes_out_in_numbered_pieces_and_nothing_of_it_is_lost() {
    let mut unit = subject();
    // Three bytes each: no limit in bytes is a boundary of characters by chance.
    let long = "€".repeat(110_000);
    unit.script("install", &format!("log before; log {long}; log after"));
    let ran = unit.hook("install").run().succeeds();
    let messages = messages(&ran);
    assert_eq!(messages.len(), 6);
    assert_eq!((messages[0], messages[5]), ("before", "after"));
    let mut whole = String::new();
    for (index, message) in messages[1..5].iter().enumerate() {
        assert!(message.len() <= LONGEST_ARGUMENT, "{}", message.len());
        whole.push_str(message.strip_prefix(&format!("[{} of 4] ", index + 1)).unwrap());
    }
    assert!(whole == long, "{} of {} bytes", whole.len(), long.len());
}

#[test]
fn lines_that_together_are_too_long_for_an_argument_share_as_few_calls_as_they_can() {
    let mut unit = subject();
    let line = "x".repeat(40_000);
    unit.script("install", &vec![format!("log {line}"); 5].join("; "));
    let ran = unit.hook("install").run().succeeds();
    let two = format!("{line}\n{line}");
    assert!(messages(&ran) == [two.as_str(), &two, &line], "{} calls", messages(&ran).len());
}

#[test]
fn several_lines_and_nul_in_one_message() {
    let mut unit = subject();
    unit.script("install", "log one\\n\\n  three\\n; log a\0b");
    let ran = unit.hook("install").run().succeeds();
    assert_eq!(messages(&ran), ["one\n\n  three\n\na␀b"]);

    // What stands for NUL is three times as long.
    unit.script("install", &format!("log {}", "\0".repeat(90_000)));
    let ran = unit.hook("install").run().succeeds();
    let messages = messages(&ran);
    assert_eq!(messages.len(), 3);
    assert_eq!(messages.concat().matches('␀').count(), 90_000);
    assert!(messages.iter().all(|message| message.len() <= LONGEST_ARGUMENT));
}

#[test]
fn a_message_may_look_like_an_option() {
    let mut unit = subject();
    unit.script("install", "log --debug; debug no");
    let ran = unit.hook("install").run().succeeds();
    assert_eq!(messages(&ran), ["--debug"]);
}

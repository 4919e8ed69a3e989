//! The small files beside the store.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod state_support;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use charm_runtime::state::{pending, Attempts};
use state_support::CharmDir;

fn with_state() -> CharmDir {
    let charm = CharmDir::new();
    fs::create_dir(charm.state()).unwrap();
    charm
}

#[test]
fn marker_stands_from_raise_to_clear() {
    let charm = with_state();
    assert!(!pending::exists(&charm.state()).unwrap());
    pending::clear(&charm.state()).unwrap();
    for _ in 0..2 {
        pending::raise(&charm.state()).unwrap();
        assert!(pending::exists(&charm.state()).unwrap());
    }
    pending::clear(&charm.state()).unwrap();
    assert!(!pending::exists(&charm.state()).unwrap());
}

#[test]
fn marker_without_state_is_absent() {
    assert!(!pending::exists(&CharmDir::new().state()).unwrap());
}

#[test]
fn marker_left_empty_by_a_kill_stands_and_is_completed() {
    let charm = with_state();
    fs::write(charm.file("pending"), "").unwrap();
    assert!(pending::exists(&charm.state()).unwrap());
    pending::raise(&charm.state()).unwrap();
    assert!(fs::metadata(charm.file("pending")).unwrap().len() > 0);
}

#[test]
fn marker_that_cannot_be_looked_at_is_an_error_and_not_absent() {
    let charm = CharmDir::new();
    fs::write(charm.state(), "not a directory").unwrap();
    assert!(pending::exists(&charm.state()).unwrap_err().is_io());
}

#[test]
fn attempts_are_counted_before_they_are_made() {
    let charm = with_state();
    let mut attempts = Attempts::load(&charm.state()).unwrap();
    assert_eq!(attempts.count(7), 0);
    assert_eq!(attempts.begin(7).unwrap(), 1);
    assert_eq!(attempts.begin(8).unwrap(), 1);
    let mut next_process = Attempts::load(&charm.state()).unwrap();
    assert_eq!(next_process.begin(7).unwrap(), 2);
    assert_eq!((next_process.count(7), next_process.count(8), next_process.count(9)), (2, 1, 0));
}

#[test]
fn success_clears_the_count_and_the_last_one_the_file() {
    let charm = with_state();
    let mut attempts = Attempts::load(&charm.state()).unwrap();
    attempts.begin(7).unwrap();
    attempts.begin(8).unwrap();
    attempts.succeeded(7).unwrap();
    attempts.succeeded(99).unwrap();
    assert_eq!(Attempts::load(&charm.state()).unwrap().count(7), 0);
    assert_eq!(Attempts::load(&charm.state()).unwrap().count(8), 1);
    attempts.succeeded(8).unwrap();
    assert!(!charm.file("attempts").exists());
}

#[test]
fn damaged_attempts_read_as_none_and_count_on() {
    let charm = with_state();
    for rubbish in [&b""[..], b"{\"7\":", b"\xff\xff", b"[1]", b"{\"7\":-1}", b"{\"x\":1}"] {
        fs::write(charm.file("attempts"), rubbish).unwrap();
        let mut attempts = Attempts::load(&charm.state()).unwrap();
        assert_eq!(attempts.count(7), 0);
        assert_eq!(attempts.begin(7).unwrap(), 1);
        assert_eq!(Attempts::load(&charm.state()).unwrap().count(7), 1);
    }
}

#[test]
fn small_files_are_closed_to_others() {
    let charm = with_state();
    pending::raise(&charm.state()).unwrap();
    Attempts::load(&charm.state()).unwrap().begin(7).unwrap();
    for name in ["pending", "attempts"] {
        let mode = fs::metadata(charm.file(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

//! Actions: what the operator who ran one is told, and what is kept of one that fails.

use super::unit::{Ran, Unit, subject};

/// The arguments of the calls that tell the operator something.
fn told(ran: &Ran) -> Vec<String> {
    let calls =
        ran.calls.iter().filter(|call| ["action-set", "action-fail"].contains(&call.argv[0].as_str()));
    calls.map(|call| call.argv.join(" ")).collect()
}

fn restore(unit: &Unit) -> Ran {
    unit.action("restore").run()
}

fn related() -> Unit {
    let mut unit = subject();
    unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
    unit
}

#[test]
fn an_action_gets_its_parameters_and_sets_its_results() {
    let mut unit = subject();
    unit.juju_says("action-get", r#"{"size":3}"#);
    let ran = unit.action("backup").run().succeeds();
    assert_eq!(ran.calls_of("action-get"), ["--format=json"]);
    assert_eq!(told(&ran), ["action-set file-name=backup.tar size=3"]);
}

#[test]
fn an_action_that_does_not_ask_for_parameters_reads_none() {
    let ran = restore(&subject()).succeeds();
    assert!(ran.calls_of("action-get").is_empty());
    assert!(told(&ran).is_empty());
}

#[test]
fn a_parameter_of_another_type_fails_the_action_and_not_the_charm() {
    let mut unit = subject();
    unit.juju_says("action-get", r#"{"size":"many"}"#);
    let ran = unit.action("backup").run().succeeds();
    let problem = "action parameter `size`: expected a whole number of 64 bits, got a text";
    assert_eq!(told(&ran), [format!("action-fail -- {problem}")]);
    assert!(!ran.handled("backup"));
}

#[test]
fn a_failed_action_says_so_exits_0_and_nothing_of_its_handler_is_kept() {
    for (step, message) in [
        ("action-failed no space left", "no space left"),
        ("blocked no space left", "blocked: no space left"),
        ("waiting no space left", "waiting: no space left"),
    ] {
        let mut unit = related();
        unit.script("restore", &format!("count; store a=1; set cluster a=1; {step}"));
        let ran = restore(&unit).succeeds();
        assert_eq!(told(&ran), [format!("action-fail -- {message}")], "{step}");
        assert!(ran.calls_of("relation-set").is_empty(), "{step}");
        assert!(ran.calls_of("status-set").is_empty(), "a halt of an action is no status: {ran:#?}");
        assert_eq!(unit.stored().0, 0, "{step}");
    }
}

#[test]
fn results_that_were_set_before_the_failure_are_reported() {
    let mut unit = subject();
    unit.juju_says("action-get", r#"{"size":3}"#);
    unit.script("backup", "store a=1; action-failed half way");
    let ran = unit.action("backup").run().succeeds();
    assert_eq!(told(&ran), ["action-set size=3", "action-fail -- half way"]);
    assert_eq!(unit.stored().0, 0);
}

#[test]
fn a_failed_action_that_says_so_keeps_what_it_did() {
    let mut unit = related();
    unit.script("restore", "count; set cluster a=1; action-failed-keeping the rest is damaged");
    let ran = restore(&unit).succeeds();
    assert_eq!(told(&ran), ["action-fail -- the rest is damaged"]);
    assert_eq!(ran.calls_of("relation-set").len(), 1);
    assert_eq!(unit.field("count").as_deref(), Some("1"));
}

#[test]
fn any_other_error_or_panic_exits_1_and_is_told_on_standard_error_too() {
    for (step, cause) in [("fail no idea", "no idea"), ("panic no idea", "panicked at ")] {
        let mut unit = related();
        unit.script("restore", &format!("count; set cluster a=1; {step}"));
        let ran = restore(&unit).fails();
        let line = ran.logged("ERROR: restore: handler `restore`: ");
        assert!(line.contains(cause), "{line}");
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        assert!(ran.stderr.starts_with("restore: handler `restore`: ") && ran.stderr.contains(cause));
        assert!(told(&ran).is_empty() && ran.calls_of("relation-set").is_empty(), "{ran:#?}");
        assert_eq!(unit.stored().0, 0);
    }
}

#[test]
fn a_failing_action_that_went_past_the_stage_exits_1() {
    let mut unit = subject();
    unit.script("restore", "send open-port 80; action-failed no");
    let ran = restore(&unit).fails();
    ran.logged("it had sent a command that Juju buffers");
}

#[test]
fn an_action_of_a_charm_with_a_reconciler_leaves_the_status() {
    let mut unit = subject();
    unit.script("status", "active ");
    // The reconciler, which alone knows what is missing, has not run.
    assert!(restore(&unit).succeeds().calls_of("status-set").is_empty());
}

#[test]
fn outside_of_an_action_its_failure_is_an_error_like_any_other() {
    let mut unit = subject();
    unit.script("install", "action-failed no");
    let ran = unit.hook("install").run().fails();
    ran.logged("ERROR: install: handler `install`: behind a context: no");
    assert!(told(&ran).is_empty());
}

//! What goes wrong because the test says so.

use std::time::Duration;

use charm_runtime::{Exit, Status};
use charm_testing::{Faults, Relation, State, on};

use crate::webapp::{Webapp, endpoint};

fn leading() -> State<Webapp> {
    State::<Webapp>::new().leader(true).relation(Relation::<endpoint::Peers>::peers().remote_units([1]))
}

fn changed() -> on::RelationEvent {
    on::relation_changed::<endpoint::Peers>().unit(1)
}

/// Nothing was kept of a failed run but that the unit leads no more; and the retry succeeds as a follower.
fn retries_as_follower(faults: Faults) {
    let state = leading();
    let out = state.run_with(changed(), faults);
    assert_eq!(out.exit, Exit::Failure, "{out}");
    assert_eq!(out.state, state.clone().leader(false));

    let retried = out.state.run(changed()).succeeded();
    assert!(retried.relation::<endpoint::Peers>().local_app.is_empty());
    assert_eq!(retried.stored(|webapp| *webapp.visits.get().unwrap()), 0);
}

#[test]
fn leadership_lost_between_asking_and_sending_is_a_failure_that_changes_nothing() {
    retries_as_follower(Faults::new().lose_leadership_before("relation-set"));
}

#[test]
fn leadership_that_was_asked_for_long_ago_is_asked_for_again() {
    // is-leader, relation-get, relation-get, and by then 20 s are over.
    let slow = Faults::new().calls_take(Duration::from_secs(8));
    let out = leading().run_with(changed(), slow.clone()).succeeded();
    assert_eq!(out.calls_of("is-leader").count(), 2, "{out}");

    let at = out.calls.iter().rposition(|call| call.name() == "is-leader").unwrap();
    let lost = leading().run_with(changed(), slow.clone().lose_leadership_at_call(at));
    assert!(lost.failed().to_string().contains("leadership was lost"), "{lost}");
    assert!(lost.calls_of("relation-set").next().is_none(), "nothing is sent");
    retries_as_follower(slow.lose_leadership_at_call(at));
}

#[test]
fn leadership_lost_at_any_call_never_leaves_half() {
    let calls = leading().run(changed()).succeeded().calls.len();
    for n in 0..calls {
        let out = leading().run_with(changed(), Faults::new().lose_leadership_at_call(n));
        let told = out.relation::<endpoint::Peers>().local_app.contains_key("told");
        let seen = out.relation::<endpoint::Peers>().local_unit.contains_key("seen");
        assert_eq!(told, seen, "call {n}: {out}");
    }
}

#[test]
fn leadership_lost_before_the_commit_has_juju_refuse_all_of_it() {
    let out = leading().run_with(changed(), Faults::new().lose_leadership_before_commit());
    assert_eq!(out.exit, Exit::Success);
    assert!(out.refused_commit.as_ref().unwrap().contains("not the leader"), "{out}");
    assert!(out.relation::<endpoint::Peers>().local_app.is_empty());
    assert!(out.relation::<endpoint::Peers>().local_unit.is_empty(), "nor what needed no leader");
    // The status was set at once.
    assert_eq!(out.unit_status(), Status::active(""));
}

#[test]
fn a_refused_commit_publishes_nothing() {
    let state = State::<Webapp>::new().relation(Relation::<endpoint::Database>::new("pg"));
    let faults = Faults::new().refuse_commit("the controller is away");
    let out = state.run_with(on::relation_created::<endpoint::Database>(), faults);
    assert_eq!(out.refused_commit.as_deref(), Some("cannot apply changes: the controller is away"));
    assert!(out.relation::<endpoint::Database>().local_unit.is_empty());
    assert!(out.to_string().contains("Juju took nothing"), "{out}");
}

#[test]
fn a_hook_command_is_refused_in_the_words_that_are_given() {
    let faults = Faults::new().refuse("open-port", "ERROR cannot open 8080/tcp");
    let out = State::<Webapp>::new().run_with(on::config_changed(), faults);
    let failure = out.failed();
    assert!(failure.to_string().ends_with("Juju refused `open-port`: cannot open 8080/tcp"), "{failure}");
    let at = failure.location().unwrap();
    let line = include_str!("webapp.rs").lines().nth(at.line() as usize - 1).unwrap();
    assert!(at.file().ends_with("webapp.rs") && line.contains("open-port"), "{at}: {line}");
    let calls: Vec<String> = out.calls.iter().map(ToString::to_string).collect();
    assert!(calls.contains(&"open-port 8080/tcp → 1 ERROR cannot open 8080/tcp".to_owned()), "{calls:?}");
}

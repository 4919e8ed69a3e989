//! Actions: what the operator reads, and what is kept.

use std::collections::BTreeMap;

use charm_runtime::Exit;
use charm_testing::transition::Transition;
use charm_testing::{Faults, State, on};
use serde_json::Value;

use crate::webapp::{Webapp, action};

#[test]
fn an_action_answers_with_results_and_log() {
    let out = State::<Webapp>::new().run(on::action::<action::Rotate>().param("user", "ada")).succeeded();
    let action = out.action();
    assert_eq!(action.failure, None);
    assert_eq!(action.result("password.user"), Some("ada"));
    assert_eq!(action.result("password.kept"), Some("1"), "the default of charmcraft.yaml");
    assert_eq!(action.results.len(), 2);
    assert_eq!(action.log, ["rotating ada"]);
    assert_eq!(out.stored(|webapp| webapp.sessions.entries().unwrap()), [("ada".to_owned(), 1)]);

    let event = on::action::<action::Rotate>().param("user", "ada").param("keep", 3);
    assert_eq!(out.state.run(event).succeeded().action().result("password.kept"), Some("3"));
}

#[test]
fn parameters_are_given_one_by_one_or_together() {
    let both = BTreeMap::from([("user", Value::from("ada")), ("keep", Value::from(3))]);
    let together = State::<Webapp>::new().run(on::action::<action::Rotate>().params(both)).succeeded();
    let event = on::action::<action::Rotate>().param("user", "ada").param("keep", 3);
    assert_eq!(together.action(), State::<Webapp>::new().run(event).action());
}

#[test]
#[should_panic(expected = "the parameters are no struct and no map")]
fn parameters_without_names_end_the_test() {
    let _ = on::action::<action::Rotate>().params(["ada"]);
}

fn break_down(how: &str) -> Transition<Webapp> {
    State::<Webapp>::new().run(on::action::<action::BreakDown>().param("how", how))
}

#[test]
fn an_action_that_fails_keeps_its_results_alone() {
    for (how, message) in [("failed", "not today"), ("halt", "blocked: ask again")] {
        let out = break_down(how).succeeded();
        assert_eq!(out.action().failure.as_deref(), Some(message));
        assert_eq!(out.action().result("done"), Some("half"));
        assert_eq!(out.stored(|webapp| *webapp.visits.get().unwrap()), 0);
    }
}

#[test]
fn an_action_with_a_bug_exits_with_1() {
    let out = break_down("bug");
    assert_eq!(out.exit, Exit::Failure);
    assert_eq!(out.failed().handler(), Some("break_down"));
    assert_eq!(out.action().failure.as_deref(), Some("exit status 1"));
}

#[test]
fn a_refused_commit_fails_the_action() {
    let event = on::action::<action::Rotate>().param("user", "ada");
    let out = State::<Webapp>::new().run_with(event, Faults::new().refuse_commit("the controller is away"));
    assert_eq!(out.exit, Exit::Success);
    assert_eq!(out.refused_commit.as_deref(), Some("committing requested changes failed"));
    assert!(out.action().failure.is_some());
}

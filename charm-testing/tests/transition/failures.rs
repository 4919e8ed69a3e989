//! Charms that fail.

use charm_runtime::{Exit, Status};
use charm_testing::{Relation, State, on};

use crate::webapp::{Webapp, endpoint};

#[test]
fn a_failed_handler_keeps_nothing_but_what_is_immediate() {
    let state = State::<Webapp>::new().config("ratio", 2.0).stored(|webapp| webapp.visits.set(1));
    let out = state.run(on::config_changed());
    assert_eq!(out.exit, Exit::Failure);
    let failure = out.failed();
    assert_eq!((failure.event(), failure.handler()), ("config-changed", Some("configure")));
    assert!(!failure.is_panic());
    assert_eq!(failure.to_string(), "config-changed: handler `configure`: the ratio 2 is over 1");
    assert!(out.logged("the ratio 2 is over 1"));

    assert_eq!(out.stored(|webapp| *webapp.visits.get().unwrap()), 1);
    assert_eq!(out.ports(), [], "Juju buffers ports");
    assert_eq!(out.state.workload_version, "1.2", "and takes a version at once");
    // The retry is the same event again.
    let again = out.state.run(on::config_changed());
    assert_eq!(again.failed().to_string(), failure.to_string());
}

#[test]
fn a_panic_is_a_failure_with_its_message() {
    let out = State::<Webapp>::new().run(on::update_status());
    let failure = out.failed();
    assert!(failure.is_panic());
    assert_eq!(failure.handler(), Some("panic"));
    assert!(failure.to_string().ends_with("out of order"), "{failure}");
    assert_eq!(out.stored(|webapp| *webapp.visits.get().unwrap()), 0);
}

#[test]
fn a_status_method_that_fails_is_named() {
    let state = State::<Webapp>::new().config("debug", true).unit_status(Status::active("before"));
    let out = state.run(on::install());
    assert_eq!(out.failed().handler(), Some("status"));
    assert_eq!(out.unit_status(), Status::active("before"));
}

#[test]
#[should_panic(expected = "the ratio 2 is over 1")]
fn success_that_is_none_ends_the_test_with_the_reason() {
    let _ = State::<Webapp>::new().config("ratio", 2.0).run(on::config_changed()).succeeded();
}

#[test]
#[should_panic(expected = "did not: the charm exited with 0")]
fn failure_that_is_none_ends_the_test() {
    State::<Webapp>::new().run(on::install()).failed();
}

#[test]
#[should_panic(expected = "the endpoint `ingress` has 2 relations, not one")]
fn one_relation_of_two_ends_the_test() {
    let ingress = |remote: &str| Relation::<endpoint::Ingress>::new(remote);
    let out = State::<Webapp>::new().relation(ingress("a")).relation(ingress("b")).run(on::install());
    out.relation::<endpoint::Ingress>();
}

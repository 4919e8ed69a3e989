//! What the charm makes of each event.

use charm_runtime::Status;
use charm_testing::{State, on};
use hello::{Hello, action};

#[test]
fn a_unit_comes_up() {
    let out = State::<Hello>::new().run(on::install()).succeeded();
    assert!(out.logged("installing hello/0"));
    let out = out.state.run(on::config_changed()).succeeded();
    assert_eq!(out.state.workload_version, env!("CARGO_PKG_VERSION"));
    let out = out.state.run(on::start()).succeeded();
    assert_eq!(out.unit_status(), Status::active(""));
}

#[test]
fn a_leader_that_is_elected_early_speaks_once_it_runs() {
    let out = State::<Hello>::new().leader(true).run(on::leader_elected()).succeeded();
    assert_eq!(out.deferred()[0].reason, "the unit is not started yet");

    let out = out.state.run(on::start()).succeeded();
    assert_eq!(out.deferred().len(), 1, "it has been asked before it started");
    let out = out.state.run(on::update_status()).succeeded();
    assert!(out.logged("hello/0 speaks for the application"));
    assert_eq!(out.deferred(), []);
}

#[test]
fn without_a_greeting_it_is_blocked() {
    let out = State::<Hello>::new().config("greeting", " ").run(on::config_changed()).succeeded();
    assert_eq!(out.unit_status(), Status::blocked("set the option greeting"));
}

#[test]
fn it_greets_and_counts() {
    let greet = |name: &str| on::action::<action::Greet>().param("name", name);
    let out = State::<Hello>::new().config("greeting", "Salut").run(greet("Ada")).succeeded();
    assert_eq!(out.action().result("greeting"), Some("Salut, Ada!"));
    assert_eq!(out.action().result("count"), Some("1"));
    let out = out.state.run(greet("Grace")).succeeded();
    assert_eq!(out.action().result("count"), Some("2"));
}

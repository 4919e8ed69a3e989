//! What the charm makes of each state.

use charm_runtime::Status;
use charm_testing::{Faults, Relation, Secret, State, on};
use example_webapp::{Offer, Request, Webapp, action, endpoint};

/// A unit that has everything.
fn complete(account: &Secret) -> State<Webapp> {
    let offer =
        Offer { endpoint: "10.0.0.7:5432".to_owned(), account: account.uri().parse().expect("a URI") };
    State::new()
        .leader(true)
        .config("external-hostname", "webapp.example")
        .secret(account.clone())
        .relation(Relation::<endpoint::Database>::new("database").remote_app(&offer))
}

fn account() -> Secret {
    Secret::granted_by("database", [("user", "webapp"), ("password", "hunter2")])
}

#[test]
fn it_serves_once_everything_is_there() {
    let out = complete(&account()).run(on::config_changed()).succeeded();
    assert_eq!(out.unit_status(), Status::active(""));
    assert!(out.logged("serving webapp.example:8080 from the database at 10.0.0.7:5432 as webapp"), "{out}");
    assert_eq!(out.state.ports.iter().count(), 1);
    // Nothing differs the second time: nothing is written.
    let again = out.state.run(on::update_status()).succeeded();
    assert_eq!(again.calls.iter().filter(|call| call.command.is_buffered()).count(), 0, "{again}");
}

#[test]
fn what_is_missing_shows_and_what_was_done_before_stays() {
    let alone = State::<Webapp>::new().leader(true).run(on::config_changed()).succeeded();
    assert_eq!(alone.unit_status(), Status::blocked("relate a database"));

    let state = alone.state.relation(Relation::<endpoint::Database>::new("database"));
    let nameless = state.run(on::relation_created::<endpoint::Database>()).succeeded();
    assert_eq!(nameless.unit_status(), Status::blocked("set external-hostname"));
    let request = Request { database: "webapp".to_owned() };
    assert_eq!(nameless.relation::<endpoint::Database>().local_app(), Some(request));

    let named = nameless.state.config("external-hostname", "webapp.example");
    let unanswered = named.run(on::config_changed()).succeeded();
    assert_eq!(unanswered.unit_status(), Status::waiting("the database's answer"));
}

#[test]
fn an_account_that_is_not_granted_yet_is_waited_for() {
    let account = account().not_granted();
    let out = complete(&account).run(on::config_changed()).succeeded();
    assert!(out.unit_status().message.ends_with("is not granted yet"), "{out}");
}

#[test]
fn an_option_that_cannot_be_a_port_blocks() {
    let out = complete(&account()).config("port", 80_000).run(on::config_changed()).succeeded();
    assert!(out.unit_status().message.starts_with("option port: "), "{out}");
}

#[test]
fn a_leader_that_is_one_no_more_writes_nothing_and_comes_again_as_a_follower() {
    let state = State::<Webapp>::new().leader(true).relation(Relation::<endpoint::Database>::new("database"));
    let lost = state.run_with(on::config_changed(), Faults::new().lose_leadership_before("relation-set"));
    lost.failed();
    assert_eq!(lost.relation::<endpoint::Database>().local_app(), None);
    lost.state.run(on::config_changed()).succeeded();
}

#[test]
fn only_the_leader_rotates() {
    let rotate = || on::action::<action::Rotate>().param("reason", "a test");
    let ready = complete(&account()).run(on::config_changed()).succeeded().state;
    let out = ready.run(rotate()).succeeded();
    assert_eq!(out.action().result("times"), Some("1"));
    assert_eq!(out.secret("session-key").latest(), 2);
    let out = ready.leader(false).run(rotate());
    assert!(
        out.action().failure.as_deref().is_some_and(|message| message.contains("run it on the leader")),
        "{out}"
    );
}

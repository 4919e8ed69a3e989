//! Deferred events from run to run.

use charm_runtime::Status;
use charm_testing::model::StatusKind;
use charm_testing::{Relation, State, on};

use crate::webapp::{Webapp, endpoint};

#[test]
fn what_is_deferred_waits_in_the_state_and_is_settled_by_a_later_event() {
    let out = State::<Webapp>::new().run(on::start()).succeeded();
    let waiting = out.deferred();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].event.as_str(), waiting[0].handler.as_str()), ("start", "start"));
    assert_eq!((waiting[0].reason.as_str(), waiting[0].attempts), ("no database yet", 0));

    let still = out.state.run(on::config_changed()).succeeded();
    assert_eq!(still.deferred(), waiting);

    let state = still.state.relation(Relation::<endpoint::Database>::new("pg"));
    let settled = state.run(on::install()).succeeded();
    assert_eq!(settled.deferred(), []);
    assert_eq!(settled.stored(|webapp| *webapp.visits.get().unwrap()), 100);
}

#[test]
fn a_state_can_begin_with_what_was_deferred() {
    let state = State::<Webapp>::new()
        .relation(
            Relation::<endpoint::Database>::new("pg")
                .id(3)
                .remote_app([("host", "\"db\"")])
                .remote_units([1]),
        )
        .deferred(on::relation_changed::<endpoint::Database>().unit(1), "database")
        .deferred(on::start(), "start");
    let out = state.run(on::install()).succeeded();
    assert!(out.log[0].message.starts_with(r#"Some("pg/1") of"#), "{out}");
    assert_eq!(out.deferred(), []);
    assert_eq!(out.stored(|webapp| *webapp.visits.get().unwrap()), 100);
}

#[test]
fn what_is_deferred_about_a_relation_that_is_gone_is_dropped() {
    let mut state = State::<Webapp>::new()
        .relation(Relation::<endpoint::Database>::new("pg").id(3))
        .deferred(on::relation_changed::<endpoint::Database>(), "database");
    state.relations.remove(&3);
    let out = state.run(on::install()).succeeded();
    assert_eq!(out.deferred(), []);
    assert!(out.logged("relation database:3 is gone"), "{out}");
}

#[test]
fn a_handler_that_keeps_failing_ends_as_a_dead_letter() {
    // Deferred config-changed events fail as long as the ratio is over 1.
    let mut state = State::<Webapp>::new().config("ratio", 2.0).deferred(on::config_changed(), "configure");
    for attempt in 1..6 {
        let out = state.run(on::install());
        assert_eq!((out.deferred().len(), out.dead_letters().len()), (1, 0), "{out}");
        assert_eq!(out.deferred()[0].attempts, attempt);
        state = out.state;
    }
    let out = state.run(on::install());
    // The handler calls a command that Juju buffers, which only a failed dispatch takes back.
    assert!(out.failed().to_string().contains("Juju buffers"), "{out}");
    let out = out.state.run(on::install()).succeeded();
    assert_eq!(out.deferred(), []);
    let letters = out.dead_letters();
    assert_eq!(
        (letters[0].event.event.as_str(), letters[0].event.handler.as_str()),
        ("config-changed", "configure")
    );
    assert!(letters[0].cause.contains("6 times"), "{letters:?}");
    assert_eq!(out.unit_status().kind, StatusKind::Blocked);
    // It blocks nothing else.
    let out = out.state.config("ratio", 0.5).run(on::config_changed()).succeeded();
    assert_eq!(out.state.workload_version, "1.2");
    assert_ne!(out.unit_status(), Status::active(""));
}

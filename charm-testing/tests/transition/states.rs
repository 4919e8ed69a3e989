//! What goes in comes out, changed as the charm changed it.

use charm_runtime::{Exit, Port, Status};
use charm_testing::model::{Level, StatusKind};
use charm_testing::transition::LogLine;
use charm_testing::{Faults, Relation, State, on};

use crate::webapp::{Webapp, endpoint};

#[test]
fn a_run_changes_the_state_that_comes_out_and_not_the_one_that_goes_in() {
    let state = State::<Webapp>::new()
        .leader(true)
        .config("port", 9000)
        .config("hostname", "web.example")
        .stored(|webapp| webapp.visits.set(41));
    let before = state.clone();
    let out = state.run(on::config_changed()).succeeded();
    assert_eq!(state, before);

    assert_eq!(out.exit, Exit::Success);
    assert_eq!(out.unit_status(), Status::active("web.example"));
    assert_eq!(out.unit_status_history, [Status::active("web.example")]);
    assert_eq!(out.state.workload_version, "1.2");
    assert_eq!(out.ports(), [Port::tcp(9000)]);
    assert_eq!(out.stored(|webapp| *webapp.visits.get().unwrap()), 42);
    assert!(out.state.leader);
    assert_eq!(out.state.config, before.config);

    // The next run goes on from there, and finds everything as it wants it.
    let next = out.state.run(on::config_changed()).succeeded();
    assert_eq!(next.stored(|webapp| *webapp.visits.get().unwrap()), 43);
    assert!(next.unit_status_history.is_empty());
}

#[test]
fn one_state_and_one_event_make_one_transition() {
    let state = State::<Webapp>::new()
        .leader(true)
        .relation(
            Relation::<endpoint::Database>::new("pg").remote_app([("host", "\"db\"")]).remote_units([0, 2]),
        )
        .deferred(on::start(), "start");
    let events = [
        on::install(),
        on::config_changed(),
        on::leader_elected(),
        on::update_status(),
        on::relation_changed::<endpoint::Database>().into(),
        on::relation_departed::<endpoint::Database>().unit(2).into(),
        on::stop(),
    ];
    for event in events {
        let first = state.run(event.clone());
        assert_eq!(first, state.run(event.clone()), "{event:?}");
        let faults = Faults::new().refuse("config-get", "permission denied");
        assert_eq!(state.run_with(event.clone(), faults.clone()), state.run_with(event, faults));
    }
}

#[test]
fn many_run_side_by_side() {
    let state = State::<Webapp>::new().config("port", 1234);
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let state = &state;
            scope.spawn(move || {
                let mut state = state.clone().stored(|webapp| webapp.visits.set(thread * 1000));
                for _ in 0..50 {
                    state = state.run(on::config_changed()).succeeded().state;
                }
                let visits = state.memory.read(|webapp: &Webapp| Ok(*webapp.visits.get()?)).unwrap();
                assert_eq!(visits, thread * 1000 + 50);
            });
        }
    });
}

#[test]
fn the_log_has_what_the_charm_logged_as_it_wrote_it() {
    let out = State::<Webapp>::new().name("webapp/3").run(on::install()).succeeded();
    let line = LogLine { level: Level::Info, message: "installing webapp/3".to_owned() };
    assert_eq!(out.log, [line]);
    // In a relation hook Juju writes the relation before each line, which is not the charm's.
    let state = State::<Webapp>::new().relation(Relation::<endpoint::Ingress>::new("traefik").id(7));
    let out = state.run(on::relation_broken::<endpoint::Ingress>()).succeeded();
    assert_eq!(out.log[0].message, "RelationRemoved, and {}");
}

#[test]
fn calls_are_seen_with_what_they_answered() {
    let out = State::<Webapp>::new().config("port", 9000).run(on::config_changed()).succeeded();
    let names: Vec<&str> = out.calls.iter().map(charm_testing::transition::Call::name).collect();
    assert_eq!(names, ["config-get", "application-version-set", "open-port", "status-get", "status-set"]);
    let open = out.calls_of("open-port").next().unwrap();
    assert_eq!(open.arguments(), ["9000/tcp"]);
    assert!(String::from_utf8_lossy(&out.calls[0].output.stdout).contains("\"port\":9000"));
    // Not in what a failed test prints: it may be secret.
    assert!(!format!("{:?}", out.calls).contains("9000\""));
}

#[test]
fn statuses_before_the_event_are_kept_where_nobody_sets_others() {
    let state = State::<Webapp>::new()
        .unit_status(Status::active(""))
        .app_status(Status::waiting("for nobody"))
        .workload_version("0.9");
    let out = state.run(on::install()).succeeded();
    assert_eq!(out.unit_status(), Status::active(""));
    assert_eq!(out.app_status().unwrap(), Status::waiting("for nobody"));
    assert_eq!(out.state.workload_version, "0.9");
    assert!(out.calls_of("status-set").next().is_none(), "{out}");

    let out = state.leader(true).run(on::leader_elected()).succeeded();
    assert_eq!(out.app_status().unwrap(), Status::maintenance("leading"));
    assert_eq!(out.app_status_history.len(), 1);
}

#[test]
fn what_juju_sets_by_itself_is_set() {
    let out = State::<Webapp>::new().unit_status(Status::active("")).run(on::stop()).succeeded();
    assert_eq!(out.unit_status().kind, StatusKind::Maintenance);
    assert!(out.unit_status_history.is_empty());
}

#[test]
fn a_new_state_has_its_peers_and_the_options_defaults() {
    let state = State::<Webapp>::new();
    let peers: Vec<_> = state.relations_at("peers").collect();
    assert_eq!(peers.len(), 1);
    assert_eq!(peers[0].1.remote_app, "webapp");
    assert_eq!(state.unit_status.kind, StatusKind::Unknown);
    let out = state.run(on::config_changed()).succeeded();
    assert_eq!(out.ports(), [Port::tcp(8080)]);
}

#[test]
fn data_can_be_set_where_no_builder_reaches() {
    let mut state = State::<Webapp>::new();
    state.charm_state.insert("kept-by-juju".to_owned(), "yes".to_owned());
    let out = state.run(on::install()).succeeded();
    assert_eq!(out.state.charm_state, state.charm_state);
}

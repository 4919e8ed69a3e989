//! Relations, and what a unit sees of them in each of their events.

use charm_runtime::Status;
use charm_testing::transition::{Bag, Related, Transition};
use charm_testing::{Relation, State, on};

use crate::webapp::{PgProvider, PgRequest, Webapp, endpoint};

fn bag(pairs: &[(&str, &str)]) -> Bag {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn first_line(out: &Transition<Webapp>) -> &str {
    &out.log[0].message
}

#[test]
fn what_the_charm_writes_is_in_the_databags_afterwards() {
    let state = State::<Webapp>::new()
        .leader(true)
        .relation(Relation::<endpoint::Database>::new("pg").local_unit([("old", "1")]).remote_units([0]));
    let out = state.run(on::relation_created::<endpoint::Database>()).succeeded();
    let database = out.relation::<endpoint::Database>();
    assert_eq!(database.remote_app, "pg");
    assert_eq!(database.local_app(), Some(PgRequest { database: "webapp".to_owned() }));
    assert_eq!(database.local_app, bag(&[("database", "\"webapp\"")]), "as Juju has it");
    assert_eq!(database.local_unit, bag(&[("hostname", "web.example"), ("old", "1")]));

    // A follower writes for itself alone.
    let state = State::<Webapp>::new().relation(Relation::<endpoint::Database>::new("pg"));
    let out = state.run(on::relation_created::<endpoint::Database>()).succeeded();
    assert_eq!(out.relation::<endpoint::Database>().local_app(), None);
    assert!(out.logged("not the leader"));
}

#[test]
fn a_change_is_of_the_application_or_of_a_unit() {
    let provider = PgProvider { host: "db".to_owned(), port: Some(5432) };
    let database = Relation::<endpoint::Database>::new("pg").id(4).remote_app(&provider).remote_units([0, 1]);
    let state = State::<Webapp>::new().relation(database);
    let of_app = state.run(on::relation_changed::<endpoint::Database>()).succeeded();
    assert_eq!(first_line(&of_app), r#"None of ["pg/0", "pg/1"]: {"host": "\"db\"", "port": "5432"}"#);
    let of_unit = state.run(on::relation_changed::<endpoint::Database>().unit(1)).succeeded();
    assert_eq!(
        first_line(&of_unit),
        r#"Some("pg/1") of ["pg/0", "pg/1"]: {"host": "\"db\"", "port": "5432"}"#
    );
    assert_eq!(of_unit.stored(|webapp| webapp.sessions.entries().unwrap()), [("db".to_owned(), 1)]);
    assert_eq!(of_unit.relation::<endpoint::Database>().id(), 4);
}

#[test]
fn a_unit_that_joins_is_a_member() {
    let ingress =
        Relation::<endpoint::Ingress>::new("traefik").remote_unit(0, [("up", "yes")]).remote_units([3]);
    let state = State::<Webapp>::new().relation(ingress);
    let out = state.run(on::relation_joined::<endpoint::Ingress>().unit(0)).succeeded();
    assert_eq!(first_line(&out), r#"traefik/0 joined among ["traefik/0", "traefik/3"]: {"up": "yes"}"#);
    assert_eq!(out.state.relations, state.relations);
}

#[test]
fn a_unit_that_departs_is_none_and_can_be_read_for_the_last_time() {
    let ingress =
        Relation::<endpoint::Ingress>::new("traefik").remote_unit(0, [("up", "no")]).remote_units([3]);
    let state = State::<Webapp>::new().relation(ingress);
    let out = state.run(on::relation_departed::<endpoint::Ingress>().unit(0)).succeeded();
    let expected = r#"traefik/0 departed from ["traefik/3"]: {"up": "no"}, RemoteUnit goes"#;
    assert_eq!(first_line(&out), expected);
    let left: Vec<u32> = out.relation::<endpoint::Ingress>().remote_units.keys().copied().collect();
    assert_eq!(left, [3]);

    let event = on::relation_departed::<endpoint::Ingress>().unit(0).because_this_unit_goes();
    assert!(first_line(&state.run(event).succeeded()).ends_with("ThisUnit goes"));
}

#[test]
fn a_broken_relation_has_no_units_and_is_gone_afterwards() {
    let ingress = Relation::<endpoint::Ingress>::new("traefik").remote_app([("url", "x")]).remote_units([0]);
    let state = State::<Webapp>::new().relation(ingress);
    let out = state.run(on::relation_broken::<endpoint::Ingress>()).succeeded();
    assert_eq!(first_line(&out), r#"RelationRemoved, and {"url": "x"}"#);
    assert!(out.relations::<endpoint::Ingress>().is_empty());
    assert_eq!(out.relations::<endpoint::Peers>().len(), 1);

    let going = on::relation_broken::<endpoint::Ingress>().because_this_unit_goes();
    assert!(first_line(&state.run(going).succeeded()).starts_with("UnitGoing"));
}

#[test]
fn one_of_several_relations_is_named() {
    let state = State::<Webapp>::new()
        .relation(Relation::<endpoint::Ingress>::new("traefik").remote_units([0]))
        .relation(Relation::<endpoint::Ingress>::new("nginx").id(9).remote_units([5]));
    let out = state.run(on::relation_joined::<endpoint::Ingress>().of(9)).succeeded();
    assert!(first_line(&out).starts_with("nginx/5 joined"));
    let ids: Vec<u32> = out.relations::<endpoint::Ingress>().iter().map(Related::id).collect();
    assert_eq!(ids, [1, 9]);
}

#[test]
fn peers_share_their_application_s_databag() {
    let peers = Relation::<endpoint::Peers>::peers().local_app([("told", "no")]).remote_units([1, 4]);
    let state = State::<Webapp>::new().name("other/0").leader(true).relation(peers);
    let out = state.run(on::relation_changed::<endpoint::Peers>().unit(4)).succeeded();
    assert_eq!(first_line(&out), r#"peers: ["other/1", "other/4"], told {"told": "no"}"#);
    let peers = out.relation::<endpoint::Peers>();
    assert_eq!((&peers.local_app, &peers.local_unit), (&bag(&[("told", "yes")]), &bag(&[("seen", "yes")])));

    // Named before or after, they are peers of the same application.
    let named_last = State::<Webapp>::new().relation(Relation::<endpoint::Peers>::peers()).name("other/0");
    assert_eq!(named_last.relations_at("peers").next().unwrap().1.remote_app, "other");
}

#[test]
fn a_halt_keeps_what_was_done_before_it() {
    let state = State::<Webapp>::new().relation(Relation::<endpoint::Database>::new("pg"));
    let created = state.run(on::relation_created::<endpoint::Database>()).succeeded();
    let out = created.state.run(on::relation_changed::<endpoint::Database>()).succeeded();
    assert_eq!(out.unit_status(), Status::waiting("the database's host"));
    assert_eq!(out.relation::<endpoint::Database>().local_unit["hostname"], "web.example");
}

#[test]
fn another_side_may_have_written_anything() {
    let wrong = Relation::<endpoint::Database>::new("pg").remote_app([("host", "no JSON")]);
    let out = State::<Webapp>::new().relation(wrong).run(on::relation_changed::<endpoint::Database>());
    assert!(out.failed().to_string().contains("`host`"), "{out}");
}

#[test]
#[should_panic(expected = "in database:1 own application: databag key `database`")]
fn an_own_databag_of_another_form_ends_the_test() {
    let wrong = Relation::<endpoint::Database>::new("pg").local_app([("database", "{")]);
    let out = State::<Webapp>::new().relation(wrong).run(on::install());
    out.relation::<endpoint::Database>().local_app();
}

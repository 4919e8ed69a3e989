//! Relations in front of a Juju that answers as it is told.

use super::{BrokenReason, RelationId};
use crate::event::{Event, Payload};
use crate::hook_command::fake::Fake;
use crate::prelude::*;
use crate::RawDatabag;

/// What the leader shares with the other units.
#[derive(Debug, PartialEq, Databag)]
struct Shared {
    primary: String,
}

#[derive(Debug, PartialEq, Databag)]
struct Address {
    #[databag(raw)]
    ingress_address: String,
}

#[charm(
    metadata_str = "{name: a, summary: s, description: d, requires: {db: {interface: pg, limit: 1}}, peers: {cluster: {interface: c}}}",
    endpoint(db, remote_unit = Address),
    endpoint(cluster, local = Shared)
)]
#[derive(Default)]
struct Subject;

const GOALS: &str = "goal-state --format=json";

fn id(id: &str) -> RelationId {
    RelationId::parse(id).unwrap()
}

fn payload(unit: Option<&str>, departing: Option<&str>) -> Payload {
    Payload::Relation {
        id: id("db:7"),
        app: Some("pg".to_owned()),
        unit: unit.map(str::to_owned),
        departing: departing.map(str::to_owned),
    }
}

/// The variables of `db`'s relation-broken.
const BROKEN: [(&str, &str); 3] = [
    ("JUJU_DISPATCH_PATH", "hooks/db-relation-broken"),
    ("JUJU_RELATION_ID", "db:7"),
    ("JUJU_REMOTE_APP", "pg"),
];

#[test]
fn relations_are_in_the_order_of_their_numbers_and_found_by_id() {
    let fake = Fake::default().says("relation-ids --format=json db", r#"["db:10","db:9"]"#);
    let juju = fake.juju(&[]);
    let relations = juju.relations::<endpoint::Db>().unwrap();
    let ids: Vec<String> = relations.iter().map(|relation| relation.id().to_string()).collect();
    assert_eq!(ids, ["db:9", "db:10"]);
    let ninth = relations.iter().next().unwrap().id().clone();
    assert_eq!(relations.get(&ninth).unwrap().id().number(), 9);
    assert!(juju.relation::<endpoint::Db>().unwrap_err().to_string().contains("several relations"));
    assert_eq!(fake.calls(), ["relation-ids --format=json db"]);
}

#[test]
fn a_relation_that_breaks_is_none_of_the_relations_in_either_juju() {
    // Juju 4 may list it, Juju 3 doesn't.
    for ids in [r#"["db:7","db:8"]"#, r#"["db:8"]"#] {
        let fake = Fake::default().says("relation-ids --format=json db", ids);
        let juju = fake.juju(&BROKEN);
        let one = juju.relation::<endpoint::Db>().unwrap().unwrap();
        assert_eq!(one.id().number(), 8, "{ids}");
        let broken = juju.broken_relation::<endpoint::Db>().unwrap();
        assert_eq!(broken.id().number(), 7);
        assert!(juju.broken_relation::<endpoint::Cluster>().is_none());
    }
    // Of another event, or an action, it is one like any other.
    let fake = Fake::default().says("relation-ids --format=json db", r#"["db:7"]"#);
    for path in ["hooks/db-relation-departed", "actions/db-relation-broken"] {
        let juju = fake.juju(&[("JUJU_DISPATCH_PATH", path), BROKEN[1]]);
        assert_eq!(juju.relations::<endpoint::Db>().unwrap().len(), 1, "{path}");
        assert!(juju.broken_relation::<endpoint::Db>().is_none(), "{path}");
    }
}

#[test]
fn why_it_broke_is_in_the_goal_state() {
    let goals = |status: &str| format!(r#"{{"units":{{"a/0":{{"status":"{status}"}}}},"relations":{{}}}}"#);
    let cases = [
        (Fake::default().says(GOALS, &goals("dying")), BrokenReason::UnitGoing),
        (Fake::default().says(GOALS, &goals("active")), BrokenReason::RelationRemoved),
        (Fake::default().says(GOALS, r#"{"units":{},"relations":{}}"#), BrokenReason::Unknown),
        (Fake::default().says(GOALS, "null"), BrokenReason::Unknown),
        (Fake::default().refuses(GOALS, "connection is shut down"), BrokenReason::Unknown),
        (Fake::default().says(GOALS, "rubbish"), BrokenReason::Unknown),
    ];
    for (fake, reason) in cases {
        let juju = fake.juju(&BROKEN);
        let event = RelationBroken::<endpoint::Db>::from_payload(&juju, &payload(None, None)).unwrap();
        assert_eq!(event.reason(), reason);
    }
}

#[test]
fn what_is_last_known_of_a_broken_relation_is_read() {
    let fake = Fake::default()
        .says("is-leader --format=json", "true")
        .says("relation-get -r db:7 --format=json --app - pg", r#"{"a":"1"}"#)
        .says("relation-get -r db:7 --format=json --app - a", r#"{"b":"2"}"#)
        .says("relation-get -r db:7 --format=json - a/0", r#"{"c":"3"}"#);
    let juju = fake.juju(&BROKEN);
    let leader = juju.leader().unwrap().unwrap();
    let event = RelationBroken::<endpoint::Db>::from_payload(&juju, &payload(None, None)).unwrap();
    let relation = event.relation;
    assert_eq!(relation.remote_app().get("a").unwrap().as_deref(), Some("1"));
    assert_eq!(relation.local_app(&leader).get("b").unwrap().as_deref(), Some("2"));
    assert_eq!(relation.local_unit().get("c").unwrap().as_deref(), Some("3"));
    assert_eq!(relation.remote_app_name().unwrap().as_deref(), Some("pg"));
}

/// As of a relation with another model that is gone already: Juju refuses the leader its own application's databag.
#[test]
fn what_juju_has_dropped_of_a_broken_relation_is_absent() {
    for words in ["permission denied", "permission denied (unauthorized access)", "relation not found"] {
        let fake = Fake::default()
            .says("is-leader --format=json", "true")
            .refuses("relation-get -r db:7 --format=json --app - a", words)
            .refuses("relation-get -r db:7 --format=json - a/0", words);
        let juju = fake.juju(&BROKEN);
        let leader = juju.leader().unwrap().unwrap();
        let event = RelationBroken::<endpoint::Db>::from_payload(&juju, &payload(None, None)).unwrap();
        assert!(event.relation.local_app(&leader).entries().unwrap().is_empty(), "{words}");
        assert!(event.relation.local_unit().entries().unwrap().is_empty(), "{words}");
    }
}

#[test]
fn who_departs_is_the_remote_unit_or_this_one_and_its_databag_is_there() {
    let fake = Fake::default()
        .says("relation-get -r db:7 --format=json - pg/3", r#"{"ingress-address":"10.0.0.3"}"#)
        .says("relation-list -r db:7 --format=json", "[]");
    let juju = fake.juju(&[]);
    for (departing, expected) in [
        (Some("pg/3"), Departing::RemoteUnit),
        (Some("a/0"), Departing::ThisUnit),
        (None, Departing::Unknown),
    ] {
        let payload = payload(Some("pg/3"), departing);
        let event = RelationDeparted::<endpoint::Db>::from_payload(&juju, &payload).unwrap();
        assert_eq!((event.departing, event.unit.name()), (expected, "pg/3"));
        let address = event.unit.databag().load().unwrap();
        assert_eq!(address, Some(Address { ingress_address: "10.0.0.3".to_owned() }));
        assert!(event.relation.units().unwrap().is_empty());
    }
    let unnamed = RelationDeparted::<endpoint::Db>::from_payload(&juju, &payload(None, None)).unwrap_err();
    assert!(unnamed.to_string().contains("names no remote unit"), "{unnamed}");
}

#[test]
fn an_application_that_juju_does_not_name_has_written_nothing_yet() {
    for said in ["null", r#""""#] {
        let fake = Fake::default().says("relation-list -r db:7 --app --format=json", said);
        let juju = fake.juju(&[]);
        let relation = Relation::<endpoint::Db>::new(&juju, id("db:7"), None);
        assert_eq!(relation.remote_app_name().unwrap(), None);
        assert_eq!(relation.remote_app().load().unwrap(), Some(RawDatabag::default()));
        assert_eq!(relation.remote_app().get("a").unwrap(), None);
        assert_eq!(fake.calls(), ["relation-list -r db:7 --app --format=json"]);
    }
}

#[test]
fn data_of_what_is_gone_is_absent_in_either_jujus_words() {
    for words in ["permission denied", "relation not found", "relation 7 not found", "settings not found"] {
        let fake = Fake::default()
            .refuses("relation-get -r db:7 --format=json --app - pg", words)
            .refuses("relation-get -r db:7 --format=json - pg/0", words);
        let juju = fake.juju(&[]);
        let relation = Relation::<endpoint::Db>::new(&juju, id("db:7"), Some("pg".to_owned()));
        assert_eq!(relation.remote_app().load().unwrap(), Some(RawDatabag::default()), "{words}");
        assert_eq!(relation.remote_unit("pg/0").load().unwrap(), None, "{words}");
    }
}

#[test]
fn every_unit_reads_what_the_leader_of_its_peers_shares() {
    let own = "relation-get -r cluster:0 --format=json --app - a";
    let fake = Fake::default().says(own, r#"{"primary":"\"a/1\""}"#);
    let juju = fake.juju(&[]);
    let relation = Relation::<endpoint::Cluster>::new(&juju, id("cluster:0"), None);
    let shared = Some(Shared { primary: "a/1".to_owned() });
    assert_eq!(relation.app().load().unwrap(), shared);
    assert_eq!(relation.remote_app().load().unwrap(), shared);
    assert_eq!(relation.remote_app_name().unwrap().as_deref(), Some("a"));
    assert_eq!(fake.calls(), [own]);
}

#[test]
fn the_remote_model_is_asked_for_once_and_unknown_of_a_relation_that_is_gone() {
    let command = "relation-model-get -r db:7 --format=json";
    let fake = Fake::default().says(command, r#"{"uuid":"0b2f"}"#);
    let juju = fake.juju(&[]);
    let relation = Relation::<endpoint::Db>::new(&juju, id("db:7"), None);
    for _ in 0..2 {
        assert_eq!(relation.remote_model_uuid().unwrap().as_deref(), Some("0b2f"));
    }
    assert_eq!(fake.calls(), [command]);
    let fake = Fake::default().refuses(command, r#"invalid value "db:7" for option -r: relation not found"#);
    let juju = fake.juju(&[]);
    let relation = Relation::<endpoint::Db>::new(&juju, id("db:7"), None);
    assert_eq!(relation.remote_model_uuid().unwrap(), None);
}

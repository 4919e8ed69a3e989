//! Databags in front of a Juju that answers as it is told.

use crate::hook_command::fake::Fake;
use crate::prelude::*;
use crate::relation::RelationId;
use crate::{Entries, EntryError, RawDatabag};

/// What the database tells.
#[derive(Debug, PartialEq, Databag)]
struct Database {
    endpoints: Vec<String>,
    #[databag(raw)]
    port: u16,
    tls_ca: Option<String>,
    #[databag(default)]
    read_only: bool,
}

/// What is asked of it.
#[derive(Debug, Clone, Default, PartialEq, Databag)]
#[databag(rename_all = "snake_case")]
struct Request {
    #[databag(raw)]
    database: String,
    #[databag(rename = "extra-user-roles")]
    roles: Vec<String>,
    external_node: Option<bool>,
    #[databag(raw)]
    note: Option<String>,
}

/// What each unit tells.
#[derive(Debug, Default, PartialEq, Databag)]
struct Member {
    ready: bool,
}

#[charm(
    metadata_str = "{name: a, summary: s, description: d, requires: {db: {interface: pg}, raw: {interface: x}}, peers: {cluster: {interface: c}}}",
    endpoint(db, remote = Database, local = Request),
    endpoint("cluster", local = Member, local_unit = Member)
)]
#[derive(Default)]
struct Subject;

const UNIT: &str = "relation-get -r db:7 --format=json - a/0";
const APP: &str = "relation-get -r db:7 --format=json --app - a";
const REMOTE: &str = "relation-get -r db:7 --format=json --app - pg";

fn db(juju: &Juju) -> Relation<endpoint::Db> {
    Relation::new(juju, RelationId::parse("db:7").unwrap(), Some("pg".to_owned()))
}

fn leading() -> Fake {
    Fake::default().says("is-leader --format=json", "true")
}

fn request() -> Request {
    Request {
        database: "webapp".to_owned(),
        roles: vec!["admin".to_owned()],
        external_node: None,
        note: None,
    }
}

#[test]
fn only_what_differs_goes_out_and_in_one_call_for_each_databag() {
    let fake = leading()
        .says(APP, r#"{"database":"webapp","extra-user-roles":"[]","external_node":"true","others":"1"}"#)
        .says(UNIT, r#"{"old":"1","ingress-address":"10.0.0.1"}"#);
    let juju = fake.juju(&[]);
    let leader = juju.leader().unwrap().unwrap();
    let (relation, again) = (db(&juju), db(&juju));
    relation.local_app(&leader).set(&request()).unwrap();
    again.local_app(&leader).insert("more", "1").unwrap();
    relation.local_unit().remove("old").unwrap();
    relation.local_unit().insert("new", "1").unwrap();
    relation.local_unit().insert("ingress-address", "10.0.0.1").unwrap();
    fake.calls();
    juju.send_staged().unwrap();
    let expected = [
        r#"relation-set -r db:7 --file - < {"new":"1","old":""}"#,
        r#"relation-set -r db:7 --app --file - < {"external_node":"","extra-user-roles":"[\"admin\"]","more":"1"}"#,
    ];
    assert_eq!(fake.calls(), expected);
}

#[test]
fn what_is_staged_is_read_back_and_setting_what_was_there_takes_it_off_again() {
    let fake = leading().says(APP, r#"{"database":"old","extra-user-roles":"[]"}"#);
    let juju = fake.juju(&[]);
    let leader = juju.leader().unwrap().unwrap();
    let relation = db(&juju);
    let bag = relation.local_app(&leader);
    let before = bag.load().unwrap().unwrap();
    bag.set(&request()).unwrap();
    assert_eq!(bag.load().unwrap(), Some(request()));
    let roles = bag.update(|request| std::mem::take(&mut request.roles)).unwrap();
    assert_eq!((roles, bag.load().unwrap().unwrap().roles), (vec!["admin".to_owned()], vec![]));
    bag.set(&before).unwrap();
    fake.calls();
    juju.send_staged().unwrap();
    assert_eq!(fake.calls(), [""; 0]);
}

#[test]
fn an_update_of_what_is_not_there_begins_with_the_default() {
    let fake = leading().says("relation-get -r cluster:0 --format=json - a/0", "{}");
    let juju = fake.juju(&[]);
    let relation: Relation<endpoint::Cluster> =
        Relation::new(&juju, RelationId::parse("cluster:0").unwrap(), None);
    assert_eq!(relation.local_unit().load().unwrap(), None);
    relation.local_unit().update(|member| member.ready = true).unwrap();
    assert_eq!(relation.local_unit().load().unwrap(), Some(Member { ready: true }));
}

/// As after an upgrade to a revision whose type has one more field.
#[test]
fn an_update_of_what_is_there_in_part_keeps_that_part() {
    let fake = leading().says(APP, r#"{"database":"webapp"}"#);
    let juju = fake.juju(&[]);
    let leader = juju.leader().unwrap().unwrap();
    let relation = db(&juju);
    let bag = relation.local_app(&leader);
    assert_eq!(bag.load().unwrap(), None);
    bag.update(|request| request.roles.push("admin".to_owned())).unwrap();
    assert_eq!(bag.load().unwrap(), Some(request()));
}

#[test]
fn what_an_update_takes_out_of_a_raw_databag_is_deleted() {
    let unit = "relation-get -r raw:1 --format=json - a/0";
    let fake = Fake::default().says(unit, r#"{"old":"1","kept":"2","ingress-address":"10.0.0.1"}"#);
    let juju = fake.juju(&[]);
    let relation: Relation<endpoint::Raw> =
        Relation::new(&juju, RelationId::parse("raw:1").unwrap(), Some("pg".to_owned()));
    relation.local_unit().update(|bag| bag.remove("old")).unwrap();
    fake.calls();
    juju.send_staged().unwrap();
    assert_eq!(fake.calls(), [r#"relation-set -r raw:1 --file - < {"old":""}"#]);
}

#[test]
fn a_key_that_is_missing_is_not_there_yet() {
    for (bag, is_there) in [
        ("{}", false),
        (r#"{"endpoints":"[]"}"#, false),
        (r#"{"endpoints":"null","port":"1"}"#, false),
        (r#"{"endpoints":"[]","port":"1","unknown":"?"}"#, true),
    ] {
        let fake = Fake::default().says(REMOTE, bag);
        let loaded = db(&fake.juju(&[])).remote_app().load().unwrap();
        let expected = Database { endpoints: vec![], port: 1, tls_ca: None, read_only: false };
        assert_eq!(loaded, is_there.then_some(expected), "{bag}");
    }
}

#[test]
fn a_bad_value_is_an_error_that_says_where_and_not_what() {
    for (bag, key) in [
        (r#"{"endpoints":"hunter2","port":"1"}"#, "endpoints"),
        (r#"{"endpoints":"[\"hunter2\"","port":"1"}"#, "endpoints"),
        (r#"{"endpoints":"[]","port":"hunter2"}"#, "port"),
        (r#"{"endpoints":"[]","port":"1","tls-ca":"{\"hunter2\":1}"}"#, "tls-ca"),
    ] {
        let fake = Fake::default().says(REMOTE, bag);
        let error = db(&fake.juju(&[])).remote_app().load().unwrap_err();
        assert!(error.is_databag(), "{error}");
        let start = format!("databag of application pg in relation db:7, key `{key}`: ");
        let said = error.to_string();
        assert!(said.starts_with(&start) && !said.contains("hunter2"), "{said}");
        assert!(!format!("{error:?} {error:#}").contains("hunter2"));
        assert_eq!(error.location().file(), file!());
    }
}

#[test]
fn an_empty_text_is_refused_and_nothing_of_that_write_is_staged() {
    let fake = leading().says(APP, "{}").says(UNIT, "{}");
    let juju = fake.juju(&[]);
    let leader = juju.leader().unwrap().unwrap();
    let relation = db(&juju);
    for request in
        [Request { database: String::new(), ..request() }, Request { note: Some(String::new()), ..request() }]
    {
        let error = relation.local_app(&leader).set(&request).unwrap_err();
        assert!(error.is_databag() && error.to_string().contains("its value is empty"), "{error}");
        assert_eq!((error.location().file(), error.location().line()), (file!(), line!() - 2));
    }
    assert!(relation.local_unit().insert("k", "").unwrap_err().to_string().contains("key `k`"));
    assert!(relation.local_unit().insert("", "v").is_err());
    juju.send_staged().unwrap();
    assert!(!fake.calls().iter().any(|call| call.starts_with("relation-set")));
}

#[test]
fn what_is_more_than_juju_keeps_is_refused_before_the_call() {
    let most = 16 * 1024 * 1024;
    let fake = leading().says(UNIT, r#"{"there":"12345"}"#);
    let juju = fake.juju(&[]);
    let relation = db(&juju);
    let bag = relation.local_unit();
    bag.insert("k", "v".repeat(most - 11)).unwrap();
    let error = bag.insert("k", "v".repeat(most - 10)).unwrap_err();
    assert!(error.is_too_large(), "{error}");
    assert_eq!((error.location().file(), error.location().line()), (file!(), line!() - 2));
    let said = error.to_string();
    assert!(said.starts_with("databag of unit a/0 in relation db:7") && said.len() < 200, "{said}");
    assert!(said.contains("16777217 bytes") && said.contains("16777216"), "{said}");
    assert_eq!(bag.get("k").unwrap().unwrap().len(), most - 11);
}

#[test]
fn what_juju_refuses_when_it_is_sent_names_the_line_that_wrote_it() {
    let fake = leading()
        .says(APP, "{}")
        .refuses("relation-set -r db:7 --app --file -", "cannot write relation settings");
    let juju = fake.juju(&[]);
    let leader = juju.leader().unwrap().unwrap();
    let relation = db(&juju);
    relation.local_app(&leader).set(&request()).unwrap();
    let line = line!() - 1;
    // The same again stages nothing: to a dispatch that looks whether anything was staged since, it is the same.
    let staged = juju.savepoint();
    relation.local_app(&leader).set(&request()).unwrap();
    assert!(juju.savepoint() == staged);
    let error = juju.send_staged().unwrap_err();
    assert!(error.is_not_leader());
    assert_eq!((error.location().file(), error.location().line()), (file!(), line));
}

#[test]
fn no_value_is_shown_by_debug() {
    let raw: RawDatabag = [("password", "hunter2")].into_iter().collect();
    let shown = format!("{raw:?}");
    assert!(shown.contains("password") && !shown.contains("hunter2"), "{shown}");
}

/// Pseudo-random numbers, the same in every run.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: u64) -> u64 {
        // Knuth's multiplier; the upper half has the better bits.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn text(&mut self) -> String {
        let hard = [
            '\0', '\n', '\t', '\u{7f}', '\u{85}', '\u{9f}', '\u{2028}', '\u{feff}', '"', '\\', '/', '=', ' ',
        ];
        let length = self.next(12);
        (0..length)
            .filter_map(|_| match self.next(3) {
                0 => hard.get(usize::try_from(self.next(13)).unwrap()).copied(),
                1 => char::from_u32(u32::try_from(self.next(0x80)).unwrap()),
                _ => char::from_u32(u32::try_from(self.next(0x11_0000)).unwrap()),
            })
            .collect()
    }

    fn texts(&mut self) -> Vec<String> {
        (0..self.next(4)).map(|_| self.text()).collect()
    }
}

#[derive(Debug, PartialEq, Databag)]
struct Everything {
    text: String,
    texts: Vec<String>,
    number: i64,
    real: f64,
    map: std::collections::BTreeMap<String, Option<String>>,
    hashed: std::collections::HashMap<String, u8>,
    nested: Option<(bool, String)>,
    #[databag(raw)]
    raw: Option<String>,
    #[databag(raw, default)]
    defaulted: String,
}

/// Whatever is written reads back the same, and is written the same again.
#[test]
fn what_is_written_reads_back_identical() {
    let mut seeded = Seeded(7);
    for _ in 0..2000 {
        let text = seeded.text();
        let value = Everything {
            texts: seeded.texts(),
            number: i64::try_from(seeded.next(1 << 31)).unwrap() - (1 << 30),
            real: f64::from(u32::try_from(seeded.next(1 << 31)).unwrap()) / 7.0,
            map: seeded.texts().into_iter().map(|key| (key, Some(seeded.text()))).collect(),
            hashed: seeded.texts().into_iter().map(|key| (key, 1)).collect(),
            nested: (seeded.next(2) == 0).then(|| (true, seeded.text())),
            raw: Some(seeded.text()).filter(|text| !text.is_empty()),
            defaulted: seeded.text(),
            text,
        };
        let written = value.to_entries().unwrap();
        let bag = written.iter().filter_map(|(key, value)| Some((key.clone(), value.clone()?))).collect();
        let back = Everything::from_entries(&bag).unwrap();
        assert_eq!(back, value);
        assert_eq!(back.to_entries().unwrap(), written);
    }
}

#[test]
fn a_type_that_is_written_by_hand_is_a_databag_too() {
    #[derive(Debug, PartialEq)]
    struct Address(String, u16);

    impl Databag for Address {
        fn from_entries(entries: &std::collections::BTreeMap<String, String>) -> Result<Self, EntryError> {
            let address = entries.get("address").ok_or_else(|| EntryError::missing("address"))?;
            let wrong = || EntryError::invalid("address", "it is no HOST:PORT");
            let (host, port) = address.split_once(':').ok_or_else(wrong)?;
            Ok(Self(host.to_owned(), port.parse().map_err(|_| wrong())?))
        }

        fn to_entries(&self) -> Result<Entries, EntryError> {
            Ok([("address".to_owned(), Some(format!("{}:{}", self.0, self.1)))].into())
        }
    }
    let bag = [("address".to_owned(), "db:5432".to_owned())].into();
    assert_eq!(Address::from_entries(&bag), Ok(Address("db".to_owned(), 5432)));
}

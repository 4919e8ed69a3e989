//! The exact call of each command, and what its refusals are taken for.

use std::time::{Duration, UNIX_EPOCH};

use charm_runtime::hook_command::{
    secret_add, secret_get, secret_grant, secret_ids, secret_info_get, secret_remove, secret_revoke,
    secret_set, HookCommand, OwnSecret, SecretAdd, SecretGet, SecretRevoke, SecretSet,
};
use charm_runtime::{Error, Expiry, RawSecret, RelationId, RotatePolicy, SecretId, SecretOwner};

use super::agent::{Agent, ID};

fn id() -> SecretId {
    ID.parse().unwrap()
}

fn relation() -> RelationId {
    serde_json::from_str(r#""db:7""#).unwrap()
}

fn content() -> RawSecret {
    RawSecret::from([("user-name", "admin"), ("password", " a=b\n ")])
}

#[test]
fn secret_add_says_all_that_is_known_and_carries_content_apart() {
    let agent = Agent::new();
    assert_eq!(secret_add(&agent, &content(), &SecretAdd::default()).unwrap(), id());
    assert_eq!(agent.calls(), ["secret-add --owner=application {password= a=b\n , user-name=admin}"]);
    let options = SecretAdd {
        owner: SecretOwner::Unit,
        label: Some("admin"),
        description: Some("-- for = whom?"),
        expire: Some(Expiry::At(UNIX_EPOCH + Duration::from_secs(1_767_225_600))),
        rotate: Some(RotatePolicy::Quarterly),
    };
    secret_add(&agent, &RawSecret::from([("password", "x")]), &options).unwrap();
    assert_eq!(
        agent.calls(),
        ["secret-add --owner=unit --label=admin --description=-- for = whom? --rotate=quarterly \
          --expire=2026-01-01T00:00:00Z {password=x}"]
    );
}

#[test]
fn what_juju_would_refuse_is_not_sent() {
    let agent = Agent::new();
    let wrong = [
        RawSecret::new(),
        RawSecret::from([("ab", "x")]),
        RawSecret::from([("password", "")]),
        RawSecret::from([("password", "x".repeat(750_001))]),
    ];
    for content in wrong {
        assert!(secret_add(&agent, &content, &SecretAdd::default()).unwrap_err().is_invalid());
        assert!(secret_set(&agent, &id(), Some(&content), &SecretSet::default()).unwrap_err().is_invalid());
    }
    for text in ["", "a\0b"] {
        let options = SecretSet { description: Some(text), ..SecretSet::default() };
        assert!(secret_set(&agent, &id(), None, &options).unwrap_err().is_invalid());
        assert!(secret_info_get(&agent, OwnSecret::Label(text)).unwrap_err().is_invalid());
        assert!(secret_get(&agent, &SecretGet::labelled(text)).unwrap_err().is_invalid());
    }
    let options = SecretSet { expire: Some(Expiry::In(Duration::ZERO)), ..SecretSet::default() };
    assert!(secret_set(&agent, &id(), None, &options).unwrap_err().is_invalid());
    assert!(agent.calls().is_empty());
}

#[test]
fn secret_set_changes_only_what_is_said() {
    let agent = Agent::new();
    secret_set(&agent, &id(), Some(&content()), &SecretSet::default()).unwrap();
    let options = SecretSet {
        label: Some("other"),
        description: Some("for the admin"),
        expire: Some(Duration::from_secs(3600).into()),
        rotate: Some(RotatePolicy::Never),
    };
    secret_set(&agent, &id(), None, &options).unwrap();
    assert_eq!(
        agent.calls(),
        [
            format!("secret-set {ID} {{password= a=b\n , user-name=admin}}"),
            format!(
                "secret-set {ID} --label=other --description=for the admin --rotate=never --expire=3600s"
            ),
        ]
    );
}

#[test]
fn secret_get_reads_the_tracked_or_the_newest_revision() {
    let agent = Agent::new();
    agent.says("secret-get", r#"{"password":" a=b\n ","user-name":"admin"}"#);
    let id = id();
    for secret in [
        SecretGet::of(&id),
        SecretGet::of(&id).peek(),
        SecretGet::of(&id).giving_label("theirs").refresh(),
        SecretGet::labelled("theirs").peek(),
    ] {
        assert_eq!(secret_get(&agent, &secret).unwrap(), content());
    }
    assert_eq!(
        agent.calls(),
        [
            format!("secret-get --format=json {ID}"),
            format!("secret-get --format=json {ID} --peek"),
            format!("secret-get --format=json {ID} --label=theirs --refresh"),
            "secret-get --format=json --label=theirs --peek".to_owned(),
        ]
    );
}

#[test]
fn secret_info_get_reads_both_jujus_answers() {
    let agent = Agent::new();
    agent.says(
        "secret-info-get",
        r#"{"9m4e2mr0ui3e8a215n4g":{"revision":3,"label":"admin","owner":"application","description":"d",
            "rotation":"monthly","expiry":"2026-01-01T00:00:00Z","rotates":"2025-12-31T19:00:00.5-05:00",
            "access":[{"target":"application-web","scope":"relation-web.db#pg.db","role":"view"}]}}"#,
    );
    let info = secret_info_get(&agent, OwnSecret::Label("admin")).unwrap();
    let new_year = UNIX_EPOCH + Duration::from_secs(1_767_225_600);
    assert_eq!((info.id, info.revision), (id(), 3));
    assert_eq!((info.label.as_deref(), info.description.as_deref()), (Some("admin"), Some("d")));
    assert_eq!((info.owner, info.rotate), (SecretOwner::Application, Some(RotatePolicy::Monthly)));
    assert_eq!(info.expires, Some(new_year));
    assert_eq!(info.rotates, Some(new_year + Duration::from_millis(500)));
    assert_eq!(info.access.len(), 1);

    agent.says(
        "secret-info-get",
        r#"{"9m4e2mr0ui3e8a215n4g":{"revision":1,"label":"","owner":"unit","rotation":"fortnightly"}}"#,
    );
    let info = secret_info_get(&agent, OwnSecret::Id(&id())).unwrap();
    assert_eq!((info.label, info.owner, info.rotate), (None, SecretOwner::Unit, None));
    assert_eq!((info.expires, info.rotates, info.access.len()), (None, None, 0));
    assert_eq!(
        agent.calls(),
        [
            "secret-info-get --format=json --label=admin".to_owned(),
            format!("secret-info-get --format=json {ID}")
        ]
    );
}

#[test]
fn answers_that_are_no_answers_are_errors() {
    let agent = Agent::new();
    for wrong in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"x":{}}"#,
        r#"{"9m4e2mr0ui3e8a215n4g":{"revision":1,"owner":"model"}}"#,
        r#"{"UPPER":{"revision":1,"owner":"unit"}}"#,
        r#"{"9m4e2mr0ui3e8a215n4g":{"revision":1,"owner":"unit","expiry":"soon"}}"#,
    ] {
        agent.says("secret-", wrong);
        let error = secret_info_get(&agent, OwnSecret::Id(&id())).unwrap_err().to_string();
        assert!(error.contains("not what Juju documents"), "{wrong}: {error}");
    }
    for wrong in ["", "null", "[1]", r#"{"password":1}"#, r#"{"password":"hunter2""#] {
        agent.says("secret-", wrong);
        let error = format!("{:#}", secret_get(&agent, &SecretGet::of(&id())).unwrap_err());
        assert!(error.contains("not what Juju documents") && !error.contains("hunter2"), "{wrong}: {error}");
    }
    for wrong in ["", "secret:", "password", "9m4e2mr0ui3e8a215n4g 9m4e2mr0ui3e8a215n4g"] {
        agent.says("secret-", wrong);
        assert!(secret_add(&agent, &content(), &SecretAdd::default()).is_err(), "{wrong}");
    }
    agent.says("secret-", r#"["9m4e2mr0ui3e8a215n4g","x"]"#);
    assert!(secret_ids(&agent).is_err());
}

#[test]
fn secret_ids_are_sorted_and_may_be_none() {
    let agent = Agent::new();
    assert_eq!(secret_ids(&agent).unwrap(), []);
    agent.says("secret-ids", r#"["cq4e2mr0ui3e8a215n4g","9m4e2mr0ui3e8a215n4g"]"#);
    let ids: Vec<String> = secret_ids(&agent).unwrap().iter().map(SecretId::to_string).collect();
    assert_eq!(ids, [ID, "secret:cq4e2mr0ui3e8a215n4g"]);
    assert_eq!(agent.calls(), ["secret-ids --format=json"; 2]);
}

#[test]
fn grants_and_what_takes_them_back() {
    let agent = Agent::new();
    let (id, relation) = (id(), relation());
    secret_grant(&agent, &id, &relation, None).unwrap();
    secret_grant(&agent, &id, &relation, Some("web/0")).unwrap();
    secret_revoke(&agent, &id, SecretRevoke::Relation(&relation)).unwrap();
    secret_revoke(&agent, &id, SecretRevoke::RelationUnit(&relation, "web/0")).unwrap();
    secret_revoke(&agent, &id, SecretRevoke::App("web")).unwrap();
    secret_revoke(&agent, &id, SecretRevoke::Unit("web/0")).unwrap();
    secret_remove(&agent, &id, None).unwrap();
    secret_remove(&agent, &id, Some(3)).unwrap();
    let expected = [
        "secret-grant ID -r db:7",
        "secret-grant ID -r db:7 --unit=web/0",
        "secret-revoke ID -r db:7",
        "secret-revoke ID -r db:7 --unit=web/0",
        "secret-revoke ID --app=web",
        "secret-revoke ID --unit=web/0",
        "secret-remove ID",
        "secret-remove ID --revision=3",
    ];
    assert_eq!(agent.calls(), expected.map(|call| call.replace("ID", ID)));
}

type Call = fn(&Agent) -> Result<(), Error>;
type Predicate = fn(&Error) -> bool;

#[test]
fn refusals_are_told_apart() {
    let add: Call = |agent| secret_add(agent, &content(), &SecretAdd::default()).map(drop);
    let set: Call = |agent| secret_set(agent, &id(), Some(&content()), &SecretSet::default());
    let get: Call = |agent| secret_get(agent, &SecretGet::of(&id())).map(drop);
    let info: Call = |agent| secret_info_get(agent, OwnSecret::Id(&id())).map(drop);
    let grant: Call = |agent| secret_grant(agent, &id(), &relation(), None);
    let revoke: Call = |agent| secret_revoke(agent, &id(), SecretRevoke::Relation(&relation()));
    let remove: Call = |agent| secret_remove(agent, &id(), None);
    let cases: [(Call, &'static str, Predicate); 12] = [
        (add, r#"ERROR secret with label "x" already exists"#, Error::is_already_exists),
        (add, "ERROR this unit is not the leader", Error::is_not_leader),
        (set, "ERROR this unit is not the leader", Error::is_not_leader),
        (get, r#"ERROR secret "9m4e2mr0ui3e8a215n4g" not found"#, Error::is_not_found),
        (get, "ERROR permission denied", Error::is_permission_denied),
        (get, "ERROR permission denied (unauthorized access)", Error::is_permission_denied),
        (info, r#"ERROR secret "9m4e2mr0ui3e8a215n4g" not found"#, Error::is_not_found),
        (grant, r#"ERROR invalid value "db:7" for option -r: relation not found"#, Error::is_relation_gone),
        (
            grant,
            "ERROR any unit level grants need to be revoked before granting access to the corresponding application",
            Error::is_granted_to_units,
        ),
        (revoke, r#"ERROR invalid value "db:7" for option -r: relation not found"#, Error::is_relation_gone),
        (revoke, "ERROR this unit is not the leader", Error::is_not_leader),
        (remove, "ERROR this unit is not the leader", Error::is_not_leader),
    ];
    for (call, stderr, predicate) in cases {
        let agent = Agent::default();
        agent.refuses("secret-", stderr);
        let error = call(&agent).unwrap_err();
        assert!(predicate(&error), "{stderr}: {error:?}");
    }
    // What no predicate is for is said in Juju's words, and without the content.
    for stderr in [
        r#"ERROR secret URI "x" not valid"#,
        r#"ERROR rotate policy "x" not valid"#,
        r#"ERROR expire time or duration "x" not valid"#,
        "ERROR empty secret value not valid",
        "ERROR secret content for key \"password\" too large: admin",
    ] {
        let agent = Agent::default();
        agent.refuses("secret-", stderr);
        let error = format!("{:#} {:?}", add(&agent).unwrap_err(), add(&agent).unwrap_err());
        assert!(error.contains(" not valid") || error.contains("too large"), "{error}");
        assert!(!error.contains("admin"), "{error}");
    }
}

#[test]
fn content_is_shown_nowhere() {
    let command = HookCommand::new("secret-add").arg("--label=x").secret_content(content());
    for shown in [format!("{command}"), format!("{command:?}")] {
        assert!(!shown.contains("admin") && !shown.contains("a=b"), "{shown}");
    }
    assert_eq!(command.arguments(), ["--label=x"]);
    // For ways to Juju without a process.
    assert_eq!(
        command.arguments_with_content(),
        ["--label=x", "password#base64=IGE9Ygog", "user-name#base64=YWRtaW4="]
    );
}

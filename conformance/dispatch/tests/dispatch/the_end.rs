//! The end of a dispatch: what is sent, in which order, and what a refusal leaves behind.

use super::unit::{CHOOSY, Ran, Unit, subject};

/// A unit with a peer relation and two of `db`, its bag of the first one holding `old=1`.
fn related() -> Unit {
    let mut unit = subject();
    unit.juju_says("relation-ids --format=json cluster", r#"["cluster:0"]"#);
    unit.juju_says("relation-ids --format=json db", r#"["db:10","db:9"]"#);
    unit.juju_says("relation-get -r db:9 --format=json - subject/0", r#"{"old":"1","same":"yes"}"#);
    unit
}

fn sent(ran: &Ran) -> Vec<(String, String)> {
    let calls = ran.calls.iter().filter(|call| call.argv[0] == "relation-set");
    calls.map(|call| (call.argv[1..].join(" "), call.stdin.clone())).collect()
}

fn pairs(sent: &[(&str, &str)]) -> Vec<(String, String)> {
    sent.iter().map(|(arguments, stdin)| ((*arguments).to_owned(), (*stdin).to_owned())).collect()
}

#[test]
fn staged_writes_go_before_the_status_one_call_for_each_databag_only_what_differs() {
    let mut unit = related();
    unit.script("update_status", "set db same=yes; set db new=a \"b\" c; set cluster ready=yes");
    unit.script("any", "set db old=; set cluster ready=no");
    unit.script("status", "active ");
    let ran = unit.hook("update-status").run().succeeds();
    let expected = [
        ("-r cluster:0 --file -", r#"{"ready":"no"}"#),
        ("-r db:9 --file -", r#"{"new":"a \"b\" c","old":""}"#),
        ("-r db:10 --file -", r#"{"new":"a \"b\" c","same":"yes"}"#),
    ];
    assert_eq!(sent(&ran), pairs(&expected));
    let commands = ran.commands();
    let writes = commands.iter().position(|name| *name == "relation-set").unwrap();
    assert_eq!(
        commands[writes..],
        ["relation-set", "relation-set", "relation-set", "is-leader", "status-get", "status-set"]
    );
    // Each databag and each endpoint was read once, however often it was written.
    assert_eq!(ran.calls_of("relation-get").len(), 3);
    assert_eq!(ran.calls_of("relation-ids").len(), 2);
}

#[test]
fn what_comes_out_as_juju_has_it_is_not_sent() {
    let mut unit = related();
    unit.script("update_status", "set db same=no; set cluster ready=yes");
    unit.juju_says("relation-ids --format=json db", r#"["db:9"]"#);
    unit.script("any", "set db same=yes; set cluster ready=");
    let ran = unit.hook("update-status").run().succeeds();
    assert!(sent(&ran).is_empty(), "{ran:#?}");
}

#[test]
fn a_handler_sees_what_was_written_before_it() {
    let mut unit = related();
    unit.juju_says("relation-ids --format=json db", r#"["db:9"]"#);
    unit.script("update_status", "see db old; set db old=2; see db old; set db old=");
    unit.script("any", "see db old");
    let ran = unit.hook("update-status").run().succeeds();
    for line in
        ["update_status db old=[Some(\"1\")]", "update_status db old=[Some(\"2\")]", "any db old=[None]"]
    {
        assert!(ran.handled(line), "{line}: {ran:#?}");
    }
}

#[test]
fn a_refused_relation_set_leaves_status_and_state_untouched() {
    let mut unit = related();
    unit.script("update_status", "count");
    unit.hook("update-status").run().succeeds();
    let before = unit.stored();

    unit.script("update_status", "count; store a=1; set cluster ready=yes; defer not yet");
    unit.script("status", "active ");
    unit.juju_refuses("relation-set", "ERROR cannot write relation settings");
    let ran = unit.hook("update-status").run().fails();
    ran.logged(
        "ERROR: update-status: Juju refused `relation-set`: cannot write relation settings: \
         called as `relation-set -r cluster:0 --file -`, exit code 1",
    );
    assert_eq!(ran.commands().last(), Some(&"relation-set"), "{ran:#?}");
    assert!(!ran.handled("status"));
    assert_eq!(unit.stored(), before);
    assert_eq!(unit.queue(), ["nothing is deferred"]);
}

#[test]
fn the_databag_of_the_application_is_written_with_one_question_for_leadership() {
    let mut unit = related();
    unit.juju_says("is-leader", "true");
    unit.script("update_status", "lead; set-app cluster a=1; set cluster b=1");
    unit.script("any", "lead; set-app cluster c=1");
    unit.script("app_status", "");
    let ran = unit.hook("update-status").run().succeeds();
    assert_eq!(ran.calls_of("is-leader"), ["--format=json"]);
    let expected =
        [("-r cluster:0 --file -", r#"{"b":"1"}"#), ("-r cluster:0 --app --file -", r#"{"a":"1","c":"1"}"#)];
    assert_eq!(sent(&ran), pairs(&expected));
    assert!(ran.calls_of("relation-get").contains(&"-r cluster:0 --format=json --app - subject".to_owned()));
}

#[test]
fn a_unit_that_does_not_lead_writes_nothing_for_the_application() {
    let mut unit = related();
    unit.script("update_status", "set-app cluster a=1");
    let ran = unit.hook("update-status").run().fails();
    assert_eq!(ran.commands(), ["is-leader"]);
}

/// Juju said yes to is-leader, and no to the write: another unit leads by then.
#[test]
fn leadership_lost_between_the_question_and_the_write_fails_and_the_retry_as_a_follower_succeeds() {
    let mut unit = related();
    unit.script("update_status", "count");
    unit.hook("update-status").run().succeeds();
    let before = unit.stored();

    unit.script("update_status", "count; set-app-if-leading cluster a=1; defer not yet");
    unit.script("status", "active ");
    unit.juju_says("is-leader", "true");
    unit.juju_refuses("relation-set -r cluster:0 --app", "ERROR cannot write relation settings");
    let ran = unit.hook("update-status").run().fails();
    assert_eq!(ran.commands().last(), Some(&"relation-set"), "{ran:#?}");
    assert!(ran.calls_of("status-set").is_empty(), "{ran:#?}");
    assert_eq!(unit.stored(), before);
    assert_eq!(unit.queue(), ["nothing is deferred"]);

    unit.juju_says("is-leader", "false");
    let ran = unit.hook("update-status").run().succeeds();
    assert!(sent(&ran).is_empty(), "{ran:#?}");
    assert_eq!(ran.calls_of("status-set").len(), 1);
    assert_eq!(unit.field("count").as_deref(), Some("2"));
}

#[test]
fn a_key_too_long_for_the_usual_form_goes_out_in_one_that_juju_reads() {
    let mut unit = related();
    let key = "k".repeat(1025);
    unit.script("update_status", &format!("set cluster {key}=1"));
    let ran = unit.hook("update-status").run().succeeds();
    let expected = format!("? \"{key}\"\n: \"1\"\n");
    assert_eq!(sent(&ran), pairs(&[("-r cluster:0 --file -", &expected)]));
}

#[test]
fn a_key_that_juju_does_not_take_is_an_error_where_it_is_written() {
    let mut unit = related();
    unit.script("update_status", "set cluster =1");
    let ran = unit.hook("update-status").run().fails();
    ran.logged("handler `update_status`: databag of cluster:0: a key is empty");
    assert!(sent(&ran).is_empty(), "{ran:#?}");
}

#[test]
fn any_runs_once_after_all_others_and_knows_why() {
    let mut unit = subject();
    unit.script("start", "defer not yet");
    unit.hook("start").run().succeeds();
    let ran = unit.hook("config-changed").run().succeeds();
    let expected =
        ["start", "greeting=hello", "config_changed", "config_changed_too", "cause=ConfigChanged", "any"];
    assert_eq!(ran.handlers[..6], expected);
    assert_eq!(ran.names().iter().filter(|name| **name == "any").count(), 1);
}

#[test]
fn any_leaves_out_what_is_not_about_the_units_configuration() {
    let unit = subject();
    let secret = |name| {
        unit.hook(name)
            .with("JUJU_SECRET_ID", "secret:abc")
            .with("JUJU_SECRET_REVISION", "1")
            .run()
            .succeeds()
    };
    let without = [
        unit.action("restore").run().succeeds(),
        unit.hook("stop").run().succeeds(),
        unit.hook("remove").run().succeeds(),
        unit.hook("collect-metrics").run().succeeds(),
        unit.hook("meter-status-changed").run().succeeds(),
        unit.hook("pre-series-upgrade").run().succeeds(),
        unit.hook("post-series-upgrade").run().succeeds(),
        secret("secret-rotate"),
        secret("secret-expired"),
        secret("secret-remove"),
    ];
    for ran in without {
        assert!(!ran.handled("any"), "{ran:#?}");
    }
    let with = [
        unit.hook("install").run().succeeds(),
        unit.hook("leader-settings-changed").run().succeeds(),
        unit.relation_hook("db-relation-broken", "db:1", "pg/0").run().succeeds(),
        unit.hook("data-storage-detaching").with("JUJU_STORAGE_ID", "data/0").run().succeeds(),
        secret("secret-changed"),
    ];
    for ran in with {
        assert!(ran.handled("any"), "{ran:#?}");
    }
}

#[test]
fn any_can_choose_its_events() {
    let unit = Unit::of(CHOOSY);
    let cases = [
        (unit.hook("install"), &["any"][..]),
        (unit.hook("stop"), &["any"]),
        (unit.hook("remove"), &[]),
        (unit.hook("update-status"), &["update_status"]),
        (unit.action("backup"), &["backup", "any"]),
        (unit.action("restore"), &["restore"]),
    ];
    for (dispatch, expected) in cases {
        assert_eq!(dispatch.run().succeeds().handlers, expected);
    }
}

#[test]
fn any_runs_after_a_halt_and_not_after_a_failure() {
    let mut unit = subject();
    unit.script("install", "blocked no");
    assert!(unit.hook("install").run().succeeds().handled("any"));
    unit.script("install", "fail no");
    assert!(!unit.hook("install").run().fails().handled("any"));
}

#[test]
fn a_dispatch_that_changes_nothing_commits_nothing() {
    let mut unit = subject();
    unit.script("update_status", "store a=1");
    unit.hook("update-status").run().succeeds();
    let before = unit.stored();
    assert_eq!(before.0, 1, "one commit");
    unit.hook("update-status").run().succeeds();
    assert_eq!(unit.stored(), before);
}

#[test]
fn all_that_a_dispatch_stores_is_one_commit() {
    let mut unit = subject();
    unit.script("config_changed", "store a=1; count; defer not yet");
    unit.script("config_changed_too", "store b=1; count; defer not yet");
    unit.script("any", "count");
    unit.hook("config-changed").run().succeeds();
    assert_eq!(unit.stored().0, 1);
    assert_eq!(unit.field("count").as_deref(), Some("3"));
    assert_eq!(unit.queue().len(), 2);
}

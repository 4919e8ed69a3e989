//! What becomes of a deferred event that can't be handled: counted, given up, shown, and never in anybody's way.

use super::unit::{BARE, LATER, Ran, SUBJECT, Unit, subject};
use charm_runtime::state::{Batch, SledStore, StateStore as _};

const GIVEN_UP: &str = "ERROR: deferred start for `start` is given up: ";

/// A unit where start waits, and after it install.
fn with_start_waiting() -> Unit {
    let mut unit = subject();
    for handler in ["start", "install"] {
        unit.script(handler, "defer not yet");
        unit.hook(handler).run().succeeds();
    }
    unit
}

fn update_status(unit: &Unit) -> Ran {
    unit.hook("update-status").run()
}

#[test]
fn a_handler_that_panics_six_times_leaves_a_dead_letter_and_everything_else_served() {
    let mut unit = with_start_waiting();
    unit.script("status", "active ");
    unit.script("start", "store a=1; panic out of cheese");
    for attempt in 1..=6 {
        let ran = update_status(&unit).succeeds();
        assert_eq!(ran.names(), ["start", "install", "update_status", "any", "status", "status_too"]);
        ran.logged(&format!("ERROR: deferred start, attempt {attempt} of 6: handler `start`: panicked at "));
        let status = if attempt < 6 {
            "-- active ".to_owned()
        } else {
            ran.logged(GIVEN_UP);
            "-- blocked deferred start for start was given up: run `./dispatch queue`, then `queue retry 1` or `queue drop 1`".to_owned()
        };
        assert_eq!(ran.calls_of("status-set"), [status]);
        let ran = unit.action("restore").run().succeeds();
        assert!(ran.handled("restore") && !ran.handled("start"), "an action is served: {ran:#?}");
    }
    let queue = unit.queue();
    assert_eq!(queue[0], "2  deferred  install for install: not yet");
    assert!(
        queue[1].starts_with("1  given up  start for start: failed 6 times, the last time: "),
        "{queue:#?}"
    );
    assert!(queue[1].ends_with("out of cheese"), "{queue:#?}");

    let ran = update_status(&unit).succeeds();
    assert_eq!(ran.names(), ["install", "update_status", "any", "status", "status_too"], "it is left alone");
    assert_eq!(unit.field("notes/a"), None);

    unit.juju_says("status-get", r#"{"message":"given up","status":"blocked","status-data":{}}"#);
    assert_eq!(unit.operator(&["queue", "drop", "1"]).succeeds().stdout, "1 is removed\n");
    assert_eq!(unit.queue(), ["2  deferred  install for install: not yet"]);
    assert_eq!(update_status(&unit).succeeds().calls_of("status-set"), ["-- active "]);
}

#[test]
fn a_dead_letter_is_tried_again_when_the_operator_says_so_with_all_its_attempts() {
    let mut unit = with_start_waiting();
    unit.script("start", "fail no");
    for _ in 0..6 {
        update_status(&unit).succeeds();
    }
    let said = unit.operator(&["queue", "retry", "1"]).succeeds().stdout;
    assert_eq!(said, "1 will be tried again before the unit's next event\n");
    let queue = unit.queue();
    assert_eq!(queue[0], "1  deferred  start for start: not yet", "in its old place");
    update_status(&unit).succeeds().logged("attempt 1 of 6");

    unit.script("start", "");
    assert!(update_status(&unit).succeeds().handled("start"));
    assert_eq!(unit.queue(), ["2  deferred  install for install: not yet"]);
}

#[test]
fn an_action_is_served_while_the_store_is_the_trouble() {
    let unit = with_start_waiting();
    std::fs::write(unit.state_dir().join("store/db"), "").unwrap();
    let ran = unit.action("restore").run().succeeds();
    assert!(ran.handled("restore"), "{ran:#?}");
    ran.logged("WARNING: no status is set: ");
    update_status(&unit).fails();
}

#[test]
fn a_marker_whose_maker_was_killed_is_made_durable_by_the_next() {
    let unit = with_start_waiting();
    let marker = unit.state_dir().join("pending");
    let whole = std::fs::read(&marker).unwrap();
    assert!(!whole.is_empty());
    // So it is left between its creation and the syncing of its directory.
    std::fs::write(&marker, "").unwrap();
    update_status(&unit).succeeds();
    assert_eq!(std::fs::read(&marker).unwrap(), whole);
}

#[test]
fn one_that_is_tried_again_beside_its_equal_runs_once() {
    let mut unit = with_start_waiting();
    unit.script("start", "fail no");
    for _ in 0..6 {
        update_status(&unit).succeeds();
    }
    unit.script("start", "defer still not");
    unit.hook("start").run().succeeds();
    unit.operator(&["queue", "retry", "1"]).succeeds();
    assert_eq!(unit.queue().len(), 3, "an equal one was deferred meanwhile: {:#?}", unit.queue());
    let ran = update_status(&unit).succeeds();
    assert_eq!(ran.names().iter().filter(|name| **name == "start").count(), 1, "{ran:#?}");
    assert_eq!(unit.queue().len(), 2, "{:#?}", unit.queue());
}

#[test]
fn being_killed_in_the_handler_counts_and_the_others_are_served_in_the_end() {
    let mut unit = with_start_waiting();
    unit.script("start", "store a=1; kill");
    unit.script("install", "");
    for _ in 0..6 {
        let ran = update_status(&unit);
        assert_eq!(ran.signal, Some(9), "{ran:#?}");
        assert_eq!(ran.names(), ["start"]);
    }
    // An action is served all the while.
    assert!(unit.action("restore").run().succeeds().handled("restore"));
    let ran = update_status(&unit).succeeds();
    assert_eq!(ran.names(), ["install", "update_status", "any", "status", "status_too"]);
    ran.logged(GIVEN_UP);
    assert_eq!(unit.queue(), ["1  given up  start for start: its handler failed, or was killed, 6 times"]);
    assert_eq!(unit.field("notes/a"), None);
}

#[test]
fn attempts_count_although_the_dispatch_fails() {
    let mut unit = with_start_waiting();
    unit.script("start", "fail no");
    unit.script("update_status", "fail too");
    for attempt in 1..=3 {
        update_status(&unit).fails().logged(&format!("attempt {attempt} of 6"));
    }
    unit.script("update_status", "");
    for attempt in 4..=6 {
        update_status(&unit).succeeds().logged(&format!("attempt {attempt} of 6"));
    }
    assert!(unit.queue()[1].contains("given up"));
}

#[test]
fn a_dead_letter_whose_dispatch_fails_is_one_in_the_next_and_still_says_why() {
    let mut unit = with_start_waiting();
    unit.script("start", "fail no");
    for _ in 0..5 {
        update_status(&unit).succeeds();
    }
    unit.script("update_status", "fail too");
    update_status(&unit).fails().logged("attempt 6 of 6");
    assert!(unit.queue()[0].contains("deferred"), "nothing of a failed dispatch is kept");
    unit.script("update_status", "");
    let ran = update_status(&unit).succeeds();
    assert!(!ran.handled("start"), "{ran:#?}");
    let queue = unit.queue();
    assert!(queue[1].starts_with("1  given up  start for start: "), "{queue:#?}");
}

#[test]
fn an_attempt_that_succeeds_wipes_the_slate() {
    let mut unit = with_start_waiting();
    for _ in 0..2 {
        unit.script("start", "fail no");
        for attempt in 1..=5 {
            update_status(&unit).succeeds().logged(&format!("attempt {attempt} of 6"));
        }
        unit.script("start", "defer again");
        update_status(&unit).succeeds();
    }
    assert_eq!(unit.queue()[0], "1  deferred  start for start: again");
}

#[test]
fn a_renamed_handler_that_says_its_old_name_gets_its_event() {
    let mut unit = subject();
    unit.script("config_changed", "defer not yet");
    unit.hook("config-changed").run().succeeds();
    unit.upgrade(LATER);
    unit.script("configure", "defer still not");
    assert_eq!(unit.hook("upgrade-charm").run().succeeds().names(), ["configure"]);
    assert_eq!(unit.queue(), ["1  deferred  config-changed for configure: still not"]);

    unit.script("configure", "");
    assert_eq!(unit.hook("upgrade-charm").run().succeeds().names(), ["configure"]);
    assert_eq!(unit.queue(), ["nothing is deferred"]);
}

#[test]
fn a_renamed_handler_and_an_equal_new_event_meet_once() {
    let mut unit = subject();
    unit.script("config_changed", "defer not yet");
    unit.hook("config-changed").run().succeeds();
    unit.upgrade(LATER);
    unit.script("configure", "defer still not");
    assert_eq!(unit.hook("config-changed").run().succeeds().names(), ["configure"]);
    assert_eq!(unit.queue().len(), 1);
}

#[test]
fn a_handler_that_this_revision_does_not_know_is_a_dead_letter_that_names_the_remedy() {
    let mut unit = subject();
    for (hook, handler) in
        [("start", "start"), ("leader-elected", "leader_elected"), ("update-status", "update_status")]
    {
        unit.script(handler, "defer not yet");
        unit.hook(hook).run().succeeds();
    }
    unit.upgrade(LATER);
    unit.script("update_status", "");
    let ran = unit.hook("upgrade-charm").run().succeeds();
    assert_eq!(ran.names(), ["update_status"], "what it knows is served");
    assert_eq!(ran.calls_of("status-set").len(), 1, "{ran:#?}");
    assert!(ran.calls_of("status-set")[0].starts_with("-- blocked deferred start for start was given up"));
    let queue = unit.queue();
    assert_eq!(queue.len(), 2, "{queue:#?}");
    assert!(queue[0].starts_with("1  given up  start for start: "), "{queue:#?}");
    assert!(queue[0].contains("was = \"start\""), "{queue:#?}");
    assert!(queue[1].starts_with("2  given up  leader-elected for leader_elected: "), "{queue:#?}");

    // Back in the old revision they can be handled after all.
    unit.upgrade(SUBJECT);
    unit.script("start", "");
    unit.operator(&["queue", "retry", "1"]).succeeds();
    assert!(update_status(&unit).succeeds().handled("start"));
}

#[test]
fn an_event_of_an_endpoint_that_this_revision_does_not_have_goes_with_its_relation() {
    let mut unit = subject();
    unit.script("db_changed", "defer not yet");
    unit.relation_hook("db-relation-changed", "db:1", "pg/0").run().succeeds();
    unit.upgrade(LATER);
    // Juju lets no charm drop an endpoint that is related; should it be there all the same, nobody handles it.
    unit.juju_says("relation-ids --format=json db", r#"["db:1"]"#);
    unit.hook("upgrade-charm").run().succeeds();
    let queue = unit.queue();
    assert!(
        queue[0].contains("given up") && queue[0].contains("no event `db-relation-changed`"),
        "{queue:#?}"
    );
    unit.operator(&["queue", "retry", "1"]).succeeds();

    unit.juju_says("relation-ids --format=json db", "[]");
    unit.hook("upgrade-charm").run().succeeds().logged("INFO: dropped deferred db-relation-changed");
    assert_eq!(unit.queue(), ["nothing is deferred"]);
}

/// Writes a record behind the charm's back.
fn put(unit: &Unit, key: &str, value: &str) {
    let mut store = SledStore::open(&unit.state_dir()).unwrap();
    let mut batch = Batch::new();
    batch.put(key, value);
    store.commit(batch).unwrap();
}

#[test]
fn a_payload_that_no_longer_decodes_is_a_dead_letter() {
    let unit = with_start_waiting();
    let entry = r#"{"event":"start","handler":"start","payload":{"about":"mystery"},"reason":"not yet"}"#;
    put(&unit, "queue/0000000000000001", entry);
    let ran = update_status(&unit).succeeds();
    assert_eq!(ran.names(), ["install", "update_status", "any", "status", "status_too"]);
    let queue = unit.queue();
    assert!(
        queue[1].starts_with("1  given up  start for start: its payload can't be read any more"),
        "{queue:#?}"
    );
}

#[test]
fn a_record_that_is_no_entry_at_all_holds_up_nothing() {
    let unit = with_start_waiting();
    put(&unit, "queue/0000000000000001", "rubbish");
    let ran = update_status(&unit).succeeds();
    assert_eq!(ran.names(), ["install", "update_status", "any", "status", "status_too"]);
    assert!(unit.queue()[1].starts_with("1  given up  "), "{:#?}", unit.queue());
    unit.operator(&["queue", "drop", "1"]).succeeds();
    assert_eq!(unit.queue().len(), 1);
}

#[test]
fn a_dead_letter_outranks_what_the_charm_says_of_its_status() {
    let mut unit = with_start_waiting();
    unit.script("start", "fail no");
    unit.script("status", "waiting for the sun");
    for _ in 0..6 {
        update_status(&unit).succeeds();
    }
    let ran = unit.action("restore").run().succeeds();
    assert!(ran.calls_of("status-set")[0].starts_with("-- blocked deferred start"), "{ran:#?}");
}

/// A charm without a status whose Juju shows `before` while its event is given up; what it sets when that is dropped.
fn set_when_dropped(before: &str, message: &str) -> Vec<String> {
    let mut unit = Unit::of(BARE);
    let juju_shows = |unit: &mut Unit, status: &str, message: &str| {
        let shown = serde_json::json!({ "status": status, "message": message, "status-data": {} });
        unit.juju_says("status-get", &shown.to_string());
    };
    juju_shows(&mut unit, before, message);
    unit.script("config_changed", "defer not yet");
    unit.hook("config-changed").run().succeeds();
    unit.script("config_changed", "fail no");
    for _ in 0..5 {
        assert!(update_status(&unit).succeeds().calls_of("status-set").is_empty());
    }
    let status = update_status(&unit).succeeds().calls_of("status-set").remove(0);
    juju_shows(&mut unit, "blocked", status.strip_prefix("-- blocked ").unwrap());

    assert!(update_status(&unit).succeeds().calls_of("status-set").is_empty(), "it is shown already");
    unit.operator(&["queue", "drop", "1"]).succeeds();
    let set = update_status(&unit).succeeds().calls_of("status-set");
    // Afterwards nothing is left to do.
    assert!(update_status(&unit).succeeds().calls.is_empty());
    set
}

#[test]
fn a_charm_without_a_status_shows_again_what_it_showed_before_its_dead_letter() {
    assert_eq!(set_when_dropped("active", "serving"), ["-- active serving"]);
}

#[test]
fn a_charm_whose_status_was_unknown_does_not_stay_blocked() {
    assert_eq!(set_when_dropped("unknown", ""), ["-- active "]);
}

//! The table of events.

use std::collections::BTreeSet;

use charm_meta::EventKind::{self, *};
use charm_meta::{Event, Subject, name};

#[test]
fn names_follow_one_rule_and_lead_back() {
    for &kind in EventKind::ALL {
        assert_eq!(kind.attribute(), name::field_name(kind.name()));
        assert_eq!(kind.type_name(), name::type_name(kind.name()));
        assert_eq!(EventKind::from_name(kind.name()), Some(kind));
        assert_eq!(EventKind::from_attribute(kind.attribute()), Some(kind));
        assert!(kind.summary().ends_with('.') && kind.summary().starts_with("Sent "), "{}", kind.summary());
    }
    assert!(EventKind::ALL.is_sorted());
    assert_eq!(EventKind::ALL.len(), 29);
    assert_eq!(EventKind::from_attribute("relation-changed"), None);
    assert_eq!(EventKind::from_name("relation_changed"), None);
}

/// The kinds for which `holds`, in order.
fn kinds(holds: impl Fn(EventKind) -> bool) -> Vec<EventKind> {
    EventKind::ALL.iter().copied().filter(|kind| holds(*kind)).collect()
}

#[test]
fn what_can_wait() {
    assert_eq!(
        kinds(|kind| kind.deferrable().is_ok()),
        [
            Install,
            Start,
            ConfigChanged,
            UpdateStatus,
            UpgradeCharm,
            LeaderElected,
            RelationCreated,
            RelationJoined,
            RelationChanged,
            StorageAttached,
            SecretChanged,
            PebbleReady,
            PebbleCustomNotice,
            PebbleCheckFailed,
            PebbleCheckRecovered,
        ]
    );
    for reason in EventKind::ALL.iter().filter_map(|kind| kind.deferrable().err()) {
        assert!(reason.contains("; "), "says no way out: {reason}");
    }
}

#[test]
fn what_wakes_whom() {
    assert_eq!(kinds(|kind| !kind.wakes_status()), [Stop, Remove, CollectMetrics, MeterStatusChanged]);
    assert_eq!(kinds(|kind| !kind.reemits()), [Stop, Remove, CollectMetrics, MeterStatusChanged, Action]);
    assert_eq!(
        kinds(|kind| !kind.wakes_any()),
        [
            Stop,
            Remove,
            PreSeriesUpgrade,
            PostSeriesUpgrade,
            CollectMetrics,
            MeterStatusChanged,
            SecretRotate,
            SecretExpired,
            SecretRemove,
            Action
        ]
    );
    assert_eq!(
        kinds(|kind| kind.removed_in() == Some("Juju 4.0")),
        [LeaderSettingsChanged, PreSeriesUpgrade, PostSeriesUpgrade, CollectMetrics, MeterStatusChanged]
    );
}

#[test]
fn what_is_about_what() {
    assert_eq!(kinds(|kind| kind.subject() == Subject::Endpoint).len(), 5);
    assert_eq!(kinds(|kind| kind.subject() == Subject::Storage), [StorageAttached, StorageDetaching]);
    assert_eq!(
        kinds(|kind| kind.subject() == Subject::Container),
        [PebbleReady, PebbleCustomNotice, PebbleCheckFailed, PebbleCheckRecovered]
    );
    assert_eq!(kinds(|kind| kind.subject() == Subject::Action), [Action]);
}

/// Subjects that are named like parts of hooks do not lead to one name for two hooks: no kind's name ends in
/// another's.
#[test]
fn hooks_have_one_name_each() {
    let subjects = ["a", "relation", "a-relation", "a-storage", "pebble", "a-relation-changed"];
    let mut hooks = BTreeSet::new();
    let mut count = 0;
    for &kind in EventKind::ALL.iter().filter(|kind| **kind != Action) {
        let subjects: &[&str] = if kind.subject() == Subject::None { &[""] } else { &subjects };
        for subject in subjects {
            let subject = Some((*subject).to_owned()).filter(|subject| !subject.is_empty());
            hooks.insert(Event { kind, subject }.dispatch_name());
            count += 1;
        }
    }
    assert_eq!(hooks.len(), count);
}

#[test]
fn an_action_may_be_named_like_a_hook() {
    let hook = Event { kind: Start, subject: None };
    let action = Event { kind: Action, subject: Some("start".to_owned()) };
    assert_eq!(hook.dispatch_name(), action.dispatch_name());
    assert_eq!(
        (hook.dispatch_path().as_str(), action.dispatch_path().as_str()),
        ("hooks/start", "actions/start")
    );
}

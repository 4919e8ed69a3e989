//! What the macros know of events, and what the runtime knows of them, is the same.

use std::marker::PhantomData;

use charm_meta::{EventKind, Metadata};
use charm_runtime::event::{Deferrable, Kind};
use charm_runtime::prelude::*;

/// Whether a type is [`Deferrable`], as a value: the method by value is found first, where its bound holds.
struct Probe<T>(PhantomData<T>);

trait CanWait {
    fn can_wait(&self) -> bool;
}

impl<T: Deferrable> CanWait for Probe<T> {
    fn can_wait(&self) -> bool {
        true
    }
}

trait CannotWait {
    fn can_wait(&self) -> bool;
}

impl<T> CannotWait for &Probe<T> {
    fn can_wait(&self) -> bool {
        false
    }
}

/// The runtime's kind for the macros' one, and whether the event's type is deferrable. Without a wildcard: a kind that
/// only one side has doesn't compile.
macro_rules! kinds {
    ($($kind:ident $(<$subject:ty>)?,)*) => {
        fn of_runtime(kind: EventKind) -> (Kind, bool) {
            match kind {
                $(EventKind::$kind => {
                    (Kind::$kind, (&Probe::<$kind $(<$subject>)?>(PhantomData)).can_wait())
                })*
            }
        }

        fn of_macros(kind: Kind) -> EventKind {
            match kind {
                $(Kind::$kind => EventKind::$kind,)*
            }
        }
    };
}

kinds! {
    Install,
    Start,
    Stop,
    Remove,
    ConfigChanged,
    UpdateStatus,
    UpgradeCharm,
    LeaderElected,
    LeaderSettingsChanged,
    PreSeriesUpgrade,
    PostSeriesUpgrade,
    CollectMetrics,
    MeterStatusChanged,
    RelationCreated<()>,
    RelationJoined<()>,
    RelationChanged<()>,
    RelationDeparted<()>,
    RelationBroken<()>,
    StorageAttached<()>,
    StorageDetaching<()>,
    SecretChanged,
    SecretRotate,
    SecretExpired,
    SecretRemove,
    PebbleReady<()>,
    PebbleCustomNotice<()>,
    PebbleCheckFailed<()>,
    PebbleCheckRecovered<()>,
    Action<()>,
}

#[test]
fn both_sides_say_the_same_of_every_kind() {
    for &kind in EventKind::ALL {
        let (of_runtime, can_wait) = of_runtime(kind);
        assert_eq!(of_macros(of_runtime), kind);
        assert_eq!(can_wait, kind.deferrable().is_ok(), "{kind:?} is deferrable");
        assert_eq!(of_runtime.wakes_any(), kind.wakes_any(), "{kind:?} wakes any");
        assert_eq!(of_runtime.wakes_status(), kind.wakes_status(), "{kind:?} wakes status");
        assert_eq!(of_runtime.reemits(), kind.reemits(), "{kind:?} re-emits");
    }
}

/// The probe would be worth nothing if it always said the same.
#[test]
#[allow(clippy::needless_borrow)] // as the macro above must write it
fn the_probe_tells_the_two_apart() {
    assert!((&Probe::<Install>(PhantomData)).can_wait());
    assert!(!(&Probe::<Stop>(PhantomData)).can_wait());
}

const METADATA: &str = include_str!("pass/every_event.yaml");

/// The charm.
#[charm(metadata = "pass/every_event.yaml", state = sled)]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "pass/every_event.yaml")]
impl Hello {
    #[on(action = "backup")]
    fn backup() {}
}

#[test]
fn the_table_has_every_event_of_the_metadata_under_its_own_name() {
    let metadata = Metadata::parse(METADATA).unwrap();
    let expected: Vec<(String, EventKind)> =
        metadata.events().iter().map(|event| (event.dispatch_name(), event.kind)).collect();
    let rows = <Hello as charm_runtime::Charm>::TABLE.events;
    let found: Vec<(String, EventKind)> =
        rows.iter().map(|row| (row.name.to_owned(), of_macros(row.kind))).collect();
    assert_eq!(found, expected);
    for kind in EventKind::ALL {
        assert!(found.iter().any(|(_, found)| found == kind), "{kind:?} is not among the fixture's events");
    }
}

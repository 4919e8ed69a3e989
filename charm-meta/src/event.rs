//! Every event that Juju sends to a charm.

use crate::endpoint::Role;
use crate::metadata::Metadata;

/// What an event is about, and so what stands before its name in the name of its hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The unit itself, or a secret: one hook for all.
    None,
    /// An endpoint: `db-relation-changed`.
    Endpoint,
    /// A storage: `data-storage-attached`.
    Storage,
    /// A workload container: `web-pebble-ready`.
    Container,
    /// An action, which is named by itself alone.
    Action,
}

/// Writes the enum and its names from one list, so that no name can be missing or stand in the wrong row.
macro_rules! event_kinds {
    ($($kind:ident $name:literal $attribute:literal $subject:ident $summary:literal)*) => {
        /// A kind of event, of all that Juju 3.6 and Juju 4 send.
        ///
        /// The order is that of a unit's life, lifecycle first, actions last; it is the order of
        /// [`Self::ALL`] and of [`Metadata::events`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EventKind {
            $(#[doc = $summary] $kind,)*
        }

        impl EventKind {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            /// Juju's name, without the subject's: `relation-changed`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The name in `#[on(…)]`: `relation_changed`.
            pub fn attribute(self) -> &'static str {
                match self { $(Self::$kind => $attribute,)* }
            }

            /// The name of the event's type: `RelationChanged`.
            pub fn type_name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind),)* }
            }

            /// What the event is about.
            pub fn subject(self) -> Subject {
                match self { $(Self::$kind => Subject::$subject,)* }
            }

            /// One sentence: when Juju sends it.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$kind => $summary,)* }
            }
        }
    };
}

event_kinds! {
    Install "install" "install" None
        "Sent once, before anything but storage: the unit has just been created."
    Start "start" "start" None
        "Sent after the first `config-changed`, and again when the machine or the pod has restarted."
    Stop "stop" "stop" None
        "Sent when the unit is being removed and all its relations are gone; on Kubernetes also when its pod goes away."
    Remove "remove" "remove" None
        "Sent last of all: the unit disappears after it."
    ConfigChanged "config-changed" "config_changed" None
        "Sent during deployment, after an upgrade, and when the configuration, the trust or the unit's addresses have changed."
    UpdateStatus "update-status" "update_status" None
        "Sent every five minutes or so (`update-status-hook-interval`) while nothing else happens."
    UpgradeCharm "upgrade-charm" "upgrade_charm" None
        "Sent after the charm or one of its resources has been replaced; `config-changed` follows."
    LeaderElected "leader-elected" "leader_elected" None
        "Sent when this unit has become the leader; nothing is sent when it ceases to be."
    LeaderSettingsChanged "leader-settings-changed" "leader_settings_changed" None
        "Sent by Juju 3 to units that do not lead when the leader has changed the leader settings, or when leadership has moved."
    PreSeriesUpgrade "pre-series-upgrade" "pre_series_upgrade" None
        "Sent by Juju 3 before the machine's operating system is upgraded."
    PostSeriesUpgrade "post-series-upgrade" "post_series_upgrade" None
        "Sent by Juju 3 after the machine's operating system has been upgraded."
    CollectMetrics "collect-metrics" "collect_metrics" None
        "Sent by Juju 3 every five minutes to charms with metrics; most hook commands are refused in it."
    MeterStatusChanged "meter-status-changed" "meter_status_changed" None
        "Sent by Juju 3 when the metering of the application has changed; most hook commands are refused in it."
    RelationCreated "relation-created" "relation_created" Endpoint
        "Sent once for each relation, before any of its units is seen."
    RelationJoined "relation-joined" "relation_joined" Endpoint
        "Sent when a remote unit has come into the relation; its `relation-changed` follows at once."
    RelationChanged "relation-changed" "relation_changed" Endpoint
        "Sent when a remote unit has joined, or when the data of a remote unit or application has changed."
    RelationDeparted "relation-departed" "relation_departed" Endpoint
        "Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart."
    RelationBroken "relation-broken" "relation_broken" Endpoint
        "Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers."
    StorageAttached "storage-attached" "storage_attached" Storage
        "Sent when a storage is attached and can be used, on machines before `install`."
    StorageDetaching "storage-detaching" "storage_detaching" Storage
        "Sent before a storage is detached: it can still be used."
    SecretChanged "secret-changed" "secret_changed" None
        "Sent to a secret's observer when it has a newer revision than the one that is tracked."
    SecretRotate "secret-rotate" "secret_rotate" None
        "Sent to a secret's owner when it is time to rotate it, and again until a new revision is made."
    SecretExpired "secret-expired" "secret_expired" None
        "Sent to a secret's owner when a revision has expired, and again until it is removed."
    SecretRemove "secret-remove" "secret_remove" None
        "Sent to a secret's owner when nobody tracks an old revision any more, so that it can be removed."
    PebbleReady "pebble-ready" "pebble_ready" Container
        "Sent when a container's Pebble has started, and again when the unit's agent has restarted."
    PebbleCustomNotice "pebble-custom-notice" "pebble_custom_notice" Container
        "Sent when the workload has recorded a custom notice (`pebble notify`)."
    PebbleCheckFailed "pebble-check-failed" "pebble_check_failed" Container
        "Sent when a health check has failed as often as its threshold says."
    PebbleCheckRecovered "pebble-check-recovered" "pebble_check_recovered" Container
        "Sent when a health check that had failed succeeds again."
    Action "action" "action" Action
        "Sent when somebody runs the action, even while the unit is in error."
}

impl EventKind {
    /// The kind with this name in `#[on(…)]`, such as `relation_changed`.
    pub fn from_attribute(attribute: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.attribute() == attribute)
    }

    /// The kind with this name in Juju, without the subject's, such as `relation-changed`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether a handler may ask to see the event again in a later dispatch.
    ///
    /// The error is one sentence for the charm's author: why it cannot wait, and what to do instead.
    pub fn deferrable(self) -> Result<(), &'static str> {
        match self {
            Self::Install
            | Self::Start
            | Self::ConfigChanged
            | Self::UpdateStatus
            | Self::UpgradeCharm
            | Self::LeaderElected
            | Self::RelationCreated
            | Self::RelationJoined
            | Self::RelationChanged
            | Self::StorageAttached
            | Self::SecretChanged
            | Self::PebbleReady
            | Self::PebbleCustomNotice
            | Self::PebbleCheckFailed
            | Self::PebbleCheckRecovered => Ok(()),
            Self::Stop => Err(
                "`stop` cannot wait, since only `remove` follows it; do it now, or fail so that Juju retries",
            ),
            Self::Remove => Err(
                "`remove` cannot wait, since the unit is gone after it; do it now, or fail so that Juju retries",
            ),
            Self::RelationDeparted => {
                Err("`relation-departed` cannot wait, since the unit has left when it comes again; \
                 do it now, or work from the units that remain")
            }
            Self::RelationBroken => {
                Err("`relation-broken` cannot wait, since the relation is gone when it comes again; \
                 do it now, or fail so that Juju retries")
            }
            Self::StorageDetaching => {
                Err("`storage-detaching` cannot wait, since the storage is gone when it comes again; \
                 let go of it now, or fail so that Juju retries")
            }
            Self::SecretRotate => Err(
                "`secret-rotate` need not wait, since Juju sends it again until there is a new revision; just return",
            ),
            Self::SecretExpired => Err(
                "`secret-expired` need not wait, since Juju sends it again until the revision is removed; just return",
            ),
            Self::SecretRemove => Err(
                "`secret-remove` cannot wait, since Juju says it once for a revision; remove the revision now",
            ),
            Self::LeaderSettingsChanged => Err(
                "`leader-settings-changed` cannot wait, since Juju 4 has no leader settings; use peer data and `relation-changed`",
            ),
            Self::PreSeriesUpgrade => Err(
                "`pre-series-upgrade` cannot wait, since the machine is upgraded right after it; prepare now, or fail",
            ),
            Self::PostSeriesUpgrade => Err(
                "`post-series-upgrade` cannot wait, since the upgrade ends with it; finish now, or fail so that Juju retries",
            ),
            Self::CollectMetrics => Err(
                "`collect-metrics` cannot wait, since metrics are accepted only in it; report now, or wait for the next",
            ),
            Self::MeterStatusChanged => Err(
                "`meter-status-changed` cannot wait, since it runs with few hook commands; act on a later event",
            ),
            Self::Action => Err(
                "an action cannot wait, since somebody waits for its result; fail it with a message that says when to try again",
            ),
        }
    }

    /// Whether it is about a secret that the charm owns, and so may be handled for one of them alone.
    pub fn is_of_own_secret(self) -> bool {
        matches!(self, Self::SecretRotate | Self::SecretExpired | Self::SecretRemove)
    }

    /// Whether `#[on(any)]` runs for it unless told otherwise.
    pub fn wakes_any(self) -> bool {
        self.wakes_status()
            && !matches!(
                self,
                Self::Action
                    | Self::SecretRotate
                    | Self::SecretExpired
                    | Self::SecretRemove
                    | Self::PreSeriesUpgrade
                    | Self::PostSeriesUpgrade
            )
    }

    /// Whether `#[status]` runs for it.
    pub fn wakes_status(self) -> bool {
        !matches!(self, Self::Stop | Self::Remove | Self::CollectMetrics | Self::MeterStatusChanged)
    }

    /// Whether deferred events are delivered again before it.
    pub fn reemits(self) -> bool {
        self.wakes_status() && self != Self::Action
    }

    /// The Juju release that no longer sends it.
    pub fn removed_in(self) -> Option<&'static str> {
        matches!(
            self,
            Self::LeaderSettingsChanged
                | Self::PreSeriesUpgrade
                | Self::PostSeriesUpgrade
                | Self::CollectMetrics
                | Self::MeterStatusChanged
        )
        .then_some("Juju 4.0")
    }
}

/// One event that a charm can be sent: a kind, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Event {
    /// The kind.
    pub kind: EventKind,
    /// The name of the endpoint, storage, container or action; nothing for [`Subject::None`].
    pub subject: Option<String>,
}

impl Event {
    /// The name under which Juju dispatches it: `k8s-service-relation-changed`, or an action's own name.
    ///
    /// Among hooks it is unique, and among actions; an action may have the name of a hook (`start`), and only
    /// [`Self::dispatch_path`] tells the two apart.
    pub fn dispatch_name(&self) -> String {
        match &self.subject {
            None => self.kind.name().to_owned(),
            Some(action) if self.kind == EventKind::Action => action.clone(),
            Some(subject) => format!("{subject}-{}", self.kind.name()),
        }
    }

    /// What Juju puts into `JUJU_DISPATCH_PATH`: `hooks/install`, `actions/rotate`.
    pub fn dispatch_path(&self) -> String {
        let directory = if self.kind == EventKind::Action { "actions" } else { "hooks" };
        format!("{directory}/{}", self.dispatch_name())
    }
}

impl Metadata {
    /// Every event that a charm with this metadata can be sent.
    ///
    /// First the events without a subject, in the order of [`EventKind`]; then endpoint by endpoint, storage
    /// by storage, container by container and action by action, each sorted by name and its events in the
    /// order of [`EventKind`]. Peer endpoints have no `relation-broken`: Juju never sends it.
    pub fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        let mut add = |subject: Subject, name: Option<&String>| {
            let kinds = EventKind::ALL.iter().filter(|kind| kind.subject() == subject);
            events.extend(kinds.map(|&kind| Event { kind, subject: name.cloned() }));
        };
        add(Subject::None, None);
        self.endpoints.keys().for_each(|name| add(Subject::Endpoint, Some(name)));
        self.storages.keys().for_each(|name| add(Subject::Storage, Some(name)));
        self.containers.keys().for_each(|name| add(Subject::Container, Some(name)));
        self.actions.keys().for_each(|name| add(Subject::Action, Some(name)));
        events.retain(|event| {
            event.kind != EventKind::RelationBroken || !self.is_peer(event.subject.as_deref())
        });
        events
    }

    fn is_peer(&self, endpoint: Option<&str>) -> bool {
        endpoint
            .and_then(|name| self.endpoints.get(name))
            .is_some_and(|endpoint| endpoint.role == Role::Peers)
    }
}

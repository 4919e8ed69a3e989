// `tests/pass/user_shape.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! The shape that the first page of the documentation shows.
#![allow(dead_code, unused_imports)]

use charm_runtime::prelude::*;

#[derive(Default)]
pub struct Hello {
    greeted: Stored<u32>,
}

/// The endpoints that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod endpoint {
    /// The endpoint `cluster`: peers over the interface `hello_cluster`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Cluster {}
    /// The endpoint `database`: requires the interface `postgresql_client`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Database {}
    /// The endpoint `k8s-service`: requires the interface `k8s-service`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum K8sService {}
}

#[automatically_derived]
impl ::charm_runtime::Endpoint for endpoint::Cluster {
    const NAME: &'static str = "cluster";
    const ROLE: ::charm_runtime::Role = ::charm_runtime::Role::Peers;
    const INTERFACE: &'static str = "hello_cluster";
    type RemoteApp = ::charm_runtime::RawDatabag;
    type LocalApp = ::charm_runtime::RawDatabag;
    type RemoteUnit = ::charm_runtime::RawDatabag;
    type LocalUnit = ::charm_runtime::RawDatabag;
}

#[automatically_derived]
impl ::charm_runtime::Peer for endpoint::Cluster {}
#[automatically_derived]
impl ::charm_runtime::Endpoint for endpoint::Database {
    const NAME: &'static str = "database";
    const ROLE: ::charm_runtime::Role = ::charm_runtime::Role::Requires;
    const INTERFACE: &'static str = "postgresql_client";
    type RemoteApp = ::charm_runtime::RawDatabag;
    type LocalApp = ::charm_runtime::RawDatabag;
    type RemoteUnit = ::charm_runtime::RawDatabag;
    type LocalUnit = ::charm_runtime::RawDatabag;
}

#[automatically_derived]
impl ::charm_runtime::Endpoint for endpoint::K8sService {
    const NAME: &'static str = "k8s-service";
    const ROLE: ::charm_runtime::Role = ::charm_runtime::Role::Requires;
    const INTERFACE: &'static str = "k8s-service";
    type RemoteApp = ::charm_runtime::RawDatabag;
    type LocalApp = ::charm_runtime::RawDatabag;
    type RemoteUnit = ::charm_runtime::RawDatabag;
    type LocalUnit = ::charm_runtime::RawDatabag;
}

#[automatically_derived]
impl ::charm_runtime::Single for endpoint::K8sService {}
/// The storages that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod storage {
    /// The storage `data`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Data {}
    impl ::charm_runtime::StorageName for Data {
        const NAME: &'static str = "data";
    }

    impl ::charm_runtime::SingleStorage for Data {}
}

/// The options that `charmcraft.yaml` declares, as this dispatch sees them.
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub struct Config {
    /// `greeting`: What it says.
    pub greeting: ::std::string::String,
    /// The option `loud`.
    pub loud: bool,
    /// `port`: Where it listens.
    pub port: ::core::option::Option<i64>,
    /// The option `ratio`.
    pub ratio: f64,
}

/// Why [`Hello`] runs: every event that Juju can send it.
#[derive(::core::fmt::Debug, ::core::clone::Clone)]
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub enum Cause {
    /// `install`: Sent once, before anything but storage: the unit has just been created.
    Install(::charm_runtime::event::Install),
    /// `start`: Sent after the first `config-changed`, and again when the machine or the pod has restarted.
    Start(::charm_runtime::event::Start),
    /// `stop`: Sent when the unit is being removed and all its relations are gone; on Kubernetes also when its pod goes away.
    Stop(::charm_runtime::event::Stop),
    /// `remove`: Sent last of all: the unit disappears after it.
    Remove(::charm_runtime::event::Remove),
    /// `config-changed`: Sent during deployment, after an upgrade, and when the configuration, the trust or the unit's addresses have changed.
    ConfigChanged(::charm_runtime::event::ConfigChanged),
    /// `update-status`: Sent every five minutes or so (`update-status-hook-interval`) while nothing else happens.
    UpdateStatus(::charm_runtime::event::UpdateStatus),
    /// `upgrade-charm`: Sent after the charm or one of its resources has been replaced; `config-changed` follows.
    UpgradeCharm(::charm_runtime::event::UpgradeCharm),
    /// `leader-elected`: Sent when this unit has become the leader; nothing is sent when it ceases to be.
    LeaderElected(::charm_runtime::event::LeaderElected),
    /// `leader-settings-changed`: Sent by Juju 3 to units that do not lead when the leader has changed the leader settings, or when leadership has moved. Not sent since Juju 4.0.
    LeaderSettingsChanged(::charm_runtime::event::LeaderSettingsChanged),
    /// `pre-series-upgrade`: Sent by Juju 3 before the machine's operating system is upgraded. Not sent since Juju 4.0.
    PreSeriesUpgrade(::charm_runtime::event::PreSeriesUpgrade),
    /// `post-series-upgrade`: Sent by Juju 3 after the machine's operating system has been upgraded. Not sent since Juju 4.0.
    PostSeriesUpgrade(::charm_runtime::event::PostSeriesUpgrade),
    /// `collect-metrics`: Sent by Juju 3 every five minutes to charms with metrics; most hook commands are refused in it. Not sent since Juju 4.0.
    CollectMetrics(::charm_runtime::event::CollectMetrics),
    /// `meter-status-changed`: Sent by Juju 3 when the metering of the application has changed; most hook commands are refused in it. Not sent since Juju 4.0.
    MeterStatusChanged(::charm_runtime::event::MeterStatusChanged),
    /// `secret-changed`: Sent to a secret's observer when it has a newer revision than the one that is tracked.
    SecretChanged(::charm_runtime::event::SecretChanged),
    /// `secret-rotate`: Sent to a secret's owner when it is time to rotate it, and again until a new revision is made.
    SecretRotate(::charm_runtime::event::SecretRotate),
    /// `secret-expired`: Sent to a secret's owner when a revision has expired, and again until it is removed.
    SecretExpired(::charm_runtime::event::SecretExpired),
    /// `secret-remove`: Sent to a secret's owner when nobody tracks an old revision any more, so that it can be removed.
    SecretRemove(::charm_runtime::event::SecretRemove),
    /// `relation-created` of `cluster`: Sent once for each relation, before any of its units is seen.
    ClusterRelationCreated(::charm_runtime::event::RelationCreated<endpoint::Cluster>),
    /// `relation-joined` of `cluster`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
    ClusterRelationJoined(::charm_runtime::event::RelationJoined<endpoint::Cluster>),
    /// `relation-changed` of `cluster`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
    ClusterRelationChanged(::charm_runtime::event::RelationChanged<endpoint::Cluster>),
    /// `relation-departed` of `cluster`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
    ClusterRelationDeparted(::charm_runtime::event::RelationDeparted<endpoint::Cluster>),
    /// `relation-created` of `database`: Sent once for each relation, before any of its units is seen.
    DatabaseRelationCreated(::charm_runtime::event::RelationCreated<endpoint::Database>),
    /// `relation-joined` of `database`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
    DatabaseRelationJoined(::charm_runtime::event::RelationJoined<endpoint::Database>),
    /// `relation-changed` of `database`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
    DatabaseRelationChanged(::charm_runtime::event::RelationChanged<endpoint::Database>),
    /// `relation-departed` of `database`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
    DatabaseRelationDeparted(
        ::charm_runtime::event::RelationDeparted<endpoint::Database>,
    ),
    /// `relation-broken` of `database`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
    DatabaseRelationBroken(::charm_runtime::event::RelationBroken<endpoint::Database>),
    /// `relation-created` of `k8s-service`: Sent once for each relation, before any of its units is seen.
    K8sServiceRelationCreated(
        ::charm_runtime::event::RelationCreated<endpoint::K8sService>,
    ),
    /// `relation-joined` of `k8s-service`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
    K8sServiceRelationJoined(
        ::charm_runtime::event::RelationJoined<endpoint::K8sService>,
    ),
    /// `relation-changed` of `k8s-service`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
    K8sServiceRelationChanged(
        ::charm_runtime::event::RelationChanged<endpoint::K8sService>,
    ),
    /// `relation-departed` of `k8s-service`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
    K8sServiceRelationDeparted(
        ::charm_runtime::event::RelationDeparted<endpoint::K8sService>,
    ),
    /// `relation-broken` of `k8s-service`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
    K8sServiceRelationBroken(
        ::charm_runtime::event::RelationBroken<endpoint::K8sService>,
    ),
    /// `storage-attached` of `data`: Sent when a storage is attached and can be used, on machines before `install`.
    DataStorageAttached(::charm_runtime::event::StorageAttached<storage::Data>),
    /// `storage-detaching` of `data`: Sent before a storage is detached: it can still be used.
    DataStorageDetaching(::charm_runtime::event::StorageDetaching<storage::Data>),
    /// Deferred events alone: Juju's own event is one that this revision of the charm doesn't know.
    Deferred,
}

#[allow(clippy::all, clippy::pedantic, unused_qualifications)]
const _: () = {
    use ::charm_runtime::__private as __charm;

    type Handlers = __charm::Handlers<Hello>;
    #[allow(dead_code, non_upper_case_globals)]
    trait Unhandled {
        const __A_HANDLER_MAY_BE_MISTAKEN: bool = false;
        const __ON_INSTALL_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_START_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_STOP_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_REMOVE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_UPDATE_STATUS_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_UPGRADE_CHARM_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_LEADER_ELECTED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_LEADER_SETTINGS_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_PRE_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_POST_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_COLLECT_METRICS_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_METER_STATUS_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_SECRET_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_SECRET_ROTATE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_SECRET_REMOVE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_CLUSTER_RELATION_CREATED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_CLUSTER_RELATION_JOINED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_CLUSTER_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_CLUSTER_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATABASE_RELATION_CREATED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATABASE_RELATION_JOINED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATABASE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATABASE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATABASE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_K8S_SERVICE_RELATION_CREATED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_K8S_SERVICE_RELATION_JOINED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_K8S_SERVICE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_K8S_SERVICE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_K8S_SERVICE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATA_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATA_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Hello> = &[];
        const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
        const __STATUS_APP_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
    }

    impl Unhandled for Hello {}
    #[automatically_derived]
    impl __charm::Charm for Hello {
        type Cause = Cause;
        type Config = Config;
        type Settings = ();
        const NAME: &'static str = "hello";
        const METADATA: &'static str = ::core::include_str!("../pass/machine.yaml");
        const LOG_LEVEL: __charm::LevelFilter = __charm::LevelFilter::INFO;
        const TABLE: &'static __charm::Table<Self> = &__charm::Table {
            events: &[
                __charm::Row {
                    name: "install",
                    kind: __charm::Kind::Install,
                    handlers: Hello::__ON_INSTALL_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Install)
                    },
                },
                __charm::Row {
                    name: "start",
                    kind: __charm::Kind::Start,
                    handlers: Hello::__ON_START_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Start)
                    },
                },
                __charm::Row {
                    name: "stop",
                    kind: __charm::Kind::Stop,
                    handlers: Hello::__ON_STOP_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Stop)
                    },
                },
                __charm::Row {
                    name: "remove",
                    kind: __charm::Kind::Remove,
                    handlers: Hello::__ON_REMOVE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Remove)
                    },
                },
                __charm::Row {
                    name: "config-changed",
                    kind: __charm::Kind::ConfigChanged,
                    handlers: Hello::__ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::ConfigChanged)
                    },
                },
                __charm::Row {
                    name: "update-status",
                    kind: __charm::Kind::UpdateStatus,
                    handlers: Hello::__ON_UPDATE_STATUS_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::UpdateStatus)
                    },
                },
                __charm::Row {
                    name: "upgrade-charm",
                    kind: __charm::Kind::UpgradeCharm,
                    handlers: Hello::__ON_UPGRADE_CHARM_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::UpgradeCharm)
                    },
                },
                __charm::Row {
                    name: "leader-elected",
                    kind: __charm::Kind::LeaderElected,
                    handlers: Hello::__ON_LEADER_ELECTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::LeaderElected)
                    },
                },
                __charm::Row {
                    name: "leader-settings-changed",
                    kind: __charm::Kind::LeaderSettingsChanged,
                    handlers: Hello::__ON_LEADER_SETTINGS_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::LeaderSettingsChanged)
                    },
                },
                __charm::Row {
                    name: "pre-series-upgrade",
                    kind: __charm::Kind::PreSeriesUpgrade,
                    handlers: Hello::__ON_PRE_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::PreSeriesUpgrade)
                    },
                },
                __charm::Row {
                    name: "post-series-upgrade",
                    kind: __charm::Kind::PostSeriesUpgrade,
                    handlers: Hello::__ON_POST_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::PostSeriesUpgrade)
                    },
                },
                __charm::Row {
                    name: "collect-metrics",
                    kind: __charm::Kind::CollectMetrics,
                    handlers: Hello::__ON_COLLECT_METRICS_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::CollectMetrics)
                    },
                },
                __charm::Row {
                    name: "meter-status-changed",
                    kind: __charm::Kind::MeterStatusChanged,
                    handlers: Hello::__ON_METER_STATUS_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MeterStatusChanged)
                    },
                },
                __charm::Row {
                    name: "secret-changed",
                    kind: __charm::Kind::SecretChanged,
                    handlers: Hello::__ON_SECRET_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretChanged)
                    },
                },
                __charm::Row {
                    name: "secret-rotate",
                    kind: __charm::Kind::SecretRotate,
                    handlers: Hello::__ON_SECRET_ROTATE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretRotate)
                    },
                },
                __charm::Row {
                    name: "secret-expired",
                    kind: __charm::Kind::SecretExpired,
                    handlers: Hello::__ON_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretExpired)
                    },
                },
                __charm::Row {
                    name: "secret-remove",
                    kind: __charm::Kind::SecretRemove,
                    handlers: Hello::__ON_SECRET_REMOVE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretRemove)
                    },
                },
                __charm::Row {
                    name: "cluster-relation-created",
                    kind: __charm::Kind::RelationCreated,
                    handlers: Hello::__ON_CLUSTER_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::ClusterRelationCreated)
                    },
                },
                __charm::Row {
                    name: "cluster-relation-joined",
                    kind: __charm::Kind::RelationJoined,
                    handlers: Hello::__ON_CLUSTER_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::ClusterRelationJoined)
                    },
                },
                __charm::Row {
                    name: "cluster-relation-changed",
                    kind: __charm::Kind::RelationChanged,
                    handlers: Hello::__ON_CLUSTER_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::ClusterRelationChanged)
                    },
                },
                __charm::Row {
                    name: "cluster-relation-departed",
                    kind: __charm::Kind::RelationDeparted,
                    handlers: Hello::__ON_CLUSTER_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::ClusterRelationDeparted)
                    },
                },
                __charm::Row {
                    name: "database-relation-created",
                    kind: __charm::Kind::RelationCreated,
                    handlers: Hello::__ON_DATABASE_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DatabaseRelationCreated)
                    },
                },
                __charm::Row {
                    name: "database-relation-joined",
                    kind: __charm::Kind::RelationJoined,
                    handlers: Hello::__ON_DATABASE_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DatabaseRelationJoined)
                    },
                },
                __charm::Row {
                    name: "database-relation-changed",
                    kind: __charm::Kind::RelationChanged,
                    handlers: Hello::__ON_DATABASE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DatabaseRelationChanged)
                    },
                },
                __charm::Row {
                    name: "database-relation-departed",
                    kind: __charm::Kind::RelationDeparted,
                    handlers: Hello::__ON_DATABASE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DatabaseRelationDeparted)
                    },
                },
                __charm::Row {
                    name: "database-relation-broken",
                    kind: __charm::Kind::RelationBroken,
                    handlers: Hello::__ON_DATABASE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DatabaseRelationBroken)
                    },
                },
                __charm::Row {
                    name: "k8s-service-relation-created",
                    kind: __charm::Kind::RelationCreated,
                    handlers: Hello::__ON_K8S_SERVICE_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::K8sServiceRelationCreated)
                    },
                },
                __charm::Row {
                    name: "k8s-service-relation-joined",
                    kind: __charm::Kind::RelationJoined,
                    handlers: Hello::__ON_K8S_SERVICE_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::K8sServiceRelationJoined)
                    },
                },
                __charm::Row {
                    name: "k8s-service-relation-changed",
                    kind: __charm::Kind::RelationChanged,
                    handlers: Hello::__ON_K8S_SERVICE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::K8sServiceRelationChanged)
                    },
                },
                __charm::Row {
                    name: "k8s-service-relation-departed",
                    kind: __charm::Kind::RelationDeparted,
                    handlers: Hello::__ON_K8S_SERVICE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::K8sServiceRelationDeparted)
                    },
                },
                __charm::Row {
                    name: "k8s-service-relation-broken",
                    kind: __charm::Kind::RelationBroken,
                    handlers: Hello::__ON_K8S_SERVICE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::K8sServiceRelationBroken)
                    },
                },
                __charm::Row {
                    name: "data-storage-attached",
                    kind: __charm::Kind::StorageAttached,
                    handlers: Hello::__ON_DATA_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DataStorageAttached)
                    },
                },
                __charm::Row {
                    name: "data-storage-detaching",
                    kind: __charm::Kind::StorageDetaching,
                    handlers: Hello::__ON_DATA_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DataStorageDetaching)
                    },
                },
            ],
            any: Hello::__ON_ANY_IN_ONE_IMPL_BLOCK,
            status: Hello::__STATUS_IN_ONE_IMPL_BLOCK,
            app_status: Hello::__STATUS_APP_IN_ONE_IMPL_BLOCK,
        };

        const DEFERRED: Self::Cause = Cause::Deferred;
        fn settings(_: &Config) -> __charm::Result<(), __charm::Error> {
            __charm::Result::Ok(())
        }

        fn bind(&mut self, records: &__charm::Records) {
            __charm::Field::bind(&mut self.greeted, records, "greeted", &[]);
        }

        fn save(&self) -> __charm::Result<(), __charm::Error> {
            __charm::Field::save(&self.greeted)?;
            __charm::Result::Ok(())
        }
    }

    #[automatically_derived]
    impl __charm::Load for Config {
        fn load(options: __charm::Options<'_>) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(Self {
                greeting: options.get_or("greeting", "Hello")?,
                loud: options.get_or("loud", false)?,
                port: options.get("port")?,
                ratio: options.get_or("ratio", 0.5f64)?,
            })
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Hello, Ev> for &'d Cause {
        fn take(
            call: &'d __charm::Call<'d, Hello>,
        ) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(call.cause())
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Hello, Ev> for &'d Config {
        fn take(
            call: &'d __charm::Call<'d, Hello>,
        ) -> __charm::Result<Self, __charm::Error> {
            call.config()
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Hello, Ev> for Config {
        fn take(
            call: &'d __charm::Call<'d, Hello>,
        ) -> __charm::Result<Self, __charm::Error> {
            call.config().cloned()
        }
    }
};

impl Hello {
    fn install(&mut self, unit: &Unit) -> Result<()> {
        *self.greeted.get_mut()? += 1;
        info!("hello, {}", unit.name() ?);
        Ok(())
    }

    fn service(
        &mut self,
        event: RelationChanged<endpoint::K8sService>,
    ) -> Result<Outcome> {
        if event.relation.remote_app().entries()?.is_empty() {
            return Ok(Outcome::defer("no address yet"));
        }
        Ok(Outcome::done())
    }
}

#[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
const _: () = {
    use ::charm_runtime::__private as __charm;

    impl Hello {
        pub(crate) const __ON_INSTALL_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "install",
                was: &[],
                run: |charm, call| {
                    let unit = <&Unit as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Install,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::Install,
                    >>::into_outcome(charm.install(unit), call.juju)
                },
            },
        ];
        pub(crate) const __ON_K8S_SERVICE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "service",
                was: &[],
                run: |charm, call| {
                    let event = <RelationChanged<
                        endpoint::K8sService,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationChanged<endpoint::K8sService>,
                    >>::take(call)?;
                    <Result<
                        Outcome,
                    > as __charm::Return<
                        __charm::RelationChanged<endpoint::K8sService>,
                    >>::into_outcome(charm.service(event), call.juju)
                },
            },
        ];
    }
};

/// The events that have handlers, and their names.
fn handled<C: charm_runtime::Charm>() -> Vec<(&'static str, Vec<&'static str>)> {
    let rows = C::TABLE.events.iter().filter(|row| !row.handlers.is_empty());
    rows.map(|row| (row.name, row.handlers.iter().map(|handler| handler.id).collect()))
        .collect()
}

fn main() {}

// `tests/pass/nouns.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! Every noun that `charmcraft.yaml` declares as a type, and as a handler's argument.
#![allow(dead_code, unused_imports)]

use charm_runtime::prelude::*;
use charm_runtime::{Binding, MultipleStorage, ResourceKind, ResourceName, StorageName};

#[derive(Default)]
pub struct Hello;
/// The endpoints that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod endpoint {
    /// The endpoint `website`: provides the interface `http`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Website {}
}

#[automatically_derived]
impl ::charm_runtime::Endpoint for endpoint::Website {
    const NAME: &'static str = "website";
    const ROLE: ::charm_runtime::Role = ::charm_runtime::Role::Provides;
    const INTERFACE: &'static str = "http";
    type RemoteApp = ::charm_runtime::RawDatabag;
    type LocalApp = ::charm_runtime::RawDatabag;
    type RemoteUnit = ::charm_runtime::RawDatabag;
    type LocalUnit = ::charm_runtime::RawDatabag;
}

/// The extra bindings that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod binding {
    /// The extra binding `self`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Self_ {}
    impl ::charm_runtime::Binding for Self_ {
        const NAME: &'static str = "self";
    }
}

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
    /// The storage `logs`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Logs {}
    impl ::charm_runtime::StorageName for Logs {
        const NAME: &'static str = "logs";
    }

    impl ::charm_runtime::MultipleStorage for Logs {
        const MOST: ::core::option::Option<u32> = ::core::option::Option::None;
    }

    /// The storage `raw-disks`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum RawDisks {}
    impl ::charm_runtime::StorageName for RawDisks {
        const NAME: &'static str = "raw-disks";
    }

    impl ::charm_runtime::MultipleStorage for RawDisks {
        const MOST: ::core::option::Option<u32> = ::core::option::Option::Some(4u32);
    }
}

/// The resources that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod resource {
    /// The resource `app-image`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum AppImage {}
    impl ::charm_runtime::ResourceName for AppImage {
        const NAME: &'static str = "app-image";
        const KIND: ::charm_runtime::ResourceKind = ::charm_runtime::ResourceKind::OciImage;
    }

    /// The resource `tool`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Tool {}
    impl ::charm_runtime::ResourceName for Tool {
        const NAME: &'static str = "tool";
        const KIND: ::charm_runtime::ResourceKind = ::charm_runtime::ResourceKind::File;
    }
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
    /// `relation-created` of `website`: Sent once for each relation, before any of its units is seen.
    WebsiteRelationCreated(::charm_runtime::event::RelationCreated<endpoint::Website>),
    /// `relation-joined` of `website`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
    WebsiteRelationJoined(::charm_runtime::event::RelationJoined<endpoint::Website>),
    /// `relation-changed` of `website`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
    WebsiteRelationChanged(::charm_runtime::event::RelationChanged<endpoint::Website>),
    /// `relation-departed` of `website`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
    WebsiteRelationDeparted(::charm_runtime::event::RelationDeparted<endpoint::Website>),
    /// `relation-broken` of `website`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
    WebsiteRelationBroken(::charm_runtime::event::RelationBroken<endpoint::Website>),
    /// `storage-attached` of `data`: Sent when a storage is attached and can be used, on machines before `install`.
    DataStorageAttached(::charm_runtime::event::StorageAttached<storage::Data>),
    /// `storage-detaching` of `data`: Sent before a storage is detached: it can still be used.
    DataStorageDetaching(::charm_runtime::event::StorageDetaching<storage::Data>),
    /// `storage-attached` of `logs`: Sent when a storage is attached and can be used, on machines before `install`.
    LogsStorageAttached(::charm_runtime::event::StorageAttached<storage::Logs>),
    /// `storage-detaching` of `logs`: Sent before a storage is detached: it can still be used.
    LogsStorageDetaching(::charm_runtime::event::StorageDetaching<storage::Logs>),
    /// `storage-attached` of `raw-disks`: Sent when a storage is attached and can be used, on machines before `install`.
    RawDisksStorageAttached(::charm_runtime::event::StorageAttached<storage::RawDisks>),
    /// `storage-detaching` of `raw-disks`: Sent before a storage is detached: it can still be used.
    RawDisksStorageDetaching(
        ::charm_runtime::event::StorageDetaching<storage::RawDisks>,
    ),
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
        const __ON_WEBSITE_RELATION_CREATED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_WEBSITE_RELATION_JOINED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_WEBSITE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_WEBSITE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_WEBSITE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATA_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DATA_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_LOGS_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_LOGS_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_RAW_DISKS_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_RAW_DISKS_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Hello> = &[];
        const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
        const __STATUS_APP_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
    }

    impl Unhandled for Hello {}
    #[automatically_derived]
    impl __charm::Charm for Hello {
        type Cause = Cause;
        type Config = ();
        type Settings = ();
        const NAME: &'static str = "hello";
        const METADATA: &'static str = ::core::include_str!("../pass/nouns.yaml");
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
                    name: "website-relation-created",
                    kind: __charm::Kind::RelationCreated,
                    handlers: Hello::__ON_WEBSITE_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationCreated)
                    },
                },
                __charm::Row {
                    name: "website-relation-joined",
                    kind: __charm::Kind::RelationJoined,
                    handlers: Hello::__ON_WEBSITE_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationJoined)
                    },
                },
                __charm::Row {
                    name: "website-relation-changed",
                    kind: __charm::Kind::RelationChanged,
                    handlers: Hello::__ON_WEBSITE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationChanged)
                    },
                },
                __charm::Row {
                    name: "website-relation-departed",
                    kind: __charm::Kind::RelationDeparted,
                    handlers: Hello::__ON_WEBSITE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationDeparted)
                    },
                },
                __charm::Row {
                    name: "website-relation-broken",
                    kind: __charm::Kind::RelationBroken,
                    handlers: Hello::__ON_WEBSITE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationBroken)
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
                __charm::Row {
                    name: "logs-storage-attached",
                    kind: __charm::Kind::StorageAttached,
                    handlers: Hello::__ON_LOGS_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::LogsStorageAttached)
                    },
                },
                __charm::Row {
                    name: "logs-storage-detaching",
                    kind: __charm::Kind::StorageDetaching,
                    handlers: Hello::__ON_LOGS_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::LogsStorageDetaching)
                    },
                },
                __charm::Row {
                    name: "raw-disks-storage-attached",
                    kind: __charm::Kind::StorageAttached,
                    handlers: Hello::__ON_RAW_DISKS_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::RawDisksStorageAttached)
                    },
                },
                __charm::Row {
                    name: "raw-disks-storage-detaching",
                    kind: __charm::Kind::StorageDetaching,
                    handlers: Hello::__ON_RAW_DISKS_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::RawDisksStorageDetaching)
                    },
                },
            ],
            any: Hello::__ON_ANY_IN_ONE_IMPL_BLOCK,
            status: Hello::__STATUS_IN_ONE_IMPL_BLOCK,
            app_status: Hello::__STATUS_APP_IN_ONE_IMPL_BLOCK,
        };

        const DEFERRED: Self::Cause = Cause::Deferred;
        fn settings(_: &()) -> __charm::Result<(), __charm::Error> {
            __charm::Result::Ok(())
        }

        fn bind(&mut self, records: &__charm::Records) {
            let _ = records;
        }

        fn save(&self) -> __charm::Result<(), __charm::Error> {
            __charm::Result::Ok(())
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
};

impl Hello {
    fn storages(
        &mut self,
        data: Option<Storage<storage::Data>>,
        disks: Storages<storage::RawDisks>,
        _logs: Storages<storage::Logs>,
    ) -> Result<()> {
        let _ = data;
        Ok(disks.request(1)?)
    }

    fn attached(
        &mut self,
        _event: StorageAttached<storage::RawDisks>,
        _disk: Storage<storage::RawDisks>,
    ) {}
    fn others(
        &mut self,
        _tool: Resource<resource::Tool>,
        _image: Resource<resource::AppImage>,
        _website: Network<endpoint::Website>,
        _self: Network<binding::Self_>,
        _ports: Ports,
        _model: &Model,
    ) {}
    fn status(
        &self,
        _ports: &Ports,
        _model: Model,
        _tool: Resource<resource::Tool>,
    ) -> Status {
        Status::active("")
    }
}

#[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
const _: () = {
    use ::charm_runtime::__private as __charm;

    impl Hello {
        pub(crate) const __ON_RAW_DISKS_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "attached",
                was: &[],
                run: |charm, call| {
                    let _event = <StorageAttached<
                        storage::RawDisks,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::StorageAttached<storage::RawDisks>,
                    >>::take(call)?;
                    let _disk = <Storage<
                        storage::RawDisks,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::StorageAttached<storage::RawDisks>,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::StorageAttached<storage::RawDisks>,
                    >>::into_outcome(charm.attached(_event, _disk), call.juju)
                },
            },
        ];
        pub(crate) const __ON_INSTALL_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "others",
                was: &[],
                run: |charm, call| {
                    let _tool = <Resource<
                        resource::Tool,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _image = <Resource<
                        resource::AppImage,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _website = <Network<
                        endpoint::Website,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _self = <Network<
                        binding::Self_,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _ports = <Ports as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _model = <&Model as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::marker::Several,
                    >>::into_outcome(
                        charm.others(_tool, _image, _website, _self, _ports, _model),
                        call.juju,
                    )
                },
            },
        ];
        pub(crate) const __ON_START_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "others",
                was: &[],
                run: |charm, call| {
                    let _tool = <Resource<
                        resource::Tool,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _image = <Resource<
                        resource::AppImage,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _website = <Network<
                        endpoint::Website,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _self = <Network<
                        binding::Self_,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _ports = <Ports as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    let _model = <&Model as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::Several,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::marker::Several,
                    >>::into_outcome(
                        charm.others(_tool, _image, _website, _self, _ports, _model),
                        call.juju,
                    )
                },
            },
        ];
        pub(crate) const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Hello> = &[
            __charm::AnyHandler {
                handler: __charm::Handler {
                    id: "storages",
                    was: &[],
                    run: |charm, call| {
                        let data = <Option<
                            Storage<storage::Data>,
                        > as __charm::Argument<
                            '_,
                            Hello,
                            __charm::marker::Any,
                        >>::take(call)?;
                        let disks = <Storages<
                            storage::RawDisks,
                        > as __charm::Argument<
                            '_,
                            Hello,
                            __charm::marker::Any,
                        >>::take(call)?;
                        let _logs = <Storages<
                            storage::Logs,
                        > as __charm::Argument<
                            '_,
                            Hello,
                            __charm::marker::Any,
                        >>::take(call)?;
                        <Result<
                            (),
                        > as __charm::Return<
                            __charm::marker::Any,
                        >>::into_outcome(charm.storages(data, disks, _logs), call.juju)
                    },
                },
                also: &[],
                except: &[],
            },
        ];
        pub(crate) const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[
            __charm::StatusHandler {
                id: "status",
                run: |charm, call| {
                    let _ports = <&Ports as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::UnitStatus,
                    >>::take(call)?;
                    let _model = <Model as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::UnitStatus,
                    >>::take(call)?;
                    let _tool = <Resource<
                        resource::Tool,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::UnitStatus,
                    >>::take(call)?;
                    <Status as __charm::IntoStatus>::into_status(
                        charm.status(_ports, _model, _tool),
                    )
                },
            },
        ];
    }
};

fn main() {}

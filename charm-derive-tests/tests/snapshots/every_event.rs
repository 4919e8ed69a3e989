// `tests/pass/every_event.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! Every event that Juju can send, each with its own type; those that can wait are deferred.
#![allow(dead_code, unused_imports)]

use charm_runtime::prelude::*;

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

/// The resources that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod resource {
    /// The resource `image`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Image {}
    impl ::charm_runtime::ResourceName for Image {
        const NAME: &'static str = "image";
        const KIND: ::charm_runtime::ResourceKind = ::charm_runtime::ResourceKind::OciImage;
    }
}

/// The containers that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod container {
    /// The container `web`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Web {}
    impl ::charm_runtime::event::Container for Web {
        const NAME: &'static str = "web";
    }
}

/// The actions that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod action {
    /** The action `backup`. Backs up.

 It takes a while.*/
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Backup {}
    impl ::charm_runtime::event::ActionName for Backup {
        const NAME: &'static str = "backup";
        type Params = ();
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
    /// `pebble-ready` of `web`: Sent when a container's Pebble has started, and again when the unit's agent has restarted.
    WebPebbleReady(::charm_runtime::event::PebbleReady<container::Web>),
    /// `pebble-custom-notice` of `web`: Sent when the workload has recorded a custom notice (`pebble notify`).
    WebPebbleCustomNotice(::charm_runtime::event::PebbleCustomNotice<container::Web>),
    /// `pebble-check-failed` of `web`: Sent when a health check has failed as often as its threshold says.
    WebPebbleCheckFailed(::charm_runtime::event::PebbleCheckFailed<container::Web>),
    /// `pebble-check-recovered` of `web`: Sent when a health check that had failed succeeds again.
    WebPebbleCheckRecovered(
        ::charm_runtime::event::PebbleCheckRecovered<container::Web>,
    ),
    /** The action `backup`. Backs up.

 It takes a while.*/
    BackupAction(::charm_runtime::event::Action<action::Backup>),
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
        const __ON_WEB_PEBBLE_READY_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_WEB_PEBBLE_CUSTOM_NOTICE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_WEB_PEBBLE_CHECK_FAILED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_WEB_PEBBLE_CHECK_RECOVERED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ACTION_BACKUP_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Hello> = &[];
        const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
        const __STATUS_APP_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
    }

    impl Unhandled for Hello {}
    const _: () = ::core::assert!(
        Hello::__A_HANDLER_MAY_BE_MISTAKEN || !
        Hello::__ON_ACTION_BACKUP_IN_ONE_IMPL_BLOCK.is_empty(),
        "charmcraft.yaml declares the action `backup`, and no method handles it: mark one with `#[on(action = \"backup\")]`"
    );
    #[automatically_derived]
    impl __charm::Charm for Hello {
        type Cause = Cause;
        type Config = ();
        type Settings = ();
        const NAME: &'static str = "hello";
        const METADATA: &'static str = ::core::include_str!("../pass/every_event.yaml");
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
                    name: "web-pebble-ready",
                    kind: __charm::Kind::PebbleReady,
                    handlers: Hello::__ON_WEB_PEBBLE_READY_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebPebbleReady)
                    },
                },
                __charm::Row {
                    name: "web-pebble-custom-notice",
                    kind: __charm::Kind::PebbleCustomNotice,
                    handlers: Hello::__ON_WEB_PEBBLE_CUSTOM_NOTICE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebPebbleCustomNotice)
                    },
                },
                __charm::Row {
                    name: "web-pebble-check-failed",
                    kind: __charm::Kind::PebbleCheckFailed,
                    handlers: Hello::__ON_WEB_PEBBLE_CHECK_FAILED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebPebbleCheckFailed)
                    },
                },
                __charm::Row {
                    name: "web-pebble-check-recovered",
                    kind: __charm::Kind::PebbleCheckRecovered,
                    handlers: Hello::__ON_WEB_PEBBLE_CHECK_RECOVERED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebPebbleCheckRecovered)
                    },
                },
                __charm::Row {
                    name: "backup",
                    kind: __charm::Kind::Action,
                    handlers: Hello::__ON_ACTION_BACKUP_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::BackupAction)
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
    fn install(&mut self, _event: Install) -> Outcome {
        Outcome::defer("not yet")
    }

    fn start(&mut self, _event: Start) -> Outcome {
        Outcome::defer("not yet")
    }

    fn stop(&mut self, _event: Stop) -> Result<()> {
        Ok(())
    }

    fn remove(&mut self, _event: Remove) -> Result<()> {
        Ok(())
    }

    fn config_changed(&mut self, _event: ConfigChanged) -> Outcome {
        Outcome::defer("not yet")
    }

    fn update_status(&mut self, _event: UpdateStatus) -> Outcome {
        Outcome::defer("not yet")
    }

    fn upgrade_charm(&mut self, _event: UpgradeCharm) -> Outcome {
        Outcome::defer("not yet")
    }

    fn leader_elected(&mut self, _event: LeaderElected) -> Outcome {
        Outcome::defer("not yet")
    }

    fn leader_settings_changed(&mut self, _event: LeaderSettingsChanged) -> Result<()> {
        Ok(())
    }

    fn pre_series_upgrade(&mut self, _event: PreSeriesUpgrade) -> Result<()> {
        Ok(())
    }

    fn post_series_upgrade(&mut self, _event: PostSeriesUpgrade) -> Result<()> {
        Ok(())
    }

    fn collect_metrics(&mut self, _event: CollectMetrics) -> Result<()> {
        Ok(())
    }

    fn meter_status_changed(&mut self, _event: MeterStatusChanged) -> Result<()> {
        Ok(())
    }

    fn relation_created(
        &mut self,
        _event: RelationCreated<endpoint::Website>,
    ) -> Outcome {
        Outcome::defer("not yet")
    }

    fn relation_joined(&mut self, _event: RelationJoined<endpoint::Website>) -> Outcome {
        Outcome::defer("not yet")
    }

    fn relation_changed(
        &mut self,
        _event: RelationChanged<endpoint::Website>,
    ) -> Outcome {
        Outcome::defer("not yet")
    }

    fn relation_departed(
        &mut self,
        _event: RelationDeparted<endpoint::Website>,
    ) -> Result<()> {
        Ok(())
    }

    fn relation_broken(
        &mut self,
        _event: RelationBroken<endpoint::Website>,
    ) -> Result<()> {
        Ok(())
    }

    fn storage_attached(&mut self, _event: StorageAttached<storage::Data>) -> Outcome {
        Outcome::defer("not yet")
    }

    fn storage_detaching(
        &mut self,
        _event: StorageDetaching<storage::Data>,
    ) -> Result<()> {
        Ok(())
    }

    fn secret_changed(&mut self, _event: SecretChanged) -> Outcome {
        Outcome::defer("not yet")
    }

    fn secret_rotate(&mut self, _event: SecretRotate) -> Result<()> {
        Ok(())
    }

    fn secret_expired(&mut self, _event: SecretExpired) -> Result<()> {
        Ok(())
    }

    fn secret_remove(&mut self, _event: SecretRemove) -> Result<()> {
        Ok(())
    }

    fn pebble_ready(&mut self, _event: PebbleReady<container::Web>) -> Outcome {
        Outcome::defer("not yet")
    }

    fn pebble_custom_notice(
        &mut self,
        _event: PebbleCustomNotice<container::Web>,
    ) -> Outcome {
        Outcome::defer("not yet")
    }

    fn pebble_check_failed(
        &mut self,
        _event: PebbleCheckFailed<container::Web>,
    ) -> Outcome {
        Outcome::defer("not yet")
    }

    fn pebble_check_recovered(
        &mut self,
        _event: PebbleCheckRecovered<container::Web>,
    ) -> Outcome {
        Outcome::defer("not yet")
    }

    fn action(&mut self, _event: Action<action::Backup>) -> Result<()> {
        Ok(())
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
                    let _event = <Install as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Install,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::Install,
                    >>::into_outcome(charm.install(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_START_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "start",
                was: &[],
                run: |charm, call| {
                    let _event = <Start as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Start,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::Start,
                    >>::into_outcome(charm.start(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_STOP_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "stop",
                was: &[],
                run: |charm, call| {
                    let _event = <Stop as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Stop,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::Stop,
                    >>::into_outcome(charm.stop(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_REMOVE_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "remove",
                was: &[],
                run: |charm, call| {
                    let _event = <Remove as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Remove,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::Remove,
                    >>::into_outcome(charm.remove(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "config_changed",
                was: &[],
                run: |charm, call| {
                    let _event = <ConfigChanged as __charm::Argument<
                        '_,
                        Hello,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::ConfigChanged,
                    >>::into_outcome(charm.config_changed(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_UPDATE_STATUS_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "update_status",
                was: &[],
                run: |charm, call| {
                    let _event = <UpdateStatus as __charm::Argument<
                        '_,
                        Hello,
                        __charm::UpdateStatus,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::UpdateStatus,
                    >>::into_outcome(charm.update_status(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_UPGRADE_CHARM_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "upgrade_charm",
                was: &[],
                run: |charm, call| {
                    let _event = <UpgradeCharm as __charm::Argument<
                        '_,
                        Hello,
                        __charm::UpgradeCharm,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::UpgradeCharm,
                    >>::into_outcome(charm.upgrade_charm(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_LEADER_ELECTED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "leader_elected",
                was: &[],
                run: |charm, call| {
                    let _event = <LeaderElected as __charm::Argument<
                        '_,
                        Hello,
                        __charm::LeaderElected,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::LeaderElected,
                    >>::into_outcome(charm.leader_elected(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_LEADER_SETTINGS_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "leader_settings_changed",
                was: &[],
                run: |charm, call| {
                    let _event = <LeaderSettingsChanged as __charm::Argument<
                        '_,
                        Hello,
                        __charm::LeaderSettingsChanged,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::LeaderSettingsChanged,
                    >>::into_outcome(charm.leader_settings_changed(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_PRE_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "pre_series_upgrade",
                was: &[],
                run: |charm, call| {
                    let _event = <PreSeriesUpgrade as __charm::Argument<
                        '_,
                        Hello,
                        __charm::PreSeriesUpgrade,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::PreSeriesUpgrade,
                    >>::into_outcome(charm.pre_series_upgrade(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_POST_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "post_series_upgrade",
                was: &[],
                run: |charm, call| {
                    let _event = <PostSeriesUpgrade as __charm::Argument<
                        '_,
                        Hello,
                        __charm::PostSeriesUpgrade,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::PostSeriesUpgrade,
                    >>::into_outcome(charm.post_series_upgrade(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_COLLECT_METRICS_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "collect_metrics",
                was: &[],
                run: |charm, call| {
                    let _event = <CollectMetrics as __charm::Argument<
                        '_,
                        Hello,
                        __charm::CollectMetrics,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::CollectMetrics,
                    >>::into_outcome(charm.collect_metrics(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_METER_STATUS_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "meter_status_changed",
                was: &[],
                run: |charm, call| {
                    let _event = <MeterStatusChanged as __charm::Argument<
                        '_,
                        Hello,
                        __charm::MeterStatusChanged,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::MeterStatusChanged,
                    >>::into_outcome(charm.meter_status_changed(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEBSITE_RELATION_CREATED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "relation_created",
                was: &[],
                run: |charm, call| {
                    let _event = <RelationCreated<
                        endpoint::Website,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationCreated<endpoint::Website>,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::RelationCreated<endpoint::Website>,
                    >>::into_outcome(charm.relation_created(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEBSITE_RELATION_JOINED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "relation_joined",
                was: &[],
                run: |charm, call| {
                    let _event = <RelationJoined<
                        endpoint::Website,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationJoined<endpoint::Website>,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::RelationJoined<endpoint::Website>,
                    >>::into_outcome(charm.relation_joined(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEBSITE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "relation_changed",
                was: &[],
                run: |charm, call| {
                    let _event = <RelationChanged<
                        endpoint::Website,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationChanged<endpoint::Website>,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::RelationChanged<endpoint::Website>,
                    >>::into_outcome(charm.relation_changed(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEBSITE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "relation_departed",
                was: &[],
                run: |charm, call| {
                    let _event = <RelationDeparted<
                        endpoint::Website,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationDeparted<endpoint::Website>,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::RelationDeparted<endpoint::Website>,
                    >>::into_outcome(charm.relation_departed(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEBSITE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "relation_broken",
                was: &[],
                run: |charm, call| {
                    let _event = <RelationBroken<
                        endpoint::Website,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationBroken<endpoint::Website>,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::RelationBroken<endpoint::Website>,
                    >>::into_outcome(charm.relation_broken(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_DATA_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "storage_attached",
                was: &[],
                run: |charm, call| {
                    let _event = <StorageAttached<
                        storage::Data,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::StorageAttached<storage::Data>,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::StorageAttached<storage::Data>,
                    >>::into_outcome(charm.storage_attached(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_DATA_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "storage_detaching",
                was: &[],
                run: |charm, call| {
                    let _event = <StorageDetaching<
                        storage::Data,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::StorageDetaching<storage::Data>,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::StorageDetaching<storage::Data>,
                    >>::into_outcome(charm.storage_detaching(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_SECRET_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "secret_changed",
                was: &[],
                run: |charm, call| {
                    let _event = <SecretChanged as __charm::Argument<
                        '_,
                        Hello,
                        __charm::SecretChanged,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::SecretChanged,
                    >>::into_outcome(charm.secret_changed(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_SECRET_ROTATE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "secret_rotate",
                was: &[],
                run: |charm, call| {
                    let _event = <SecretRotate as __charm::Argument<
                        '_,
                        Hello,
                        __charm::SecretRotate,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::SecretRotate,
                    >>::into_outcome(charm.secret_rotate(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "secret_expired",
                was: &[],
                run: |charm, call| {
                    let _event = <SecretExpired as __charm::Argument<
                        '_,
                        Hello,
                        __charm::SecretExpired,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::SecretExpired,
                    >>::into_outcome(charm.secret_expired(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_SECRET_REMOVE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "secret_remove",
                was: &[],
                run: |charm, call| {
                    let _event = <SecretRemove as __charm::Argument<
                        '_,
                        Hello,
                        __charm::SecretRemove,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::SecretRemove,
                    >>::into_outcome(charm.secret_remove(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEB_PEBBLE_READY_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "pebble_ready",
                was: &[],
                run: |charm, call| {
                    let _event = <PebbleReady<
                        container::Web,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::PebbleReady<container::Web>,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::PebbleReady<container::Web>,
                    >>::into_outcome(charm.pebble_ready(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEB_PEBBLE_CUSTOM_NOTICE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "pebble_custom_notice",
                was: &[],
                run: |charm, call| {
                    let _event = <PebbleCustomNotice<
                        container::Web,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::PebbleCustomNotice<container::Web>,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::PebbleCustomNotice<container::Web>,
                    >>::into_outcome(charm.pebble_custom_notice(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEB_PEBBLE_CHECK_FAILED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "pebble_check_failed",
                was: &[],
                run: |charm, call| {
                    let _event = <PebbleCheckFailed<
                        container::Web,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::PebbleCheckFailed<container::Web>,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::PebbleCheckFailed<container::Web>,
                    >>::into_outcome(charm.pebble_check_failed(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_WEB_PEBBLE_CHECK_RECOVERED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "pebble_check_recovered",
                was: &[],
                run: |charm, call| {
                    let _event = <PebbleCheckRecovered<
                        container::Web,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::PebbleCheckRecovered<container::Web>,
                    >>::take(call)?;
                    <Outcome as __charm::Return<
                        __charm::PebbleCheckRecovered<container::Web>,
                    >>::into_outcome(charm.pebble_check_recovered(_event), call.juju)
                },
            },
        ];
        pub(crate) const __ON_ACTION_BACKUP_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "action",
                was: &[],
                run: |charm, call| {
                    let _event = <Action<
                        action::Backup,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Action<action::Backup>,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::Action<action::Backup>,
                    >>::into_outcome(charm.action(_event), call.juju)
                },
            },
        ];
    }
};

fn main() {}

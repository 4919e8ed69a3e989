// `tests/pass/lints.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! A crate that denies every warning: nothing that is generated gives one.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_qualifications
)]
#![deny(unused, nonstandard_style, rust_2018_idioms, let_underscore, keyword_idents)]
#![deny(clippy::all, clippy::pedantic)]
#![allow(clippy::needless_pass_by_value, clippy::unnecessary_wraps, clippy::unused_self)]
#![forbid(unsafe_code)]
#![allow(dead_code, unused_imports)]

/// A public charm.
pub mod public {
    use charm_runtime::prelude::*;

    /// What the other side writes.
    #[derive(Debug, Databag)]
    pub struct Service {
        /// Where it is.
        pub host: String,
        /// Its port.
        #[databag(raw)]
        pub port: Option<u16>,
    }

    /// The charm.
    #[derive(Debug, Default)]
    pub struct Hello {
        started: Stored<bool>,
    }

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
        type RemoteApp = Service;
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
        WebsiteRelationCreated(
            ::charm_runtime::event::RelationCreated<endpoint::Website>,
        ),
        /// `relation-joined` of `website`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
        WebsiteRelationJoined(::charm_runtime::event::RelationJoined<endpoint::Website>),
        /// `relation-changed` of `website`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
        WebsiteRelationChanged(
            ::charm_runtime::event::RelationChanged<endpoint::Website>,
        ),
        /// `relation-departed` of `website`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
        WebsiteRelationDeparted(
            ::charm_runtime::event::RelationDeparted<endpoint::Website>,
        ),
        /// `relation-broken` of `website`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
        WebsiteRelationBroken(::charm_runtime::event::RelationBroken<endpoint::Website>),
        /// `storage-attached` of `data`: Sent when a storage is attached and can be used, on machines before `install`.
        DataStorageAttached(::charm_runtime::event::StorageAttached<storage::Data>),
        /// `storage-detaching` of `data`: Sent before a storage is detached: it can still be used.
        DataStorageDetaching(::charm_runtime::event::StorageDetaching<storage::Data>),
        /// `pebble-ready` of `web`: Sent when a container's Pebble has started, and again when the unit's agent has restarted.
        WebPebbleReady(::charm_runtime::event::PebbleReady<container::Web>),
        /// `pebble-custom-notice` of `web`: Sent when the workload has recorded a custom notice (`pebble notify`).
        WebPebbleCustomNotice(
            ::charm_runtime::event::PebbleCustomNotice<container::Web>,
        ),
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
            const METADATA: &'static str = ::core::include_str!(
                "../pass/every_event.yaml"
            );
            const LOG_LEVEL: __charm::LevelFilter = __charm::LevelFilter::INFO;
            const TABLE: &'static __charm::Table<Self> = &__charm::Table {
                events: &[
                    __charm::Row {
                        name: "install",
                        kind: __charm::Kind::Install,
                        handlers: Hello::__ON_INSTALL_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::Install)
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
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::Remove)
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
                __charm::Field::bind(&mut self.started, records, "started", &[]);
            }

            fn save(&self) -> __charm::Result<(), __charm::Error> {
                __charm::Field::save(&self.started)?;
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
        fn start(&mut self, cause: &Cause) -> Result<Outcome> {
            self.started.set(matches!(cause, Cause::Start(_)));
            Ok(Outcome::done())
        }

        fn backup(&mut self) {}
        fn reconcile(&self, leader: Option<Leader<'_>>) {
            let _ = leader;
        }
    }

    #[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
    const _: () = {
        use ::charm_runtime::__private as __charm;

        impl Hello {
            pub(crate) const __ON_START_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
                __charm::Handler {
                    id: "start",
                    was: &[],
                    run: |charm, call| {
                        let cause = <&Cause as __charm::Argument<
                            '_,
                            Hello,
                            __charm::Start,
                        >>::take(call)?;
                        <Result<
                            Outcome,
                        > as __charm::Return<
                            __charm::Start,
                        >>::into_outcome(charm.start(cause), call.juju)
                    },
                },
            ];
            pub(crate) const __ON_ACTION_BACKUP_IN_ONE_IMPL_BLOCK: __charm::Handlers<
                Hello,
            > = &[
                __charm::Handler {
                    id: "backup",
                    was: &[],
                    run: |charm, call| {
                        <() as __charm::Return<
                            __charm::Action<action::Backup>,
                        >>::into_outcome(charm.backup(), call.juju)
                    },
                },
            ];
            pub(crate) const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Hello> = &[
                __charm::AnyHandler {
                    handler: __charm::Handler {
                        id: "reconcile",
                        was: &[],
                        run: |charm, call| {
                            let leader = <Option<
                                Leader<'_>,
                            > as __charm::Argument<
                                '_,
                                Hello,
                                __charm::marker::Any,
                            >>::take(call)?;
                            <() as __charm::Return<
                                __charm::marker::Any,
                            >>::into_outcome(charm.reconcile(leader), call.juju)
                        },
                    },
                    also: &[],
                    except: &[],
                },
            ];
        }
    };
}

/// A charm with types for everything.
pub mod typed {
    use charm_runtime::prelude::*;

    /// What an action answers.
    #[derive(Debug, ActionResults)]
    pub struct Rotated {
        old_keys: Vec<String>,
    }

    /// What the options mean.
    #[derive(Debug)]
    pub struct Settings;
    impl TryFrom<Config> for Settings {
        type Error = String;
        fn try_from(config: Config) -> Result<Self, String> {
            if config.r#type { Ok(Self) } else { Err("set type".to_owned()) }
        }
    }

    /// The charm.
    #[derive(Debug, Default)]
    pub struct Hello;
    /// The actions that `charmcraft.yaml` declares, as types.
    #[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
    pub mod action {
        /// The action `backup`.
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        pub enum Backup {}
        impl ::charm_runtime::event::ActionName for Backup {
            const NAME: &'static str = "backup";
            type Params = ();
        }

        /// The action `restore`.
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        pub enum Restore {}
        impl ::charm_runtime::event::ActionName for Restore {
            const NAME: &'static str = "restore";
            type Params = ();
        }
        /** The action `rotate`. Makes a new key.

 an indented line, [brackets] and <angles>*/
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        pub enum Rotate {}
        impl ::charm_runtime::event::ActionName for Rotate {
            const NAME: &'static str = "rotate";
            type Params = RotateParams;
        }

        /// What the parameter `algorithm` of the action `rotate` may be.
        #[derive(
            ::core::fmt::Debug,
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::hash::Hash,
        )]
        pub enum RotateAlgorithm {
            /// `sha-256`.
            Sha256,
            /// `md5`.
            Md5,
            /// `2`.
            _2,
            /// The empty text.
            Empty,
            /// `Self`.
            Self_,
        }

        impl RotateAlgorithm {
            /// As `charmcraft.yaml` writes it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::Sha256 => "sha-256",
                    Self::Md5 => "md5",
                    Self::_2 => "2",
                    Self::Empty => "",
                    Self::Self_ => "Self",
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for RotateAlgorithm {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::charm_runtime::parameter::FromParameter for RotateAlgorithm {
            fn from_parameter(
                parameter: ::charm_runtime::parameter::Parameter<'_>,
            ) -> ::core::result::Result<Self, ::charm_runtime::Error> {
                parameter
                    .choice(
                        &[
                            ("sha-256", Self::Sha256),
                            ("md5", Self::Md5),
                            ("2", Self::_2),
                            ("", Self::Empty),
                            ("Self", Self::Self_),
                        ],
                    )
            }
        }

        /// The parameter `limits` of the action `rotate`.
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
        pub struct RotateLimits {
            /// The parameter `cpu`.
            pub cpu: ::core::option::Option<f64>,
        }

        #[automatically_derived]
        impl ::charm_runtime::parameter::Parameters for RotateLimits {
            fn read(
                given: ::charm_runtime::parameter::Given<'_>,
            ) -> ::core::result::Result<Self, ::charm_runtime::Error> {
                ::core::result::Result::Ok(Self {
                    cpu: given.optional("cpu")?,
                })
            }
        }

        /// The parameter `target` of the action `rotate`.
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
        pub struct RotateTarget {
            /// The parameter `3rd-port`.
            pub _3rd_port: i64,
            /// The parameter `host`.
            pub host: ::std::string::String,
        }

        #[automatically_derived]
        impl ::charm_runtime::parameter::Parameters for RotateTarget {
            fn read(
                given: ::charm_runtime::parameter::Given<'_>,
            ) -> ::core::result::Result<Self, ::charm_runtime::Error> {
                given.refuse_others(&["3rd-port", "host"])?;
                ::core::result::Result::Ok(Self {
                    _3rd_port: given.or_default("3rd-port", "443")?,
                    host: given.required("host")?,
                })
            }
        }

        /// What the parameter `ways` of the action `rotate` may be.
        #[derive(
            ::core::fmt::Debug,
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::hash::Hash,
        )]
        pub enum RotateWays {
            /// `in`.
            In,
            /// `out`.
            Out,
        }

        impl RotateWays {
            /// As `charmcraft.yaml` writes it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::In => "in",
                    Self::Out => "out",
                }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for RotateWays {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::charm_runtime::parameter::FromParameter for RotateWays {
            fn from_parameter(
                parameter: ::charm_runtime::parameter::Parameter<'_>,
            ) -> ::core::result::Result<Self, ::charm_runtime::Error> {
                parameter.choice(&[("in", Self::In), ("out", Self::Out)])
            }
        }

        /// The parameters of the action `rotate`.
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
        pub struct RotateParams {
            /// `algorithm`: How the key is made.
            pub algorithm: RotateAlgorithm,
            /// The parameter `anything`.
            pub anything: ::charm_runtime::serde_json::Value,
            /// `keep`: How many old keys are kept.
            pub keep: i64,
            /// The parameter `labels`.
            pub labels: ::core::option::Option<
                ::std::collections::BTreeMap<
                    ::std::string::String,
                    ::std::string::String,
                >,
            >,
            /// The parameter `limits`.
            pub limits: ::core::option::Option<
                ::std::collections::BTreeMap<::std::string::String, RotateLimits>,
            >,
            /// The parameter `note`.
            pub note: ::core::option::Option<::std::string::String>,
            /// `target`: Where it goes.
            pub target: ::core::option::Option<RotateTarget>,
            /// The parameter `type`.
            pub r#type: ::core::option::Option<::std::string::String>,
            /// The parameter `ways`.
            pub ways: ::core::option::Option<::std::vec::Vec<RotateWays>>,
            /// Parameters that are not declared, by their names.
            pub additional: ::std::collections::BTreeMap<
                ::std::string::String,
                ::charm_runtime::serde_json::Value,
            >,
        }

        #[automatically_derived]
        impl ::charm_runtime::parameter::Parameters for RotateParams {
            fn read(
                given: ::charm_runtime::parameter::Given<'_>,
            ) -> ::core::result::Result<Self, ::charm_runtime::Error> {
                ::core::result::Result::Ok(Self {
                    algorithm: given.or_default("algorithm", "\"sha-256\"")?,
                    anything: given.or_default("anything", "{\"a\":[1,2.5]}")?,
                    keep: given.required("keep")?,
                    labels: given.optional("labels")?,
                    limits: given.optional("limits")?,
                    note: given.optional("note")?.flatten(),
                    target: given.optional("target")?,
                    r#type: given.optional("type")?,
                    ways: given.optional("ways")?,
                    additional: given
                        .keep_others(
                            &[
                                "algorithm",
                                "anything",
                                "keep",
                                "labels",
                                "limits",
                                "note",
                                "target",
                                "type",
                                "ways",
                            ],
                        )?,
                })
            }
        }
    }

    /// The options that `charmcraft.yaml` declares, as this dispatch sees them.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
    #[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
    pub struct Config {
        /// The option `admin`.
        pub admin: ::core::option::Option<::charm_runtime::SecretId>,
        /** `log-level`: What is logged from this level up.

 an indented line, [brackets] and <angles>*/
        pub log_level: ::std::string::String,
        /// The option `port`.
        pub port: ::core::option::Option<u16>,
        /// The option `type`.
        pub r#type: bool,
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
        /// The action `backup`.
        BackupAction(::charm_runtime::event::Action<action::Backup>),
        /// The action `restore`.
        RestoreAction(::charm_runtime::event::Action<action::Restore>),
        /** The action `rotate`. Makes a new key.

 an indented line, [brackets] and <angles>*/
        RotateAction(::charm_runtime::event::Action<action::Rotate>),
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
            const __ON_ACTION_BACKUP_IN_ONE_IMPL_BLOCK: Handlers = &[];
            const __ON_ACTION_RESTORE_IN_ONE_IMPL_BLOCK: Handlers = &[];
            const __ON_ACTION_ROTATE_IN_ONE_IMPL_BLOCK: Handlers = &[];
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
        const _: () = ::core::assert!(
            Hello::__A_HANDLER_MAY_BE_MISTAKEN || !
            Hello::__ON_ACTION_RESTORE_IN_ONE_IMPL_BLOCK.is_empty(),
            "charmcraft.yaml declares the action `restore`, and no method handles it: mark one with `#[on(action = \"restore\")]`"
        );
        const _: () = ::core::assert!(
            Hello::__A_HANDLER_MAY_BE_MISTAKEN || !
            Hello::__ON_ACTION_ROTATE_IN_ONE_IMPL_BLOCK.is_empty(),
            "charmcraft.yaml declares the action `rotate`, and no method handles it: mark one with `#[on(action = \"rotate\")]`"
        );
        #[automatically_derived]
        impl __charm::Charm for Hello {
            type Cause = Cause;
            type Config = Config;
            type Settings = Settings;
            const NAME: &'static str = "hello";
            const METADATA: &'static str = ::core::include_str!("../pass/typed.yaml");
            const LOG_LEVEL: __charm::LevelFilter = __charm::LevelFilter::INFO;
            const TABLE: &'static __charm::Table<Self> = &__charm::Table {
                events: &[
                    __charm::Row {
                        name: "install",
                        kind: __charm::Kind::Install,
                        handlers: Hello::__ON_INSTALL_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::Install)
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
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::Remove)
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
                        name: "backup",
                        kind: __charm::Kind::Action,
                        handlers: Hello::__ON_ACTION_BACKUP_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::BackupAction)
                        },
                    },
                    __charm::Row {
                        name: "restore",
                        kind: __charm::Kind::Action,
                        handlers: Hello::__ON_ACTION_RESTORE_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::RestoreAction)
                        },
                    },
                    __charm::Row {
                        name: "rotate",
                        kind: __charm::Kind::Action,
                        handlers: Hello::__ON_ACTION_ROTATE_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::RotateAction)
                        },
                    },
                ],
                any: Hello::__ON_ANY_IN_ONE_IMPL_BLOCK,
                status: Hello::__STATUS_IN_ONE_IMPL_BLOCK,
                app_status: Hello::__STATUS_APP_IN_ONE_IMPL_BLOCK,
            };

            const DEFERRED: Self::Cause = Cause::Deferred;
            fn settings(config: &Config) -> __charm::Result<Settings, __charm::Error> {
                <Settings as __charm::OfOptions<Config>>::of_options(config)
            }

            fn bind(&mut self, records: &__charm::Records) {
                let _ = records;
            }

            fn save(&self) -> __charm::Result<(), __charm::Error> {
                __charm::Result::Ok(())
            }
        }

        #[automatically_derived]
        impl __charm::Load for Config {
            fn load(
                options: __charm::Options<'_>,
            ) -> __charm::Result<Self, __charm::Error> {
                __charm::Result::Ok(Self {
                    admin: options.secret::<::charm_runtime::SecretId>("admin")?,
                    log_level: options.get_or("log-level", "info")?,
                    port: options.convert::<i64, u16>("port")?,
                    r#type: options.get_or("type", false)?,
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

        #[automatically_derived]
        impl<'d, Ev> __charm::Argument<'d, Hello, Ev> for &'d Settings {
            fn take(
                call: &'d __charm::Call<'d, Hello>,
            ) -> __charm::Result<Self, __charm::Error> {
                call.settings()
            }
        }

        #[automatically_derived]
        impl<'d, Ev> __charm::Argument<'d, Hello, Ev> for Settings {
            fn take(
                call: &'d __charm::Call<'d, Hello>,
            ) -> __charm::Result<Self, __charm::Error> {
                <Hello as __charm::Charm>::settings(call.config()?)
            }
        }

        #[automatically_derived]
        impl<'d> __charm::Argument<'d, Hello, __charm::Action<action::Rotate>>
        for action::RotateParams {
            fn take(
                call: &'d __charm::Call<'d, Hello>,
            ) -> __charm::Result<Self, __charm::Error> {
                call.parameters::<action::Rotate>()
            }
        }
    };

    impl Hello {
        fn rotate(&mut self, params: action::RotateParams, _: &Settings) -> Rotated {
            Rotated {
                old_keys: vec![params.algorithm.to_string()],
            }
        }

        fn both(&mut self) -> Result<Rotated> {
            bail!("no")
        }
    }

    #[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
    const _: () = {
        use ::charm_runtime::__private as __charm;

        impl Hello {
            pub(crate) const __ON_ACTION_ROTATE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
                Hello,
            > = &[
                __charm::Handler {
                    id: "rotate",
                    was: &[],
                    run: |charm, call| {
                        let params = <action::RotateParams as __charm::Argument<
                            '_,
                            Hello,
                            __charm::Action<action::Rotate>,
                        >>::take(call)?;
                        let argument_1 = <&Settings as __charm::Argument<
                            '_,
                            Hello,
                            __charm::Action<action::Rotate>,
                        >>::take(call)?;
                        <Rotated as __charm::Return<
                            __charm::Action<action::Rotate>,
                        >>::into_outcome(charm.rotate(params, argument_1), call.juju)
                    },
                },
            ];
            pub(crate) const __ON_ACTION_BACKUP_IN_ONE_IMPL_BLOCK: __charm::Handlers<
                Hello,
            > = &[
                __charm::Handler {
                    id: "both",
                    was: &[],
                    run: |charm, call| {
                        <Result<
                            Rotated,
                        > as __charm::Return<
                            __charm::marker::SeveralActions,
                        >>::into_outcome(charm.both(), call.juju)
                    },
                },
            ];
            pub(crate) const __ON_ACTION_RESTORE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
                Hello,
            > = &[
                __charm::Handler {
                    id: "both",
                    was: &[],
                    run: |charm, call| {
                        <Result<
                            Rotated,
                        > as __charm::Return<
                            __charm::marker::SeveralActions,
                        >>::into_outcome(charm.both(), call.juju)
                    },
                },
            ];
        }
    };
}

/// A charm that only its own module sees.
mod private {
    use charm_runtime::prelude::*;

    #[derive(Debug, Default)]
    struct Hidden;
    /// The endpoints that `charmcraft.yaml` declares, as types.
    #[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
    mod endpoint {
        /// The endpoint `cluster`: peers over the interface `hello_cluster`.
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        pub(super) enum Cluster {}
        /// The endpoint `database`: requires the interface `postgresql_client`.
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        pub(super) enum Database {}
        /// The endpoint `k8s-service`: requires the interface `k8s-service`.
        #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
        pub(super) enum K8sService {}
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
    mod storage {
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
    struct Config {
        /// `greeting`: What it says.
        pub greeting: ::std::string::String,
        /// The option `loud`.
        pub loud: bool,
        /// `port`: Where it listens.
        pub port: ::core::option::Option<i64>,
        /// The option `ratio`.
        pub ratio: f64,
    }

    /// Why [`Hidden`] runs: every event that Juju can send it.
    #[derive(::core::fmt::Debug, ::core::clone::Clone)]
    #[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
    enum Cause {
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
        ClusterRelationCreated(
            ::charm_runtime::event::RelationCreated<endpoint::Cluster>,
        ),
        /// `relation-joined` of `cluster`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
        ClusterRelationJoined(::charm_runtime::event::RelationJoined<endpoint::Cluster>),
        /// `relation-changed` of `cluster`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
        ClusterRelationChanged(
            ::charm_runtime::event::RelationChanged<endpoint::Cluster>,
        ),
        /// `relation-departed` of `cluster`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
        ClusterRelationDeparted(
            ::charm_runtime::event::RelationDeparted<endpoint::Cluster>,
        ),
        /// `relation-created` of `database`: Sent once for each relation, before any of its units is seen.
        DatabaseRelationCreated(
            ::charm_runtime::event::RelationCreated<endpoint::Database>,
        ),
        /// `relation-joined` of `database`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
        DatabaseRelationJoined(
            ::charm_runtime::event::RelationJoined<endpoint::Database>,
        ),
        /// `relation-changed` of `database`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
        DatabaseRelationChanged(
            ::charm_runtime::event::RelationChanged<endpoint::Database>,
        ),
        /// `relation-departed` of `database`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
        DatabaseRelationDeparted(
            ::charm_runtime::event::RelationDeparted<endpoint::Database>,
        ),
        /// `relation-broken` of `database`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
        DatabaseRelationBroken(
            ::charm_runtime::event::RelationBroken<endpoint::Database>,
        ),
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

        type Handlers = __charm::Handlers<Hidden>;
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
            const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Hidden> = &[];
            const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hidden> = &[];
            const __STATUS_APP_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hidden> = &[];
        }

        impl Unhandled for Hidden {}
        #[automatically_derived]
        impl __charm::Charm for Hidden {
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
                        handlers: Hidden::__ON_INSTALL_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::Install)
                        },
                    },
                    __charm::Row {
                        name: "start",
                        kind: __charm::Kind::Start,
                        handlers: Hidden::__ON_START_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload).map(Cause::Start)
                        },
                    },
                    __charm::Row {
                        name: "stop",
                        kind: __charm::Kind::Stop,
                        handlers: Hidden::__ON_STOP_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload).map(Cause::Stop)
                        },
                    },
                    __charm::Row {
                        name: "remove",
                        kind: __charm::Kind::Remove,
                        handlers: Hidden::__ON_REMOVE_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::Remove)
                        },
                    },
                    __charm::Row {
                        name: "config-changed",
                        kind: __charm::Kind::ConfigChanged,
                        handlers: Hidden::__ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::ConfigChanged)
                        },
                    },
                    __charm::Row {
                        name: "update-status",
                        kind: __charm::Kind::UpdateStatus,
                        handlers: Hidden::__ON_UPDATE_STATUS_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::UpdateStatus)
                        },
                    },
                    __charm::Row {
                        name: "upgrade-charm",
                        kind: __charm::Kind::UpgradeCharm,
                        handlers: Hidden::__ON_UPGRADE_CHARM_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::UpgradeCharm)
                        },
                    },
                    __charm::Row {
                        name: "leader-elected",
                        kind: __charm::Kind::LeaderElected,
                        handlers: Hidden::__ON_LEADER_ELECTED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::LeaderElected)
                        },
                    },
                    __charm::Row {
                        name: "leader-settings-changed",
                        kind: __charm::Kind::LeaderSettingsChanged,
                        handlers: Hidden::__ON_LEADER_SETTINGS_CHANGED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::LeaderSettingsChanged)
                        },
                    },
                    __charm::Row {
                        name: "pre-series-upgrade",
                        kind: __charm::Kind::PreSeriesUpgrade,
                        handlers: Hidden::__ON_PRE_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::PreSeriesUpgrade)
                        },
                    },
                    __charm::Row {
                        name: "post-series-upgrade",
                        kind: __charm::Kind::PostSeriesUpgrade,
                        handlers: Hidden::__ON_POST_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::PostSeriesUpgrade)
                        },
                    },
                    __charm::Row {
                        name: "collect-metrics",
                        kind: __charm::Kind::CollectMetrics,
                        handlers: Hidden::__ON_COLLECT_METRICS_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::CollectMetrics)
                        },
                    },
                    __charm::Row {
                        name: "meter-status-changed",
                        kind: __charm::Kind::MeterStatusChanged,
                        handlers: Hidden::__ON_METER_STATUS_CHANGED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::MeterStatusChanged)
                        },
                    },
                    __charm::Row {
                        name: "secret-changed",
                        kind: __charm::Kind::SecretChanged,
                        handlers: Hidden::__ON_SECRET_CHANGED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::SecretChanged)
                        },
                    },
                    __charm::Row {
                        name: "secret-rotate",
                        kind: __charm::Kind::SecretRotate,
                        handlers: Hidden::__ON_SECRET_ROTATE_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::SecretRotate)
                        },
                    },
                    __charm::Row {
                        name: "secret-expired",
                        kind: __charm::Kind::SecretExpired,
                        handlers: Hidden::__ON_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::SecretExpired)
                        },
                    },
                    __charm::Row {
                        name: "secret-remove",
                        kind: __charm::Kind::SecretRemove,
                        handlers: Hidden::__ON_SECRET_REMOVE_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::SecretRemove)
                        },
                    },
                    __charm::Row {
                        name: "cluster-relation-created",
                        kind: __charm::Kind::RelationCreated,
                        handlers: Hidden::__ON_CLUSTER_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::ClusterRelationCreated)
                        },
                    },
                    __charm::Row {
                        name: "cluster-relation-joined",
                        kind: __charm::Kind::RelationJoined,
                        handlers: Hidden::__ON_CLUSTER_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::ClusterRelationJoined)
                        },
                    },
                    __charm::Row {
                        name: "cluster-relation-changed",
                        kind: __charm::Kind::RelationChanged,
                        handlers: Hidden::__ON_CLUSTER_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::ClusterRelationChanged)
                        },
                    },
                    __charm::Row {
                        name: "cluster-relation-departed",
                        kind: __charm::Kind::RelationDeparted,
                        handlers: Hidden::__ON_CLUSTER_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::ClusterRelationDeparted)
                        },
                    },
                    __charm::Row {
                        name: "database-relation-created",
                        kind: __charm::Kind::RelationCreated,
                        handlers: Hidden::__ON_DATABASE_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::DatabaseRelationCreated)
                        },
                    },
                    __charm::Row {
                        name: "database-relation-joined",
                        kind: __charm::Kind::RelationJoined,
                        handlers: Hidden::__ON_DATABASE_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::DatabaseRelationJoined)
                        },
                    },
                    __charm::Row {
                        name: "database-relation-changed",
                        kind: __charm::Kind::RelationChanged,
                        handlers: Hidden::__ON_DATABASE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::DatabaseRelationChanged)
                        },
                    },
                    __charm::Row {
                        name: "database-relation-departed",
                        kind: __charm::Kind::RelationDeparted,
                        handlers: Hidden::__ON_DATABASE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::DatabaseRelationDeparted)
                        },
                    },
                    __charm::Row {
                        name: "database-relation-broken",
                        kind: __charm::Kind::RelationBroken,
                        handlers: Hidden::__ON_DATABASE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::DatabaseRelationBroken)
                        },
                    },
                    __charm::Row {
                        name: "k8s-service-relation-created",
                        kind: __charm::Kind::RelationCreated,
                        handlers: Hidden::__ON_K8S_SERVICE_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::K8sServiceRelationCreated)
                        },
                    },
                    __charm::Row {
                        name: "k8s-service-relation-joined",
                        kind: __charm::Kind::RelationJoined,
                        handlers: Hidden::__ON_K8S_SERVICE_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::K8sServiceRelationJoined)
                        },
                    },
                    __charm::Row {
                        name: "k8s-service-relation-changed",
                        kind: __charm::Kind::RelationChanged,
                        handlers: Hidden::__ON_K8S_SERVICE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::K8sServiceRelationChanged)
                        },
                    },
                    __charm::Row {
                        name: "k8s-service-relation-departed",
                        kind: __charm::Kind::RelationDeparted,
                        handlers: Hidden::__ON_K8S_SERVICE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::K8sServiceRelationDeparted)
                        },
                    },
                    __charm::Row {
                        name: "k8s-service-relation-broken",
                        kind: __charm::Kind::RelationBroken,
                        handlers: Hidden::__ON_K8S_SERVICE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::K8sServiceRelationBroken)
                        },
                    },
                    __charm::Row {
                        name: "data-storage-attached",
                        kind: __charm::Kind::StorageAttached,
                        handlers: Hidden::__ON_DATA_STORAGE_ATTACHED_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::DataStorageAttached)
                        },
                    },
                    __charm::Row {
                        name: "data-storage-detaching",
                        kind: __charm::Kind::StorageDetaching,
                        handlers: Hidden::__ON_DATA_STORAGE_DETACHING_IN_ONE_IMPL_BLOCK,
                        secrets: &[],
                        cause: |juju, payload| {
                            __charm::Event::from_payload(juju, payload)
                                .map(Cause::DataStorageDetaching)
                        },
                    },
                ],
                any: Hidden::__ON_ANY_IN_ONE_IMPL_BLOCK,
                status: Hidden::__STATUS_IN_ONE_IMPL_BLOCK,
                app_status: Hidden::__STATUS_APP_IN_ONE_IMPL_BLOCK,
            };

            const DEFERRED: Self::Cause = Cause::Deferred;
            fn settings(_: &Config) -> __charm::Result<(), __charm::Error> {
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
        impl __charm::Load for Config {
            fn load(
                options: __charm::Options<'_>,
            ) -> __charm::Result<Self, __charm::Error> {
                __charm::Result::Ok(Self {
                    greeting: options.get_or("greeting", "Hello")?,
                    loud: options.get_or("loud", false)?,
                    port: options.get("port")?,
                    ratio: options.get_or("ratio", 0.5f64)?,
                })
            }
        }

        #[automatically_derived]
        impl<'d, Ev> __charm::Argument<'d, Hidden, Ev> for &'d Cause {
            fn take(
                call: &'d __charm::Call<'d, Hidden>,
            ) -> __charm::Result<Self, __charm::Error> {
                __charm::Result::Ok(call.cause())
            }
        }

        #[automatically_derived]
        impl<'d, Ev> __charm::Argument<'d, Hidden, Ev> for &'d Config {
            fn take(
                call: &'d __charm::Call<'d, Hidden>,
            ) -> __charm::Result<Self, __charm::Error> {
                call.config()
            }
        }

        #[automatically_derived]
        impl<'d, Ev> __charm::Argument<'d, Hidden, Ev> for Config {
            fn take(
                call: &'d __charm::Call<'d, Hidden>,
            ) -> __charm::Result<Self, __charm::Error> {
                call.config().cloned()
            }
        }
    };

    impl Hidden {
        fn configure(&mut self, config: Config) {
            drop(config.greeting);
        }
    }

    #[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
    const _: () = {
        use ::charm_runtime::__private as __charm;

        impl Hidden {
            pub(crate) const __ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
                Hidden,
            > = &[
                __charm::Handler {
                    id: "configure",
                    was: &[],
                    run: |charm, call| {
                        let config = <Config as __charm::Argument<
                            '_,
                            Hidden,
                            __charm::ConfigChanged,
                        >>::take(call)?;
                        <() as __charm::Return<
                            __charm::ConfigChanged,
                        >>::into_outcome(charm.configure(config), call.juju)
                    },
                },
            ];
        }
    };

    /// Runs it.
    pub(crate) fn run() {
        if std::env::args().len() > 100 {
            charm_runtime::run::<Hidden>();
        }
    }
}

fn main() {}

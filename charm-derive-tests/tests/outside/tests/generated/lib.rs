// `src/lib.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! A charm of another edition, which knows the runtime by another name.
#![deny(warnings, missing_docs, unreachable_pub)]
#![allow(dead_code, unused_imports)]

mod website {
    //! The endpoint `website`.
    use juju::prelude::*;
    use crate::endpoint;
    use crate::Outside;

    impl Outside {
        fn joined(
            &mut self,
            event: RelationJoined<endpoint::Website>,
        ) -> Result<Outcome> {
            if !*self.started.get()? {
                return Ok(Outcome::defer("not started"));
            }
            event.relation.local_unit().insert("port", "80")?;
            Ok(Outcome::done())
        }
    }

    #[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
    const _: () = {
        use ::juju::__private as __charm;

        impl Outside {
            pub(crate) const __ON_WEBSITE_RELATION_JOINED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
                Outside,
            > = &[
                __charm::Handler {
                    id: "joined",
                    was: &[],
                    run: |charm, call| {
                        let event = <RelationJoined<
                            endpoint::Website,
                        > as __charm::Argument<
                            '_,
                            Outside,
                            __charm::RelationJoined<endpoint::Website>,
                        >>::take(call)?;
                        <Result<
                            Outcome,
                        > as __charm::Return<
                            __charm::RelationJoined<endpoint::Website>,
                        >>::into_outcome(charm.joined(event), call.juju)
                    },
                },
            ];
        }
    };
}

use juju::prelude::*;

/// The charm.
#[derive(Default)]
pub struct Outside {
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
impl ::juju::Endpoint for endpoint::Website {
    const NAME: &'static str = "website";
    const ROLE: ::juju::Role = ::juju::Role::Provides;
    const INTERFACE: &'static str = "http";
    type RemoteApp = ::juju::RawDatabag;
    type LocalApp = ::juju::RawDatabag;
    type RemoteUnit = ::juju::RawDatabag;
    type LocalUnit = ::juju::RawDatabag;
}

/// The options that `charmcraft.yaml` declares, as this dispatch sees them.
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub struct Config {
    /// `gen`: A keyword of a later edition.
    pub r#gen: i64,
}

/// Why [`Outside`] runs: every event that Juju can send it.
#[derive(::core::fmt::Debug, ::core::clone::Clone)]
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub enum Cause {
    /// `install`: Sent once, before anything but storage: the unit has just been created.
    Install(::juju::event::Install),
    /// `start`: Sent after the first `config-changed`, and again when the machine or the pod has restarted.
    Start(::juju::event::Start),
    /// `stop`: Sent when the unit is being removed and all its relations are gone; on Kubernetes also when its pod goes away.
    Stop(::juju::event::Stop),
    /// `remove`: Sent last of all: the unit disappears after it.
    Remove(::juju::event::Remove),
    /// `config-changed`: Sent during deployment, after an upgrade, and when the configuration, the trust or the unit's addresses have changed.
    ConfigChanged(::juju::event::ConfigChanged),
    /// `update-status`: Sent every five minutes or so (`update-status-hook-interval`) while nothing else happens.
    UpdateStatus(::juju::event::UpdateStatus),
    /// `upgrade-charm`: Sent after the charm or one of its resources has been replaced; `config-changed` follows.
    UpgradeCharm(::juju::event::UpgradeCharm),
    /// `leader-elected`: Sent when this unit has become the leader; nothing is sent when it ceases to be.
    LeaderElected(::juju::event::LeaderElected),
    /// `leader-settings-changed`: Sent by Juju 3 to units that do not lead when the leader has changed the leader settings, or when leadership has moved. Not sent since Juju 4.0.
    LeaderSettingsChanged(::juju::event::LeaderSettingsChanged),
    /// `pre-series-upgrade`: Sent by Juju 3 before the machine's operating system is upgraded. Not sent since Juju 4.0.
    PreSeriesUpgrade(::juju::event::PreSeriesUpgrade),
    /// `post-series-upgrade`: Sent by Juju 3 after the machine's operating system has been upgraded. Not sent since Juju 4.0.
    PostSeriesUpgrade(::juju::event::PostSeriesUpgrade),
    /// `collect-metrics`: Sent by Juju 3 every five minutes to charms with metrics; most hook commands are refused in it. Not sent since Juju 4.0.
    CollectMetrics(::juju::event::CollectMetrics),
    /// `meter-status-changed`: Sent by Juju 3 when the metering of the application has changed; most hook commands are refused in it. Not sent since Juju 4.0.
    MeterStatusChanged(::juju::event::MeterStatusChanged),
    /// `secret-changed`: Sent to a secret's observer when it has a newer revision than the one that is tracked.
    SecretChanged(::juju::event::SecretChanged),
    /// `secret-rotate`: Sent to a secret's owner when it is time to rotate it, and again until a new revision is made.
    SecretRotate(::juju::event::SecretRotate),
    /// `secret-expired`: Sent to a secret's owner when a revision has expired, and again until it is removed.
    SecretExpired(::juju::event::SecretExpired),
    /// `secret-remove`: Sent to a secret's owner when nobody tracks an old revision any more, so that it can be removed.
    SecretRemove(::juju::event::SecretRemove),
    /// `relation-created` of `website`: Sent once for each relation, before any of its units is seen.
    WebsiteRelationCreated(::juju::event::RelationCreated<endpoint::Website>),
    /// `relation-joined` of `website`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
    WebsiteRelationJoined(::juju::event::RelationJoined<endpoint::Website>),
    /// `relation-changed` of `website`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
    WebsiteRelationChanged(::juju::event::RelationChanged<endpoint::Website>),
    /// `relation-departed` of `website`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
    WebsiteRelationDeparted(::juju::event::RelationDeparted<endpoint::Website>),
    /// `relation-broken` of `website`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
    WebsiteRelationBroken(::juju::event::RelationBroken<endpoint::Website>),
    /// Deferred events alone: Juju's own event is one that this revision of the charm doesn't know.
    Deferred,
}

#[allow(clippy::all, clippy::pedantic, unused_qualifications)]
const _: () = {
    use ::juju::__private as __charm;

    type Handlers = __charm::Handlers<Outside>;
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
        const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Outside> = &[];
        const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Outside> = &[];
        const __STATUS_APP_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Outside> = &[];
    }

    impl Unhandled for Outside {}
    #[automatically_derived]
    impl __charm::Charm for Outside {
        type Cause = Cause;
        type Config = Config;
        type Settings = ();
        const NAME: &'static str = "outside";
        const METADATA: &'static str = ::core::include_str!("../../charmcraft.yaml");
        const LOG_LEVEL: __charm::LevelFilter = __charm::LevelFilter::INFO;
        const TABLE: &'static __charm::Table<Self> = &__charm::Table {
            events: &[
                __charm::Row {
                    name: "install",
                    kind: __charm::Kind::Install,
                    handlers: Outside::__ON_INSTALL_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Install)
                    },
                },
                __charm::Row {
                    name: "start",
                    kind: __charm::Kind::Start,
                    handlers: Outside::__ON_START_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Start)
                    },
                },
                __charm::Row {
                    name: "stop",
                    kind: __charm::Kind::Stop,
                    handlers: Outside::__ON_STOP_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Stop)
                    },
                },
                __charm::Row {
                    name: "remove",
                    kind: __charm::Kind::Remove,
                    handlers: Outside::__ON_REMOVE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Remove)
                    },
                },
                __charm::Row {
                    name: "config-changed",
                    kind: __charm::Kind::ConfigChanged,
                    handlers: Outside::__ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::ConfigChanged)
                    },
                },
                __charm::Row {
                    name: "update-status",
                    kind: __charm::Kind::UpdateStatus,
                    handlers: Outside::__ON_UPDATE_STATUS_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::UpdateStatus)
                    },
                },
                __charm::Row {
                    name: "upgrade-charm",
                    kind: __charm::Kind::UpgradeCharm,
                    handlers: Outside::__ON_UPGRADE_CHARM_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::UpgradeCharm)
                    },
                },
                __charm::Row {
                    name: "leader-elected",
                    kind: __charm::Kind::LeaderElected,
                    handlers: Outside::__ON_LEADER_ELECTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::LeaderElected)
                    },
                },
                __charm::Row {
                    name: "leader-settings-changed",
                    kind: __charm::Kind::LeaderSettingsChanged,
                    handlers: Outside::__ON_LEADER_SETTINGS_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::LeaderSettingsChanged)
                    },
                },
                __charm::Row {
                    name: "pre-series-upgrade",
                    kind: __charm::Kind::PreSeriesUpgrade,
                    handlers: Outside::__ON_PRE_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::PreSeriesUpgrade)
                    },
                },
                __charm::Row {
                    name: "post-series-upgrade",
                    kind: __charm::Kind::PostSeriesUpgrade,
                    handlers: Outside::__ON_POST_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::PostSeriesUpgrade)
                    },
                },
                __charm::Row {
                    name: "collect-metrics",
                    kind: __charm::Kind::CollectMetrics,
                    handlers: Outside::__ON_COLLECT_METRICS_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::CollectMetrics)
                    },
                },
                __charm::Row {
                    name: "meter-status-changed",
                    kind: __charm::Kind::MeterStatusChanged,
                    handlers: Outside::__ON_METER_STATUS_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MeterStatusChanged)
                    },
                },
                __charm::Row {
                    name: "secret-changed",
                    kind: __charm::Kind::SecretChanged,
                    handlers: Outside::__ON_SECRET_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretChanged)
                    },
                },
                __charm::Row {
                    name: "secret-rotate",
                    kind: __charm::Kind::SecretRotate,
                    handlers: Outside::__ON_SECRET_ROTATE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretRotate)
                    },
                },
                __charm::Row {
                    name: "secret-expired",
                    kind: __charm::Kind::SecretExpired,
                    handlers: Outside::__ON_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretExpired)
                    },
                },
                __charm::Row {
                    name: "secret-remove",
                    kind: __charm::Kind::SecretRemove,
                    handlers: Outside::__ON_SECRET_REMOVE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretRemove)
                    },
                },
                __charm::Row {
                    name: "website-relation-created",
                    kind: __charm::Kind::RelationCreated,
                    handlers: Outside::__ON_WEBSITE_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationCreated)
                    },
                },
                __charm::Row {
                    name: "website-relation-joined",
                    kind: __charm::Kind::RelationJoined,
                    handlers: Outside::__ON_WEBSITE_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationJoined)
                    },
                },
                __charm::Row {
                    name: "website-relation-changed",
                    kind: __charm::Kind::RelationChanged,
                    handlers: Outside::__ON_WEBSITE_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationChanged)
                    },
                },
                __charm::Row {
                    name: "website-relation-departed",
                    kind: __charm::Kind::RelationDeparted,
                    handlers: Outside::__ON_WEBSITE_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationDeparted)
                    },
                },
                __charm::Row {
                    name: "website-relation-broken",
                    kind: __charm::Kind::RelationBroken,
                    handlers: Outside::__ON_WEBSITE_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::WebsiteRelationBroken)
                    },
                },
            ],
            any: Outside::__ON_ANY_IN_ONE_IMPL_BLOCK,
            status: Outside::__STATUS_IN_ONE_IMPL_BLOCK,
            app_status: Outside::__STATUS_APP_IN_ONE_IMPL_BLOCK,
        };

        const DEFERRED: Self::Cause = Cause::Deferred;
        fn settings(_: &Config) -> __charm::Result<(), __charm::Error> {
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
    impl __charm::Load for Config {
        fn load(options: __charm::Options<'_>) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(Self {
                r#gen: options.get_or("gen", 2021i64)?,
            })
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Outside, Ev> for &'d Cause {
        fn take(
            call: &'d __charm::Call<'d, Outside>,
        ) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(call.cause())
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Outside, Ev> for &'d Config {
        fn take(
            call: &'d __charm::Call<'d, Outside>,
        ) -> __charm::Result<Self, __charm::Error> {
            call.config()
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Outside, Ev> for Config {
        fn take(
            call: &'d __charm::Call<'d, Outside>,
        ) -> __charm::Result<Self, __charm::Error> {
            call.config().cloned()
        }
    }
};

impl Outside {
    fn start(&mut self) {
        self.started.set(true);
    }

    fn configure(&mut self, config: &Config) -> Result<()> {
        let gen = config.r#gen;
        info!("{gen}");
        Ok(())
    }
}

#[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
const _: () = {
    use ::juju::__private as __charm;

    impl Outside {
        pub(crate) const __ON_START_IN_ONE_IMPL_BLOCK: __charm::Handlers<Outside> = &[
            __charm::Handler {
                id: "start",
                was: &[],
                run: |charm, call| {
                    <() as __charm::Return<
                        __charm::Start,
                    >>::into_outcome(charm.start(), call.juju)
                },
            },
        ];
        pub(crate) const __ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Outside,
        > = &[
            __charm::Handler {
                id: "configure",
                was: &[],
                run: |charm, call| {
                    let config = <&Config as __charm::Argument<
                        '_,
                        Outside,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::ConfigChanged,
                    >>::into_outcome(charm.configure(config), call.juju)
                },
            },
        ];
    }
};

fn main() {}

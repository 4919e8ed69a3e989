// `tests/pass/raw_identifiers.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! Names that are keywords, and names that Rust would write otherwise.
#![allow(dead_code, unused_imports)]

use charm_runtime::prelude::*;

#[derive(Default)]
pub struct Hello {
    r#type: Stored<String>,
}

/// The endpoints that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod endpoint {
    /// The endpoint `match`: requires the interface `match`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Match {}
    /// The endpoint `my-db-main`: requires the interface `db`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum MyDbMain {}
}

#[automatically_derived]
impl ::charm_runtime::Endpoint for endpoint::Match {
    const NAME: &'static str = "match";
    const ROLE: ::charm_runtime::Role = ::charm_runtime::Role::Requires;
    const INTERFACE: &'static str = "match";
    type RemoteApp = ::charm_runtime::RawDatabag;
    type LocalApp = ::charm_runtime::RawDatabag;
    type RemoteUnit = ::charm_runtime::RawDatabag;
    type LocalUnit = ::charm_runtime::RawDatabag;
}

#[automatically_derived]
impl ::charm_runtime::Single for endpoint::Match {}
#[automatically_derived]
impl ::charm_runtime::Endpoint for endpoint::MyDbMain {
    const NAME: &'static str = "my-db-main";
    const ROLE: ::charm_runtime::Role = ::charm_runtime::Role::Requires;
    const INTERFACE: &'static str = "db";
    type RemoteApp = ::charm_runtime::RawDatabag;
    type LocalApp = ::charm_runtime::RawDatabag;
    type RemoteUnit = ::charm_runtime::RawDatabag;
    type LocalUnit = ::charm_runtime::RawDatabag;
}

/// The actions that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod action {
    /// The action `do-it`. Does it.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum DoIt {}
    impl ::charm_runtime::event::ActionName for DoIt {
        const NAME: &'static str = "do-it";
        type Params = ();
    }

    /// The action `start`. An action with the name of a hook.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Start {}
    impl ::charm_runtime::event::ActionName for Start {
        const NAME: &'static str = "start";
        type Params = ();
    }
}

/// The options that `charmcraft.yaml` declares, as this dispatch sees them.
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub struct Config {
    /// The option `3scale`.
    pub _3scale: i64,
    /// The option `self`.
    pub self_: ::core::option::Option<bool>,
    /// The option `type`.
    pub r#type: ::std::string::String,
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
    /// `relation-created` of `match`: Sent once for each relation, before any of its units is seen.
    MatchRelationCreated(::charm_runtime::event::RelationCreated<endpoint::Match>),
    /// `relation-joined` of `match`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
    MatchRelationJoined(::charm_runtime::event::RelationJoined<endpoint::Match>),
    /// `relation-changed` of `match`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
    MatchRelationChanged(::charm_runtime::event::RelationChanged<endpoint::Match>),
    /// `relation-departed` of `match`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
    MatchRelationDeparted(::charm_runtime::event::RelationDeparted<endpoint::Match>),
    /// `relation-broken` of `match`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
    MatchRelationBroken(::charm_runtime::event::RelationBroken<endpoint::Match>),
    /// `relation-created` of `my-db-main`: Sent once for each relation, before any of its units is seen.
    MyDbMainRelationCreated(::charm_runtime::event::RelationCreated<endpoint::MyDbMain>),
    /// `relation-joined` of `my-db-main`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
    MyDbMainRelationJoined(::charm_runtime::event::RelationJoined<endpoint::MyDbMain>),
    /// `relation-changed` of `my-db-main`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
    MyDbMainRelationChanged(::charm_runtime::event::RelationChanged<endpoint::MyDbMain>),
    /// `relation-departed` of `my-db-main`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
    MyDbMainRelationDeparted(
        ::charm_runtime::event::RelationDeparted<endpoint::MyDbMain>,
    ),
    /// `relation-broken` of `my-db-main`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
    MyDbMainRelationBroken(::charm_runtime::event::RelationBroken<endpoint::MyDbMain>),
    /// The action `do-it`. Does it.
    DoItAction(::charm_runtime::event::Action<action::DoIt>),
    /// The action `start`. An action with the name of a hook.
    StartAction(::charm_runtime::event::Action<action::Start>),
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
        const __ON_MATCH_RELATION_CREATED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MATCH_RELATION_JOINED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MATCH_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MATCH_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MATCH_RELATION_BROKEN_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MY_DB_MAIN_RELATION_CREATED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MY_DB_MAIN_RELATION_JOINED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MY_DB_MAIN_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MY_DB_MAIN_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_MY_DB_MAIN_RELATION_BROKEN_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ACTION_DO_IT_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ACTION_START_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Hello> = &[];
        const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
        const __STATUS_APP_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
    }

    impl Unhandled for Hello {}
    const _: () = ::core::assert!(
        Hello::__A_HANDLER_MAY_BE_MISTAKEN || !
        Hello::__ON_ACTION_DO_IT_IN_ONE_IMPL_BLOCK.is_empty(),
        "charmcraft.yaml declares the action `do-it`, and no method handles it: mark one with `#[on(action = \"do-it\")]`"
    );
    const _: () = ::core::assert!(
        Hello::__A_HANDLER_MAY_BE_MISTAKEN || !
        Hello::__ON_ACTION_START_IN_ONE_IMPL_BLOCK.is_empty(),
        "charmcraft.yaml declares the action `start`, and no method handles it: mark one with `#[on(action = \"start\")]`"
    );
    #[automatically_derived]
    impl __charm::Charm for Hello {
        type Cause = Cause;
        type Config = Config;
        type Settings = ();
        const NAME: &'static str = "hello";
        const METADATA: &'static str = "
name: hello
summary: Greets.
description: Greets.
config: {options: {type: {type: string, default: a}, self: {type: boolean}, 3scale: {type: int, default: 3}}}
requires: {match: {interface: match, limit: 1}, my-db-main: {interface: db}}
actions: {start: {description: An action with the name of a hook.}, do-it: {description: Does it.}}
";
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
                    name: "match-relation-created",
                    kind: __charm::Kind::RelationCreated,
                    handlers: Hello::__ON_MATCH_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MatchRelationCreated)
                    },
                },
                __charm::Row {
                    name: "match-relation-joined",
                    kind: __charm::Kind::RelationJoined,
                    handlers: Hello::__ON_MATCH_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MatchRelationJoined)
                    },
                },
                __charm::Row {
                    name: "match-relation-changed",
                    kind: __charm::Kind::RelationChanged,
                    handlers: Hello::__ON_MATCH_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MatchRelationChanged)
                    },
                },
                __charm::Row {
                    name: "match-relation-departed",
                    kind: __charm::Kind::RelationDeparted,
                    handlers: Hello::__ON_MATCH_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MatchRelationDeparted)
                    },
                },
                __charm::Row {
                    name: "match-relation-broken",
                    kind: __charm::Kind::RelationBroken,
                    handlers: Hello::__ON_MATCH_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MatchRelationBroken)
                    },
                },
                __charm::Row {
                    name: "my-db-main-relation-created",
                    kind: __charm::Kind::RelationCreated,
                    handlers: Hello::__ON_MY_DB_MAIN_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MyDbMainRelationCreated)
                    },
                },
                __charm::Row {
                    name: "my-db-main-relation-joined",
                    kind: __charm::Kind::RelationJoined,
                    handlers: Hello::__ON_MY_DB_MAIN_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MyDbMainRelationJoined)
                    },
                },
                __charm::Row {
                    name: "my-db-main-relation-changed",
                    kind: __charm::Kind::RelationChanged,
                    handlers: Hello::__ON_MY_DB_MAIN_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MyDbMainRelationChanged)
                    },
                },
                __charm::Row {
                    name: "my-db-main-relation-departed",
                    kind: __charm::Kind::RelationDeparted,
                    handlers: Hello::__ON_MY_DB_MAIN_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MyDbMainRelationDeparted)
                    },
                },
                __charm::Row {
                    name: "my-db-main-relation-broken",
                    kind: __charm::Kind::RelationBroken,
                    handlers: Hello::__ON_MY_DB_MAIN_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MyDbMainRelationBroken)
                    },
                },
                __charm::Row {
                    name: "do-it",
                    kind: __charm::Kind::Action,
                    handlers: Hello::__ON_ACTION_DO_IT_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DoItAction)
                    },
                },
                __charm::Row {
                    name: "start",
                    kind: __charm::Kind::Action,
                    handlers: Hello::__ON_ACTION_START_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::StartAction)
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
            __charm::Field::bind(&mut self.r#type, records, "type", &[]);
        }

        fn save(&self) -> __charm::Result<(), __charm::Error> {
            __charm::Field::save(&self.r#type)?;
            __charm::Result::Ok(())
        }
    }

    #[automatically_derived]
    impl __charm::Load for Config {
        fn load(options: __charm::Options<'_>) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(Self {
                _3scale: options.get_or("3scale", 3i64)?,
                self_: options.get("self")?,
                r#type: options.get_or("type", "a")?,
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
    fn r#gen(&mut self, r#type: &Config) {
        self.r#type.set(r#type.r#type.clone());
        let _: (Option<bool>, i64) = (r#type.self_, r#type._3scale);
    }

    fn start(&mut self) {}
    fn r#async(&mut self, r#match: Action<action::Start>) {
        let _ = r#match.id();
    }

    fn do_it(&mut self, _action: Action<action::DoIt>) {}
    fn matches(
        &mut self,
        event: RelationChanged<endpoint::Match>,
        _relation: Option<Relation<endpoint::Match>>,
    ) {
        let _ = event;
    }

    fn db(&mut self, _event: RelationJoined<endpoint::MyDbMain>) {}
}

#[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
const _: () = {
    use ::charm_runtime::__private as __charm;

    impl Hello {
        pub(crate) const __ON_INSTALL_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "gen",
                was: &[],
                run: |charm, call| {
                    let r#type = <&Config as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Install,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::Install,
                    >>::into_outcome(charm.r#gen(r#type), call.juju)
                },
            },
        ];
        pub(crate) const __ON_START_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
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
        pub(crate) const __ON_ACTION_START_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "async",
                was: &[],
                run: |charm, call| {
                    let r#match = <Action<
                        action::Start,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Action<action::Start>,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::Action<action::Start>,
                    >>::into_outcome(charm.r#async(r#match), call.juju)
                },
            },
        ];
        pub(crate) const __ON_ACTION_DO_IT_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "do_it",
                was: &[],
                run: |charm, call| {
                    let _action = <Action<
                        action::DoIt,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Action<action::DoIt>,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::Action<action::DoIt>,
                    >>::into_outcome(charm.do_it(_action), call.juju)
                },
            },
        ];
        pub(crate) const __ON_MATCH_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "matches",
                was: &[],
                run: |charm, call| {
                    let event = <RelationChanged<
                        endpoint::Match,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationChanged<endpoint::Match>,
                    >>::take(call)?;
                    let _relation = <Option<
                        Relation<endpoint::Match>,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationChanged<endpoint::Match>,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::RelationChanged<endpoint::Match>,
                    >>::into_outcome(charm.matches(event, _relation), call.juju)
                },
            },
        ];
        pub(crate) const __ON_MY_DB_MAIN_RELATION_JOINED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "db",
                was: &[],
                run: |charm, call| {
                    let _event = <RelationJoined<
                        endpoint::MyDbMain,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::RelationJoined<endpoint::MyDbMain>,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::RelationJoined<endpoint::MyDbMain>,
                    >>::into_outcome(charm.db(_event), call.juju)
                },
            },
        ];
    }
};

fn main() {}

// `tests/pass/fields.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! Fields that are state, and fields that are not.
#![allow(dead_code, unused_imports)]

use charm_runtime::prelude::*;

type Counter = Stored<u32>;
#[derive(Default)]
pub struct Hello {
    greeted: Stored<u32>,
    by_name: charm_runtime::StoredMap<String, u32>,
    visits: Counter,
    /// Starts from its default in every dispatch.
    seen: Vec<String>,
    #[cfg(target_os = "plan9")]
    elsewhere: Stored<u32>,
    #[cfg(not(target_os = "plan9"))]
    here: Stored<u32>,
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
        const METADATA: &'static str = ::core::include_str!("../pass/plain.yaml");
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
            __charm::Field::bind(&mut self.greeted, records, "greeted", &[]);
            __charm::Field::bind(&mut self.by_name, records, "by_name", &[]);
            __charm::Field::bind(&mut self.visits, records, "visits", &[]);
            #[cfg(target_os = "plan9")]
            __charm::Field::bind(&mut self.elsewhere, records, "elsewhere", &[]);
            #[cfg(not(target_os = "plan9"))]
            __charm::Field::bind(&mut self.here, records, "here", &[]);
        }

        fn save(&self) -> __charm::Result<(), __charm::Error> {
            __charm::Field::save(&self.greeted)?;
            __charm::Field::save(&self.by_name)?;
            __charm::Field::save(&self.visits)?;
            #[cfg(target_os = "plan9")] __charm::Field::save(&self.elsewhere)?;
            #[cfg(not(target_os = "plan9"))] __charm::Field::save(&self.here)?;
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
    fn install(&mut self) -> Result<()> {
        self.greeted.set(*self.visits.get()? + *self.here.get()?);
        self.by_name.insert(&"world".to_owned(), &1)?;
        self.seen.push("world".to_owned());
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
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::Install,
                    >>::into_outcome(charm.install(), call.juju)
                },
            },
        ];
    }
};

fn main() {}

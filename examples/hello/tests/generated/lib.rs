// `src/lib.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! A charm that greets, and counts whom it greeted.
#![allow(dead_code, unused_imports)]

use charm_runtime::prelude::*;

/// The charm.
#[derive(Default)]
pub struct Hello {
    /// Whether the unit has been started.
    started: Stored<bool>,
    /// How many were greeted.
    greeted: Stored<u32>,
}

/// The actions that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub mod action {
    /// The action `greet`. Greets somebody.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub enum Greet {}
    impl ::charm_runtime::event::ActionName for Greet {
        const NAME: &'static str = "greet";
        type Params = GreetParams;
    }

    /// The parameters of the action `greet`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
    pub struct GreetParams {
        /// `name`: Whom.
        pub name: ::std::string::String,
    }

    #[automatically_derived]
    impl ::charm_runtime::parameter::Parameters for GreetParams {
        fn read(
            given: ::charm_runtime::parameter::Given<'_>,
        ) -> ::core::result::Result<Self, ::charm_runtime::Error> {
            given.refuse_others(&["name"])?;
            ::core::result::Result::Ok(Self {
                name: given.required("name")?,
            })
        }
    }
}

/// The options that `charmcraft.yaml` declares, as this dispatch sees them.
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
pub struct Config {
    /// `greeting`: What it says.
    pub greeting: ::std::string::String,
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
    /// The action `greet`. Greets somebody.
    GreetAction(::charm_runtime::event::Action<action::Greet>),
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
        const __ON_ACTION_GREET_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Hello> = &[];
        const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
        const __STATUS_APP_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[];
    }

    impl Unhandled for Hello {}
    const _: () = ::core::assert!(
        Hello::__A_HANDLER_MAY_BE_MISTAKEN || !
        Hello::__ON_ACTION_GREET_IN_ONE_IMPL_BLOCK.is_empty(),
        "charmcraft.yaml declares the action `greet`, and no method handles it: mark one with `#[on(action = \"greet\")]`"
    );
    #[automatically_derived]
    impl __charm::Charm for Hello {
        type Cause = Cause;
        type Config = Config;
        type Settings = ();
        const NAME: &'static str = "hello";
        const METADATA: &'static str = ::core::include_str!("../../charmcraft.yaml");
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
                    name: "greet",
                    kind: __charm::Kind::Action,
                    handlers: Hello::__ON_ACTION_GREET_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::GreetAction)
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
            __charm::Field::bind(&mut self.started, records, "started", &[]);
            __charm::Field::bind(&mut self.greeted, records, "greeted", &[]);
        }

        fn save(&self) -> __charm::Result<(), __charm::Error> {
            __charm::Field::save(&self.started)?;
            __charm::Field::save(&self.greeted)?;
            __charm::Result::Ok(())
        }
    }

    #[automatically_derived]
    impl __charm::Load for Config {
        fn load(options: __charm::Options<'_>) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(Self {
                greeting: options.get_or("greeting", "Hello")?,
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
    impl<'d> __charm::Argument<'d, Hello, __charm::Action<action::Greet>>
    for action::GreetParams {
        fn take(
            call: &'d __charm::Call<'d, Hello>,
        ) -> __charm::Result<Self, __charm::Error> {
            call.parameters::<action::Greet>()
        }
    }
};

/// What the action `greet` answers.
#[derive(ActionResults)]
pub struct Greeted {
    greeting: String,
    count: u32,
}

impl Hello {
    fn install(&mut self, unit: &Unit) -> Result<()> {
        info!("installing {}", unit.name() ?);
        Ok(())
    }

    fn start(&mut self) {
        self.started.set(true);
    }

    /// A new leader speaks up once it runs; Juju elects one before that, so the event may have to wait.
    fn announce(&mut self, unit: &Unit) -> Result<Outcome> {
        if !*self.started.get()? {
            return Ok(Outcome::defer("the unit is not started yet"));
        }
        info!("{} speaks for the application", unit.name() ?);
        Ok(Outcome::done())
    }

    fn configure(&mut self, config: &Config, unit: &Unit) -> Result<()> {
        info!("the greeting is {:?}", config.greeting);
        unit.set_workload_version(env!("CARGO_PKG_VERSION"))?;
        Ok(())
    }

    fn greet(
        &mut self,
        params: action::GreetParams,
        config: &Config,
    ) -> Result<Greeted> {
        let greeted = self.greeted.get_mut()?;
        *greeted += 1;
        Ok(Greeted {
            greeting: format!("{}, {}!", config.greeting, params.name),
            count: *greeted,
        })
    }

    fn status(&self, config: &Config) -> Status {
        if config.greeting.trim().is_empty() {
            return Status::blocked("set the option greeting");
        }
        Status::active("")
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
        pub(crate) const __ON_LEADER_ELECTED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "announce",
                was: &[],
                run: |charm, call| {
                    let unit = <&Unit as __charm::Argument<
                        '_,
                        Hello,
                        __charm::LeaderElected,
                    >>::take(call)?;
                    <Result<
                        Outcome,
                    > as __charm::Return<
                        __charm::LeaderElected,
                    >>::into_outcome(charm.announce(unit), call.juju)
                },
            },
        ];
        pub(crate) const __ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Hello,
        > = &[
            __charm::Handler {
                id: "configure",
                was: &[],
                run: |charm, call| {
                    let config = <&Config as __charm::Argument<
                        '_,
                        Hello,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    let unit = <&Unit as __charm::Argument<
                        '_,
                        Hello,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::ConfigChanged,
                    >>::into_outcome(charm.configure(config, unit), call.juju)
                },
            },
        ];
        pub(crate) const __ON_ACTION_GREET_IN_ONE_IMPL_BLOCK: __charm::Handlers<Hello> = &[
            __charm::Handler {
                id: "greet",
                was: &[],
                run: |charm, call| {
                    let params = <action::GreetParams as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Action<action::Greet>,
                    >>::take(call)?;
                    let config = <&Config as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Action<action::Greet>,
                    >>::take(call)?;
                    <Result<
                        Greeted,
                    > as __charm::Return<
                        __charm::Action<action::Greet>,
                    >>::into_outcome(charm.greet(params, config), call.juju)
                },
            },
        ];
        pub(crate) const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[
            __charm::StatusHandler {
                id: "status",
                run: |charm, call| {
                    let config = <&Config as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::UnitStatus,
                    >>::take(call)?;
                    <Status as __charm::IntoStatus>::into_status(charm.status(config))
                },
            },
        ];
    }
};

fn main() {}

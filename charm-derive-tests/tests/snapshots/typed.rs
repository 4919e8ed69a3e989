// `tests/pass/typed.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! Parameters, results and options with types: generated ones, and the author's own.
#![allow(dead_code, unused_imports)]

use charm_runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct LogLevel(String);
impl std::str::FromStr for LogLevel {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }
}

pub struct Settings {
    port: u16,
}

impl TryFrom<Config> for Settings {
    type Error = &'static str;
    fn try_from(config: Config) -> Result<Self, Self::Error> {
        Ok(Self {
            port: config.port.ok_or("set a port")?,
        })
    }
}

pub struct Rotation {
    keep: usize,
}

impl TryFrom<action::RotateParams> for Rotation {
    type Error = std::num::TryFromIntError;
    fn try_from(params: action::RotateParams) -> Result<Self, Self::Error> {
        Ok(Self {
            keep: usize::try_from(params.keep)?,
        })
    }
}

#[derive(ActionResults)]
pub struct Rotated {
    new_key: String,
    r#type: &'static str,
    size: Option<u64>,
    backup: BackedUp,
    parts: Vec<BackedUp>,
    #[results(display)]
    address: std::net::Ipv4Addr,
    #[results(key = "moved.to")]
    elsewhere: std::collections::BTreeMap<String, f64>,
    #[cfg(any())]
    never: NoSuchType,
}

#[derive(ActionResults, Clone)]
pub struct BackedUp {
    size: u64,
}

#[derive(ActionResults)]
struct Nothing;
#[derive(Default)]
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
            ::std::collections::BTreeMap<::std::string::String, ::std::string::String>,
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
    pub admin: ::core::option::Option<LogLevel>,
    /** `log-level`: What is logged from this level up.

 an indented line, [brackets] and <angles>*/
    pub log_level: LogLevel,
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
        fn load(options: __charm::Options<'_>) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(Self {
                admin: options.secret::<LogLevel>("admin")?,
                log_level: options.parse_or::<LogLevel>("log-level", "info")?,
                port: options.convert::<i64, u16>("port")?,
                r#type: options.convert_or::<bool, bool>("type", false)?,
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
    fn rotate(
        &mut self,
        params: action::RotateParams,
        event: Action<action::Rotate>,
    ) -> Result<Rotated> {
        let _: (i64, Option<String>, Option<Vec<action::RotateWays>>) = (
            params.keep,
            params.r#type,
            params.ways,
        );
        let port: Option<i64> = params.target.map(|target| target._3rd_port);
        let _: charm_runtime::serde_json::Value = params.anything;
        let _: Option<Option<f64>> = params
            .limits
            .and_then(|limits| Some(limits.get("a")?.cpu));
        let _: Option<String> = params.note;
        let algorithm = match params.algorithm {
            action::RotateAlgorithm::Md5 => bail!(ActionFailed::new("too weak")),
            action::RotateAlgorithm::Self_
            | action::RotateAlgorithm::_2
            | action::RotateAlgorithm::Empty => "",
            strong => strong.as_str(),
        };
        event.set_result("count", params.additional.len())?;
        let backup = BackedUp { size: 1 };
        Ok(Rotated {
            new_key: format!("{algorithm} {}", params.algorithm),
            r#type: "key",
            size: port.and_then(|port| port.try_into().ok()),
            parts: vec![backup.clone()],
            backup,
            address: std::net::Ipv4Addr::LOCALHOST,
            elsewhere: std::collections::BTreeMap::new(),
        })
    }

    fn rotate_checked(&mut self, Params(rotation): Params<Rotation>) {
        let _ = rotation.keep;
    }

    fn both(&mut self) -> BackedUp {
        BackedUp { size: 2 }
    }

    fn nothing(&mut self) -> Result<Nothing, std::io::Error> {
        Ok(Nothing)
    }

    fn configure(
        &mut self,
        config: Config,
        borrowed: &Config,
        settings: &Settings,
        owned: Settings,
    ) {
        let LogLevel(level) = config.log_level;
        let _: (Option<u16>, bool, &Option<LogLevel>) = (
            config.port,
            config.r#type,
            &borrowed.admin,
        );
        let _ = (level, settings.port, owned.port);
    }

    fn status(&self, settings: &Settings) -> Status {
        Status::active(format!("on {}", settings.port))
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
                    let event = <Action<
                        action::Rotate,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Action<action::Rotate>,
                    >>::take(call)?;
                    <Result<
                        Rotated,
                    > as __charm::Return<
                        __charm::Action<action::Rotate>,
                    >>::into_outcome(charm.rotate(params, event), call.juju)
                },
            },
            __charm::Handler {
                id: "rotate_checked",
                was: &[],
                run: |charm, call| {
                    let argument_0 = <Params<
                        Rotation,
                    > as __charm::Argument<
                        '_,
                        Hello,
                        __charm::Action<action::Rotate>,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::Action<action::Rotate>,
                    >>::into_outcome(charm.rotate_checked(argument_0), call.juju)
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
                    <BackedUp as __charm::Return<
                        __charm::marker::SeveralActions,
                    >>::into_outcome(charm.both(), call.juju)
                },
            },
            __charm::Handler {
                id: "nothing",
                was: &[],
                run: |charm, call| {
                    <Result<
                        Nothing,
                        std::io::Error,
                    > as __charm::Return<
                        __charm::Action<action::Backup>,
                    >>::into_outcome(charm.nothing(), call.juju)
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
                    <BackedUp as __charm::Return<
                        __charm::marker::SeveralActions,
                    >>::into_outcome(charm.both(), call.juju)
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
                    let config = <Config as __charm::Argument<
                        '_,
                        Hello,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    let borrowed = <&Config as __charm::Argument<
                        '_,
                        Hello,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    let settings = <&Settings as __charm::Argument<
                        '_,
                        Hello,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    let owned = <Settings as __charm::Argument<
                        '_,
                        Hello,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::ConfigChanged,
                    >>::into_outcome(
                        charm.configure(config, borrowed, settings, owned),
                        call.juju,
                    )
                },
            },
        ];
        pub(crate) const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Hello> = &[
            __charm::StatusHandler {
                id: "status",
                run: |charm, call| {
                    let settings = <&Settings as __charm::Argument<
                        '_,
                        Hello,
                        __charm::marker::UnitStatus,
                    >>::take(call)?;
                    <Status as __charm::IntoStatus>::into_status(charm.status(settings))
                },
            },
        ];
    }
};

fn main() {}

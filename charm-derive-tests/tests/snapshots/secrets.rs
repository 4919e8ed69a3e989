// `tests/pass/secrets.rs` with what `#[charm]` makes of it. Written by charm-derive-tests; a test keeps it in step.

//! Secrets: one of the application, one of the unit, one for each relation; their events, and content as a type.
#![allow(dead_code, unused_imports)]

use charm_runtime::prelude::*;
use charm_runtime::{DeclaredSecret, RawSecret, RotatePolicy};

mod content {
    use charm_runtime::{SecretContent, SecretString};

    #[derive(SecretContent)]
    pub(crate) struct Credentials {
        pub(crate) user_name: String,
        pub(crate) password: SecretString,
        #[secret(rename = "tls-ca")]
        pub(crate) ca: Option<String>,
        pub(crate) r#type: Option<u16>,
    }
}

#[derive(Default)]
struct Pg;
/// The endpoints that `charmcraft.yaml` declares, as types.
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
mod endpoint {
    /// The endpoint `db-admin`: provides the interface `postgresql_client`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub(super) enum DbAdmin {}
}

#[automatically_derived]
impl ::charm_runtime::Endpoint for endpoint::DbAdmin {
    const NAME: &'static str = "db-admin";
    const ROLE: ::charm_runtime::Role = ::charm_runtime::Role::Provides;
    const INTERFACE: &'static str = "postgresql_client";
    type RemoteApp = ::charm_runtime::RawDatabag;
    type LocalApp = ::charm_runtime::RawDatabag;
    type RemoteUnit = ::charm_runtime::RawDatabag;
    type LocalUnit = ::charm_runtime::RawDatabag;
}

/// The secrets that the charm's struct declares, as types.
#[allow(dead_code, unreachable_pub, rustdoc::all)]
mod secret {
    /// The secret `admin` of this application: of the admin
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub(super) enum Admin {}
    /// The secret `host-key` of this unit.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub(super) enum HostKey {}
    /// The secret `user` of this application, one for each relation of `db_admin`.
    #[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
    pub(super) enum User {}
}

#[automatically_derived]
impl ::charm_runtime::__private::DeclaredSecret for secret::Admin {
    type Content = content::Credentials;
    type Owner = ::charm_runtime::__private::AppOwned;
    const NAME: &'static str = "admin";
    const DESCRIPTION: ::core::option::Option<&'static str> = ::core::option::Option::Some(
        "of the admin",
    );
    const ROTATE: ::charm_runtime::__private::RotatePolicy = ::charm_runtime::__private::RotatePolicy::Monthly;
    const EXPIRE: ::core::option::Option<::charm_runtime::__private::Duration> = ::core::option::Option::None;
}

#[automatically_derived]
impl ::charm_runtime::__private::SingleSecret for secret::Admin {}
#[automatically_derived]
impl ::charm_runtime::__private::DeclaredSecret for secret::HostKey {
    type Content = RawSecret;
    type Owner = ::charm_runtime::__private::UnitOwned;
    const NAME: &'static str = "host-key";
    const DESCRIPTION: ::core::option::Option<&'static str> = ::core::option::Option::None;
    const ROTATE: ::charm_runtime::__private::RotatePolicy = ::charm_runtime::__private::RotatePolicy::Never;
    const EXPIRE: ::core::option::Option<::charm_runtime::__private::Duration> = ::core::option::Option::Some(
        ::charm_runtime::__private::Duration::from_secs(1209600),
    );
}

#[automatically_derived]
impl ::charm_runtime::__private::SingleSecret for secret::HostKey {}
#[automatically_derived]
impl ::charm_runtime::__private::DeclaredSecret for secret::User {
    type Content = content::Credentials;
    type Owner = ::charm_runtime::__private::AppOwned;
    const NAME: &'static str = "user";
    const DESCRIPTION: ::core::option::Option<&'static str> = ::core::option::Option::None;
    const ROTATE: ::charm_runtime::__private::RotatePolicy = ::charm_runtime::__private::RotatePolicy::Never;
    const EXPIRE: ::core::option::Option<::charm_runtime::__private::Duration> = ::core::option::Option::None;
}

#[automatically_derived]
impl ::charm_runtime::__private::SecretPerRelation for secret::User {
    type Endpoint = endpoint::DbAdmin;
}

/// The options that `charmcraft.yaml` declares, as this dispatch sees them.
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::cmp::PartialEq)]
#[allow(clippy::all, clippy::pedantic, dead_code, rustdoc::all, unreachable_pub)]
struct Config {
    /// `password`: The administrator's.
    pub password: ::core::option::Option<::charm_runtime::SecretId>,
}

/// Why [`Pg`] runs: every event that Juju can send it.
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
    /// `relation-created` of `db-admin`: Sent once for each relation, before any of its units is seen.
    DbAdminRelationCreated(::charm_runtime::event::RelationCreated<endpoint::DbAdmin>),
    /// `relation-joined` of `db-admin`: Sent when a remote unit has come into the relation; its `relation-changed` follows at once.
    DbAdminRelationJoined(::charm_runtime::event::RelationJoined<endpoint::DbAdmin>),
    /// `relation-changed` of `db-admin`: Sent when a remote unit has joined, or when the data of a remote unit or application has changed.
    DbAdminRelationChanged(::charm_runtime::event::RelationChanged<endpoint::DbAdmin>),
    /// `relation-departed` of `db-admin`: Sent when a unit leaves the relation: a remote one, or this one, which then sees every remote unit depart.
    DbAdminRelationDeparted(::charm_runtime::event::RelationDeparted<endpoint::DbAdmin>),
    /// `relation-broken` of `db-admin`: Sent when the relation is removed or this unit goes, after all remote units have departed; never for peers.
    DbAdminRelationBroken(::charm_runtime::event::RelationBroken<endpoint::DbAdmin>),
    /// Deferred events alone: Juju's own event is one that this revision of the charm doesn't know.
    Deferred,
}

#[allow(clippy::all, clippy::pedantic, unused_qualifications)]
const _: () = {
    use ::charm_runtime::__private as __charm;

    type Handlers = __charm::Handlers<Pg>;
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
        const __ON_DB_ADMIN_RELATION_CREATED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DB_ADMIN_RELATION_JOINED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DB_ADMIN_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DB_ADMIN_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_DB_ADMIN_RELATION_BROKEN_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ADMIN_SECRET_ROTATE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ADMIN_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ADMIN_SECRET_REMOVE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_HOSTKEY_SECRET_ROTATE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_HOSTKEY_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_HOSTKEY_SECRET_REMOVE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_USER_SECRET_ROTATE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_USER_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_USER_SECRET_REMOVE_IN_ONE_IMPL_BLOCK: Handlers = &[];
        const __ON_ANY_IN_ONE_IMPL_BLOCK: __charm::AnyHandlers<Pg> = &[];
        const __STATUS_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Pg> = &[];
        const __STATUS_APP_IN_ONE_IMPL_BLOCK: __charm::StatusHandlers<Pg> = &[];
    }

    impl Unhandled for Pg {}
    const _: () = ::core::assert!(
        Pg::__A_HANDLER_MAY_BE_MISTAKEN || !
        Pg::__ON_ADMIN_SECRET_ROTATE_IN_ONE_IMPL_BLOCK.is_empty() || !
        Pg::__ON_SECRET_ROTATE_IN_ONE_IMPL_BLOCK.is_empty(),
        "the secret `admin` is to be rotated, and no method handles that: mark one with `#[on(secret_rotate = \"admin\")]`"
    );
    const _: () = ::core::assert!(
        Pg::__A_HANDLER_MAY_BE_MISTAKEN || !
        Pg::__ON_HOSTKEY_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK.is_empty() || !
        Pg::__ON_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK.is_empty(),
        "the secret `host-key` expires, and no method handles that: mark one with `#[on(secret_expired = \"host-key\")]`"
    );
    #[automatically_derived]
    impl __charm::Charm for Pg {
        type Cause = Cause;
        type Config = Config;
        type Settings = ();
        const NAME: &'static str = "pg";
        const METADATA: &'static str = ::core::include_str!("../pass/secrets.yaml");
        const LOG_LEVEL: __charm::LevelFilter = __charm::LevelFilter::INFO;
        const TABLE: &'static __charm::Table<Self> = &__charm::Table {
            events: &[
                __charm::Row {
                    name: "install",
                    kind: __charm::Kind::Install,
                    handlers: Pg::__ON_INSTALL_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Install)
                    },
                },
                __charm::Row {
                    name: "start",
                    kind: __charm::Kind::Start,
                    handlers: Pg::__ON_START_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Start)
                    },
                },
                __charm::Row {
                    name: "stop",
                    kind: __charm::Kind::Stop,
                    handlers: Pg::__ON_STOP_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Stop)
                    },
                },
                __charm::Row {
                    name: "remove",
                    kind: __charm::Kind::Remove,
                    handlers: Pg::__ON_REMOVE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload).map(Cause::Remove)
                    },
                },
                __charm::Row {
                    name: "config-changed",
                    kind: __charm::Kind::ConfigChanged,
                    handlers: Pg::__ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::ConfigChanged)
                    },
                },
                __charm::Row {
                    name: "update-status",
                    kind: __charm::Kind::UpdateStatus,
                    handlers: Pg::__ON_UPDATE_STATUS_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::UpdateStatus)
                    },
                },
                __charm::Row {
                    name: "upgrade-charm",
                    kind: __charm::Kind::UpgradeCharm,
                    handlers: Pg::__ON_UPGRADE_CHARM_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::UpgradeCharm)
                    },
                },
                __charm::Row {
                    name: "leader-elected",
                    kind: __charm::Kind::LeaderElected,
                    handlers: Pg::__ON_LEADER_ELECTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::LeaderElected)
                    },
                },
                __charm::Row {
                    name: "leader-settings-changed",
                    kind: __charm::Kind::LeaderSettingsChanged,
                    handlers: Pg::__ON_LEADER_SETTINGS_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::LeaderSettingsChanged)
                    },
                },
                __charm::Row {
                    name: "pre-series-upgrade",
                    kind: __charm::Kind::PreSeriesUpgrade,
                    handlers: Pg::__ON_PRE_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::PreSeriesUpgrade)
                    },
                },
                __charm::Row {
                    name: "post-series-upgrade",
                    kind: __charm::Kind::PostSeriesUpgrade,
                    handlers: Pg::__ON_POST_SERIES_UPGRADE_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::PostSeriesUpgrade)
                    },
                },
                __charm::Row {
                    name: "collect-metrics",
                    kind: __charm::Kind::CollectMetrics,
                    handlers: Pg::__ON_COLLECT_METRICS_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::CollectMetrics)
                    },
                },
                __charm::Row {
                    name: "meter-status-changed",
                    kind: __charm::Kind::MeterStatusChanged,
                    handlers: Pg::__ON_METER_STATUS_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::MeterStatusChanged)
                    },
                },
                __charm::Row {
                    name: "secret-changed",
                    kind: __charm::Kind::SecretChanged,
                    handlers: Pg::__ON_SECRET_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretChanged)
                    },
                },
                __charm::Row {
                    name: "secret-rotate",
                    kind: __charm::Kind::SecretRotate,
                    handlers: Pg::__ON_SECRET_ROTATE_IN_ONE_IMPL_BLOCK,
                    secrets: &[
                        __charm::SecretHandlers {
                            name: "admin",
                            per_relation: false,
                            handlers: Pg::__ON_ADMIN_SECRET_ROTATE_IN_ONE_IMPL_BLOCK,
                        },
                        __charm::SecretHandlers {
                            name: "host-key",
                            per_relation: false,
                            handlers: Pg::__ON_HOSTKEY_SECRET_ROTATE_IN_ONE_IMPL_BLOCK,
                        },
                        __charm::SecretHandlers {
                            name: "user",
                            per_relation: true,
                            handlers: Pg::__ON_USER_SECRET_ROTATE_IN_ONE_IMPL_BLOCK,
                        },
                    ],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretRotate)
                    },
                },
                __charm::Row {
                    name: "secret-expired",
                    kind: __charm::Kind::SecretExpired,
                    handlers: Pg::__ON_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK,
                    secrets: &[
                        __charm::SecretHandlers {
                            name: "admin",
                            per_relation: false,
                            handlers: Pg::__ON_ADMIN_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK,
                        },
                        __charm::SecretHandlers {
                            name: "host-key",
                            per_relation: false,
                            handlers: Pg::__ON_HOSTKEY_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK,
                        },
                        __charm::SecretHandlers {
                            name: "user",
                            per_relation: true,
                            handlers: Pg::__ON_USER_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK,
                        },
                    ],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretExpired)
                    },
                },
                __charm::Row {
                    name: "secret-remove",
                    kind: __charm::Kind::SecretRemove,
                    handlers: Pg::__ON_SECRET_REMOVE_IN_ONE_IMPL_BLOCK,
                    secrets: &[
                        __charm::SecretHandlers {
                            name: "admin",
                            per_relation: false,
                            handlers: Pg::__ON_ADMIN_SECRET_REMOVE_IN_ONE_IMPL_BLOCK,
                        },
                        __charm::SecretHandlers {
                            name: "host-key",
                            per_relation: false,
                            handlers: Pg::__ON_HOSTKEY_SECRET_REMOVE_IN_ONE_IMPL_BLOCK,
                        },
                        __charm::SecretHandlers {
                            name: "user",
                            per_relation: true,
                            handlers: Pg::__ON_USER_SECRET_REMOVE_IN_ONE_IMPL_BLOCK,
                        },
                    ],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::SecretRemove)
                    },
                },
                __charm::Row {
                    name: "db-admin-relation-created",
                    kind: __charm::Kind::RelationCreated,
                    handlers: Pg::__ON_DB_ADMIN_RELATION_CREATED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DbAdminRelationCreated)
                    },
                },
                __charm::Row {
                    name: "db-admin-relation-joined",
                    kind: __charm::Kind::RelationJoined,
                    handlers: Pg::__ON_DB_ADMIN_RELATION_JOINED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DbAdminRelationJoined)
                    },
                },
                __charm::Row {
                    name: "db-admin-relation-changed",
                    kind: __charm::Kind::RelationChanged,
                    handlers: Pg::__ON_DB_ADMIN_RELATION_CHANGED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DbAdminRelationChanged)
                    },
                },
                __charm::Row {
                    name: "db-admin-relation-departed",
                    kind: __charm::Kind::RelationDeparted,
                    handlers: Pg::__ON_DB_ADMIN_RELATION_DEPARTED_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DbAdminRelationDeparted)
                    },
                },
                __charm::Row {
                    name: "db-admin-relation-broken",
                    kind: __charm::Kind::RelationBroken,
                    handlers: Pg::__ON_DB_ADMIN_RELATION_BROKEN_IN_ONE_IMPL_BLOCK,
                    secrets: &[],
                    cause: |juju, payload| {
                        __charm::Event::from_payload(juju, payload)
                            .map(Cause::DbAdminRelationBroken)
                    },
                },
            ],
            any: Pg::__ON_ANY_IN_ONE_IMPL_BLOCK,
            status: Pg::__STATUS_IN_ONE_IMPL_BLOCK,
            app_status: Pg::__STATUS_APP_IN_ONE_IMPL_BLOCK,
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
        fn load(options: __charm::Options<'_>) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(Self {
                password: options.secret::<::charm_runtime::SecretId>("password")?,
            })
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Pg, Ev> for &'d Cause {
        fn take(
            call: &'d __charm::Call<'d, Pg>,
        ) -> __charm::Result<Self, __charm::Error> {
            __charm::Result::Ok(call.cause())
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Pg, Ev> for &'d Config {
        fn take(
            call: &'d __charm::Call<'d, Pg>,
        ) -> __charm::Result<Self, __charm::Error> {
            call.config()
        }
    }

    #[automatically_derived]
    impl<'d, Ev> __charm::Argument<'d, Pg, Ev> for Config {
        fn take(
            call: &'d __charm::Call<'d, Pg>,
        ) -> __charm::Result<Self, __charm::Error> {
            call.config().cloned()
        }
    }
};

impl Pg {
    fn config_changed(&mut self, config: &Config, juju: &Juju) -> Result<()> {
        if let Some(id) = &config.password {
            juju.secret(&id.typed::<content::Credentials>()).latest()?;
        }
        Ok(())
    }

    fn changed(
        &mut self,
        relation: Relation<endpoint::DbAdmin>,
        users: Secrets<secret::User>,
        leader: Option<Leader>,
    ) -> Result<()> {
        let Some(leader) = leader else { return Ok(()) };
        users.of(&relation).grant(&leader, &relation)?;
        Ok(())
    }

    fn rotate(
        &mut self,
        event: SecretRotate<secret::Admin>,
        admin: Secret<secret::Admin>,
    ) {
        info!("{} {}", event.secret().label(), admin.label());
    }

    fn expired(
        &mut self,
        event: SecretExpired<secret::HostKey>,
        unit: &Unit,
    ) -> Result<()> {
        event.secret().remove_revision(unit, event.revision)?;
        Ok(())
    }

    fn removed(&mut self) {}
    fn any_removed(&mut self, event: SecretRemove) {
        event.keep();
    }
}

#[allow(clippy::all, clippy::pedantic, unused_qualifications, private_interfaces)]
const _: () = {
    use ::charm_runtime::__private as __charm;

    #[allow(non_camel_case_types)]
    type __AdminSecret = secret::Admin;
    #[allow(non_camel_case_types)]
    type __HostKeySecret = secret::HostKey;
    #[allow(non_camel_case_types)]
    type __UserSecret = secret::User;
    impl Pg {
        pub(crate) const __ON_CONFIG_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<Pg> = &[
            __charm::Handler {
                id: "config_changed",
                was: &[],
                run: |charm, call| {
                    let config = <&Config as __charm::Argument<
                        '_,
                        Pg,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    let juju = <&Juju as __charm::Argument<
                        '_,
                        Pg,
                        __charm::ConfigChanged,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::ConfigChanged,
                    >>::into_outcome(charm.config_changed(config, juju), call.juju)
                },
            },
        ];
        pub(crate) const __ON_DB_ADMIN_RELATION_CHANGED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Pg,
        > = &[
            __charm::Handler {
                id: "changed",
                was: &[],
                run: |charm, call| {
                    let relation = <Relation<
                        endpoint::DbAdmin,
                    > as __charm::Argument<
                        '_,
                        Pg,
                        __charm::RelationChanged<endpoint::DbAdmin>,
                    >>::take(call)?;
                    let users = <Secrets<
                        secret::User,
                    > as __charm::Argument<
                        '_,
                        Pg,
                        __charm::RelationChanged<endpoint::DbAdmin>,
                    >>::take(call)?;
                    let leader = <Option<
                        Leader,
                    > as __charm::Argument<
                        '_,
                        Pg,
                        __charm::RelationChanged<endpoint::DbAdmin>,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::RelationChanged<endpoint::DbAdmin>,
                    >>::into_outcome(charm.changed(relation, users, leader), call.juju)
                },
            },
        ];
        pub(crate) const __ON_ADMIN_SECRET_ROTATE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Pg,
        > = &[
            __charm::Handler {
                id: "rotate",
                was: &[],
                run: |charm, call| {
                    let event = <SecretRotate<
                        secret::Admin,
                    > as __charm::Argument<
                        '_,
                        Pg,
                        __charm::SecretRotate<__AdminSecret>,
                    >>::take(call)?;
                    let admin = <Secret<
                        secret::Admin,
                    > as __charm::Argument<
                        '_,
                        Pg,
                        __charm::SecretRotate<__AdminSecret>,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::SecretRotate<__AdminSecret>,
                    >>::into_outcome(charm.rotate(event, admin), call.juju)
                },
            },
        ];
        pub(crate) const __ON_HOSTKEY_SECRET_EXPIRED_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Pg,
        > = &[
            __charm::Handler {
                id: "expired",
                was: &[],
                run: |charm, call| {
                    let event = <SecretExpired<
                        secret::HostKey,
                    > as __charm::Argument<
                        '_,
                        Pg,
                        __charm::SecretExpired<__HostKeySecret>,
                    >>::take(call)?;
                    let unit = <&Unit as __charm::Argument<
                        '_,
                        Pg,
                        __charm::SecretExpired<__HostKeySecret>,
                    >>::take(call)?;
                    <Result<
                        (),
                    > as __charm::Return<
                        __charm::SecretExpired<__HostKeySecret>,
                    >>::into_outcome(charm.expired(event, unit), call.juju)
                },
            },
        ];
        pub(crate) const __ON_USER_SECRET_REMOVE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Pg,
        > = &[
            __charm::Handler {
                id: "removed",
                was: &[],
                run: |charm, call| {
                    <() as __charm::Return<
                        __charm::marker::SeveralOfWhichSomeCannotWait,
                    >>::into_outcome(charm.removed(), call.juju)
                },
            },
        ];
        pub(crate) const __ON_HOSTKEY_SECRET_REMOVE_IN_ONE_IMPL_BLOCK: __charm::Handlers<
            Pg,
        > = &[
            __charm::Handler {
                id: "removed",
                was: &[],
                run: |charm, call| {
                    <() as __charm::Return<
                        __charm::marker::SeveralOfWhichSomeCannotWait,
                    >>::into_outcome(charm.removed(), call.juju)
                },
            },
        ];
        pub(crate) const __ON_SECRET_REMOVE_IN_ONE_IMPL_BLOCK: __charm::Handlers<Pg> = &[
            __charm::Handler {
                id: "any_removed",
                was: &[],
                run: |charm, call| {
                    let event = <SecretRemove as __charm::Argument<
                        '_,
                        Pg,
                        __charm::SecretRemove,
                    >>::take(call)?;
                    <() as __charm::Return<
                        __charm::SecretRemove,
                    >>::into_outcome(charm.any_removed(event), call.juju)
                },
            },
        ];
    }
};

fn main() {}

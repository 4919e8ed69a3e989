//! Events of the unit's own life.

use super::{Event, Payload};
use crate::error::Error;
use crate::juju::Juju;

macro_rules! plain_events {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(());

        impl Event for $name {
            #[track_caller]
            fn from_payload(_: &Juju, _: &Payload) -> Result<Self, Error> {
                Ok(Self(()))
            }
        }
    )*};
}

plain_events! {
    /// `install`: once, the unit's first hook (on machines after its storage is attached).
    Install,
    /// `start`: after the first config-changed, and again after a reboot; on Kubernetes after every restart of the pod.
    Start,
    /// `stop`: when the unit is going away, its relations are broken by then; on Kubernetes also when its pod is replaced.
    Stop,
    /// `remove`: the unit's last hook.
    Remove,
    /// `config-changed`: after install, after an upgrade, and when options, trust or addresses changed. It must be idempotent.
    ConfigChanged,
    /// `update-status`: periodically, every five minutes unless the model says otherwise.
    UpdateStatus,
    /// `upgrade-charm`: after a new revision of the charm or of a resource was put in place; config-changed follows.
    UpgradeCharm,
    /// `leader-elected`: this unit became the leader. There is no event for the loss of leadership.
    LeaderElected,
    /// `leader-settings-changed` (Juju 3 only).
    LeaderSettingsChanged,
    /// `post-series-upgrade` (Juju 3 only).
    PostSeriesUpgrade,
    /// `collect-metrics` (Juju 3 only): in a restricted context, where almost no hook command is served.
    CollectMetrics,
}

/// `pre-series-upgrade` (Juju 3 only).
#[derive(Debug, Clone)]
pub struct PreSeriesUpgrade {
    /// The base to come, such as `ubuntu@24.04`.
    pub target_base: Option<String>,
    /// The series to come.
    pub target_series: Option<String>,
}

impl Event for PreSeriesUpgrade {
    #[track_caller]
    fn from_payload(_: &Juju, payload: &Payload) -> Result<Self, Error> {
        match payload {
            Payload::SeriesUpgrade { base, series } => {
                Ok(Self { target_base: base.clone(), target_series: series.clone() })
            }
            other => Err(other.mismatch("pre-series-upgrade")),
        }
    }
}

/// `meter-status-changed` (Juju 3 only): in a restricted context.
#[derive(Debug, Clone)]
pub struct MeterStatusChanged {
    /// The meter's status, such as `GREEN`.
    pub status: Option<String>,
    /// What Juju says of it.
    pub info: Option<String>,
}

impl Event for MeterStatusChanged {
    #[track_caller]
    fn from_payload(_: &Juju, payload: &Payload) -> Result<Self, Error> {
        match payload {
            Payload::MeterStatus { status, info } => Ok(Self { status: status.clone(), info: info.clone() }),
            other => Err(other.mismatch("meter-status-changed")),
        }
    }
}

//! Everything that a charm's source usually names: `use charm_runtime::prelude::*;`

pub use crate::event::{
    Action, CollectMetrics, ConfigChanged, Departing, Install, LeaderElected, LeaderSettingsChanged,
    MeterStatusChanged, PebbleCheckFailed, PebbleCheckRecovered, PebbleCustomNotice, PebbleReady,
    PostSeriesUpgrade, PreSeriesUpgrade, RelationBroken, RelationChanged, RelationCreated, RelationDeparted,
    RelationJoined, Remove, SecretChanged, SecretExpired, SecretRemove, SecretRotate, Start, Stop,
    StorageAttached, StorageDetaching, UpdateStatus, UpgradeCharm,
};
pub use crate::{
    charm, on, status, ActionFailed, ActionResults, App, BrokenReason, Databag, Endpoint, Halt, Juju, Leader,
    Model, Network, OrHalt, Outcome, Params, Port, Ports, Relation, Relations, Resource, Result, Secret,
    SecretContent, SecretId, SecretString, Secrets, Status, Storage, Storages, Stored, StoredMap, Unit,
};
pub use anyhow::{anyhow, bail, ensure, Context};
pub use tracing::{debug, error, info, trace, warn};

//! Juju charms in Rust: what a charm links.
//!
//! A charm is a program that Juju starts afresh for every event of a unit. It learns the event from its environment,
//! talks to Juju through hook commands, and exits; Juju keeps what it wrote only if it exits 0. Here its author
//! annotates a struct with [`#[charm]`](charm) and methods with [`#[on(..)]`](on):
//!
//! ```
//! use charm_runtime::prelude::*;
//!
//! #[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever installs it.}")]
//! #[derive(Default)]
//! pub struct Hello {
//!     greeted: Stored<u32>,
//! }
//!
//! #[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever installs it.}")]
//! impl Hello {
//!     #[on(install)]
//!     fn install(&mut self, unit: &Unit) -> Result<()> {
//!         *self.greeted.get_mut()? += 1;
//!         info!("hello, {}", unit.name()?);
//!         Ok(())
//!     }
//!
//!     #[status]
//!     fn status(&self) -> Status {
//!         Status::active("")
//!     }
//! }
//!
//! charm_runtime::main!(Hello);
//! ```
//!
//! A charm with its own `charmcraft.yaml` writes a plain `#[charm]`: the file is found beside `Cargo.toml`.
//!
//! # What a handler can take
//!
//! A method names what it needs as arguments, in any order; [`Argument`] has the whole list. Names from `charmcraft.yaml`
//! are types in modules beside the struct: `endpoint::Database`, `storage::Data`, `action::Rotate`.
//!
//! | argument | what it is | Juju's commands behind it |
//! |---|---|---|
//! | [an event](event), such as [`RelationChanged<endpoint::Database>`](event::RelationChanged) | what happened, with what it is about | none: the environment |
//! | `&Cause` | the same for methods of several events, as an enum | none |
//! | `&Config`, generated | the [options](macro@charm#options-of-the-charm), as a struct | `config-get` |
//! | `action::RotateParams`, generated; [`Params`] | [parameters](parameter) of an action | `action-get` |
//! | [`Relation`], [`Relations`] | related applications and units, and [databags](trait@Databag) | `relation-ids`, `-list`, `-get`, `-set`, `-model-get` |
//! | [`Secret`], [`Secrets`] | secrets of the charm's own, [declared](macro@charm) on the struct | `secret-*` |
//! | `Option<`[`Leader`]`>` | the proof without which nothing is written for the application | `is-leader` |
//! | [`Storage`], [`Storages`] | disks, and asking for more | `storage-list`, `-get`, `-add` |
//! | [`Resource`] | files that come beside the charm | `resource-get` |
//! | [`Network`] | addresses of an endpoint or an extra binding | `network-get` |
//! | [`Ports`] | what the unit's firewall lets through | `opened-ports`, `open-port`, `close-port` |
//! | [`Unit`] | name, machine, status, workload version, reboots | `status-get`, `-set`, `application-version-set`, `juju-reboot` |
//! | [`App`] | name, status, planned units | `status-get`, `-set`, `goal-state` |
//! | [`Model`] | name, id, the cloud and its credential | `credential-get` |
//! | [`Juju`] | all of this by method, for plain helpers; [secrets of others](Juju::secret); [Juju's version](JujuVersion) | `secret-get`, any |
//!
//! It returns `()`, an [`Outcome`] or, of an action, its [results](trait@ActionResults); or a [`Result`] of one of them. `?` works on any
//! error, and on what [`OrHalt`] makes of a missing value: a [`Halt`], which shows a [`Status`] and keeps what was done.
//!
//! # What holds for all of them
//!
//! Reads are kept for the dispatch, own writes included; each says where it is asked anew. Writes that Juju buffers are
//! staged: only what differs is sent, when the handlers have run, and nothing of a handler that is rolled back. What is
//! immediate says so: it stays although the dispatch fails. What Juju is known to refuse is an [`Error`] at the call, told
//! by predicates such as [`Error::is_relation_gone`], since Juju 3.6 and 4 word it differently. State that lasts stands
//! in [`Stored`] and [`StoredMap`] fields.
//!
//! Below the nouns, [`hook_command`] has a function for each hook command of Juju 4, which keeps and stages nothing; and
//! [`Juju::hook_command`] sends any. What a charm writes by these is seen by the nouns: they read again. [`state`] is the
//! store, [`dispatch`](fn@dispatch) one run without a process, for tests; `charm-testing` has the Juju to go with it.

// The macros' output names this crate; in this crate's own tests and examples too.
extern crate self as charm_runtime;

pub mod action_result;
mod app;
mod argument;
mod async_handler;
mod breakpoint;
mod charm;
pub mod config;
mod databag;
mod dispatch;
mod environment;
mod error;
pub mod event;
mod halt;
mod home;
pub mod hook_command;
mod juju;
mod juju_version;
mod leader;
mod log;
mod memory;
mod model;
mod network;
mod operator;
mod outcome;
#[doc(hidden)]
pub mod panics;
pub mod parameter;
mod port;
mod reboot;
mod relation;
mod resource;
mod run;
mod secret;
mod stage;
pub mod state;
mod status;
mod storage;
mod stored;
mod unit;
mod value;

pub mod prelude;

#[doc(hidden)]
pub mod __private;

pub use anyhow;
pub use serde_json;
pub use tracing;

pub use action_result::ActionResults;
pub use app::App;
pub use argument::{Argument, Call};
pub use charm::{AnyHandler, Charm, Handler, Row, SecretHandlers, StatusHandler, Table};
/// Makes a charm of a struct, and handlers of the methods in its impl blocks.
///
/// # On the struct
///
/// Reads `charmcraft.yaml` beside `Cargo.toml` (or above it, up to the workspace's root) while the charm is compiled,
/// and builds the charm again when that file changes. Beside the struct it makes
///
/// - the modules `endpoint`, `binding`, `storage`, `resource`, `container` and `action`: a type for each name, such as
///   `endpoint::K8sService`;
/// - in `action`, a struct of the parameters of each action that has some, such as `action::RotateParams`: see
///   [`parameter`];
/// - `Config`: the options as a struct; one without a default is an `Option`, and so is one of type secret;
/// - `Cause`: every event that Juju can send this charm, as an enum.
///
/// The struct needs `Default`. Fields of type [`Stored`] and [`StoredMap`] are state; others start anew each time.
///
/// | option | meaning |
/// |---|---|
/// | `metadata = "path"` | another file, from the directory of this source file |
/// | `metadata_str = ".."` | the text itself, for tests and examples |
/// | `option(log_level = LogLevel, port = u16)` | the type of an option in `Config`: see [below](#options-of-the-charm) |
/// | `config = Settings` | a type made of the whole `Config`, as an argument |
/// | `log = debug` | log from this level up; `info` otherwise |
/// | `secret(name, content = Type, owner = app)` | a secret of the charm's own; see below |
/// | `state = sled` | said by charms with containers: their state goes with the pod |
/// | `state_version = 1, migrate = function` | see [`Schema`] |
/// | `crate = path` | where this crate is found, if it was renamed |
/// | `endpoint(name, remote = Type, ..)` | what stands in the databags of an endpoint's relations; once for each endpoint |
///
/// In `endpoint(database, remote = .., local = .., remote_unit = .., local_unit = ..)` the name is the endpoint's, with `_`
/// for `-` or as a string; `remote` and `local` are the databags of the two applications, written by their leaders,
/// `remote_unit` and `local_unit` those of their units. What is left out is a [`RawDatabag`]. The types implement
/// [`trait@Databag`] and are as visible as the struct. A peer relation has `local` and `local_unit` only.
///
/// `secret(..)` may be given several times. It makes the type `secret::Name`; with Juju the secret is labelled by its
/// name, underscores as hyphens. A handler takes it as [`Secret<secret::Name>`](Secret).
///
/// | option of a secret | meaning |
/// |---|---|
/// | `content = Type` | what is in it: a type with [`#[derive(SecretContent)]`](SecretContent), as public as the charm |
/// | `owner = app`, `owner = unit` | the application, whose leader writes it, or each unit its own |
/// | `rotate = monthly` | how often Juju sends secret-rotate: `hourly`, `daily`, `weekly`, `monthly`, `quarterly`, `yearly` |
/// | `expire = days(90)` | how long a revision lives: `minutes`, `hours`, `days`, `weeks` |
/// | `description = ".."` | what it is for |
/// | `per_relation = endpoint` | one for each relation of the endpoint, labelled `name:7`; [`Secrets`] has them |
///
/// A secret with `rotate` or `expire` that no method handles, by `#[on(secret_rotate = "name")]` or
/// `#[on(secret_expired = "name")]`, doesn't compile.
///
/// On a field, `#[charm(was = "old")]` names what it was called before, and `#[charm(stored)]` says that a type alias
/// is one of the two.
///
/// # Options of the charm
///
/// With `option(log_level = LogLevel)` the field `log_level` of `Config` has the author's type: made by [`FromStr`] of an
/// option of type string or secret, by [`TryFrom`] of an `i64`, `f64` or `bool` of the others. The type is also `Debug`,
/// `Clone` and `PartialEq`, as `Config` is. With `config = Settings` handlers may take `Settings` or `&Settings`, made of
/// the `Config` by [`TryFrom`], for what options mean together. For serde there is
/// [`Options::read_as`](config::Options::read_as).
///
/// A value that can't be made one blocks the unit: a handler, `#[on(any)]` or `#[status]` that takes the `Config` ends
/// with [`Halt::Blocked`], and the status names the option (`option log-level: no such level`). What was done before is
/// kept and the process exits 0; methods that don't take it run as ever. An action whose handler takes it fails with the
/// same message.
///
/// ```
/// use charm_runtime::prelude::*;
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub enum LogLevel { Info, Debug }
///
/// impl std::str::FromStr for LogLevel {
///     type Err = &'static str;
///
///     fn from_str(text: &str) -> Result<Self, Self::Err> {
///         match text {
///             "info" => Ok(Self::Info),
///             "debug" => Ok(Self::Debug),
///             _ => Err("expected info or debug"),
///         }
///     }
/// }
///
/// /// Where pages are found.
/// pub struct Settings { url: Option<String> }
///
/// impl TryFrom<Config> for Settings {
///     type Error = &'static str;
///
///     fn try_from(config: Config) -> Result<Self, Self::Error> {
///         if config.port == 443 && config.external_hostname.is_none() {
///             return Err("port 443 needs an external-hostname");
///         }
///         Ok(Self { url: config.external_hostname.map(|host| format!("http://{host}:{}", config.port)) })
///     }
/// }
///
/// #[charm(metadata = "rotate.yaml", option(log_level = LogLevel, port = u16), config = Settings)]
/// #[derive(Default)]
/// pub struct Webapp;
///
/// #[charm(metadata = "rotate.yaml")]
/// impl Webapp {
///     #[on(config_changed)]
///     fn configure(&mut self, config: &Config, settings: &Settings) {
///         info!("from {:?} at {:?}", config.log_level, settings.url);
///     }
///
///     #[on(action = "rotate")]
///     fn rotate(&mut self, params: action::RotateParams) {
///         info!("{} old keys are kept", params.keep);
///     }
/// }
/// ```
///
/// # On an impl block
///
/// Every method with [`#[on(..)]`](on) becomes a handler, every one with [`#[status]`](status) says what the status is.
/// Several blocks may contribute; all handlers of one event stand in one block, in the order in which they run. A block
/// in another module names the struct by its path (`impl super::Hello`), or imports the modules made beside it. It
/// takes the options `metadata`, `metadata_str` and `crate`, where the struct has them.
///
/// A declared action that no method handles doesn't compile. A charm is not generic.
///
/// ```
/// use charm_runtime::prelude::*;
///
/// #[charm(metadata = "doc.yaml")]
/// #[derive(Default)]
/// pub struct Webapp {
///     requests: Stored<u64>,
/// }
///
/// #[charm(metadata = "doc.yaml")]
/// impl Webapp {
///     #[on(relation_changed = "k8s-service")]
///     fn service(&mut self, event: RelationChanged<endpoint::K8sService>) -> Result<Outcome> {
///         let Some(name) = event.relation.remote_app().get("service-name")? else {
///             return Ok(Outcome::defer("the service has no name yet"));
///         };
///         info!("the service is {name}");
///         Ok(Outcome::done())
///     }
///
///     #[on(action = "reset")]
///     fn reset(&mut self) {
///         self.requests.set(0);
///     }
/// }
/// ```
///
/// [`FromStr`]: std::str::FromStr
pub use charm_macros::charm;
/// Says which event a method handles.
///
/// - `#[on(install)]`, and so on for the events of the unit itself and of secrets;
/// - `#[on(relation_changed = "db")]`, with the name of the endpoint, storage or container that the event is about, or
///   with the type that stands for it: `relation_changed = endpoint::Db`;
/// - `#[on(action = "backup")]`, or `action = action::Backup`;
/// - `#[on(any)]`: after the other handlers, for every event but actions, stop, remove, secret-rotate, -expired and
///   -remove, and Juju 3's series upgrades and restricted hooks; `any(also(stop), except(update_status))` changes that.
///
/// A method may carry several, and then takes no event but `&Cause`. `was = "old_name"` names what the method was called
/// before, so that events it deferred find it.
///
/// A method takes what [`Argument`] lists, and returns what [`Return`] does. It has a meaning only in an impl block with
/// [`#[charm]`](charm).
///
/// # Async handlers
///
/// With the feature `tokio` a method may be an `async fn`, and so may one with [`#[status]`](status). Handlers still run
/// one after another: each is waited for before the next begins, on a current-thread runtime that is made when the
/// first one runs and serves the whole dispatch. The drivers for time and I/O are there where the charm turns them on in
/// its own dependency on tokio:
///
/// ```toml
/// [dependencies]
/// charm-runtime = { version = "..", features = ["tokio"] }
/// tokio = { version = "1", features = ["net", "time"] }
/// ```
///
/// What a handler spawns and doesn't wait for is dropped at the end of the dispatch. Without the feature nothing of
/// tokio is linked, and a dispatch that runs no such method makes no runtime.
pub use charm_macros::on;
/// Says that a method finds the unit's status, or with `#[status(app)]` the application's.
///
/// It runs at the end of every dispatch but those of stop, remove and Juju 3's restricted hooks; for the application on
/// the leader only, with a [`Leader`]. In a charm with `#[on(any)]` it runs only where all such methods have, so not after
/// an action: what they find missing nobody else knows. It returns what [`IntoStatus`] lists. Of several, and of halts, the most urgent is
/// shown (see [`Status`]), and set only if Juju shows another.
pub use charm_macros::status;
/// Makes an [`ActionResults`] of a struct with named fields.
pub use charm_macros::ActionResults;
/// Makes a databag's side of a struct; see the trait [`trait@Databag`].
pub use charm_macros::Databag;
pub use charm_macros::SecretContent;
pub use databag::{Databag, Entries, EntryError, LocalDatabag, RawDatabag, ReadOnlyDatabag};
pub use dispatch::{dispatch, Exit, Failure, Finished, Host};
pub use environment::{DispatchPath, Environment};
pub use error::{Error, Result};
pub use halt::{ActionFailed, Halt, OrHalt};
pub use home::{DiskHome, StateHome};
pub use juju::Juju;
pub use juju_version::JujuVersion;
pub use leader::Leader;
pub use memory::{DeadLetter, Deferred, Memory, MemoryHome};
pub use model::Model;
pub use network::{Binding, Network};
pub use outcome::{Outcome, Return};
pub use parameter::Params;
pub use port::{Port, Ports, Protocol};
pub use relation::{
    BrokenReason, BrokenRelation, Endpoint, Peer, Relation, RelationId, RelationIdOf, RelationUnit,
    Relations, Role, Single,
};
pub use resource::{Resource, ResourceKind, ResourceName};
pub use run::run;
pub use secret::{
    AppOwned, ConsumedSecret, DeclaredSecret, Expiry, Ownership, RawSecret, RotatePolicy, Secret,
    SecretAccess, SecretContent, SecretField, SecretId, SecretInfo, SecretOwner, SecretPerRelation,
    SecretString, Secrets, SingleSecret, UnitOwned,
};
pub use status::{IntoStatus, Status};
pub use storage::{MultipleStorage, SingleStorage, Storage, StorageKind, StorageName, Storages};
pub use stored::{Field, Fields, Records, Schema, Stored, StoredMap};
pub use unit::Unit;

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

// The macros' output names this crate; in this crate's own tests and examples too.
extern crate self as charm_runtime;

mod app;
mod argument;
mod charm;
pub mod config;
mod dispatch;
mod environment;
mod error;
pub mod event;
mod halt;
mod home;
pub mod hook_command;
mod juju;
mod leader;
mod log;
mod operator;
mod outcome;
mod relation;
mod run;
mod stage;
pub mod state;
mod status;
mod stored;
mod unit;

pub mod prelude;

#[doc(hidden)]
pub mod __private;

pub use anyhow;
pub use tracing;

pub use app::App;
pub use argument::{Argument, Call};
pub use charm::{AnyHandler, Charm, Handler, Row, StatusHandler, Table};
/// Makes a charm of a struct, and its events' handlers of the methods in its impl blocks.
pub use charm_macros::charm;
/// Says which event a method handles.
pub use charm_macros::on;
/// Says that a method finds the unit's, or the application's, status.
pub use charm_macros::status;
pub use dispatch::{dispatch, Exit, Finished, Host};
pub use environment::{DispatchPath, Environment};
pub use error::{Error, Result};
pub use halt::{ActionFailed, Halt, OrHalt};
pub use home::{DiskHome, MemoryHome, StateHome};
pub use juju::Juju;
pub use leader::Leader;
pub use outcome::{Outcome, Return};
pub use relation::{Endpoint, LocalDatabag, Relation, RelationId, Relations, Role, Single};
pub use run::run;
pub use status::{IntoStatus, Status};
pub use stored::{Field, Fields, Records, Schema, Stored, StoredMap};
pub use unit::Unit;

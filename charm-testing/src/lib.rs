//! Juju in memory: run and test charms on a laptop, with no controller.
//!
//! [`transition`] runs a Rust charm with one event, in microseconds: [`State`] in, [`State`](Transition::state) out.
//! [`LocalJuju`] runs whole models of Rust charms, and [`Explore`] looks for the order of events that breaks them.
//! [`agent`] runs any charm, in any language, as real processes. All stand on [`model`], which is Juju itself, pure and
//! deterministic, and on [`hook_command`], which answers what charms ask it during a hook. [`status_table`] shows a model
//! as `juju status` does.

pub mod agent;
mod environment;
pub mod explore;
pub mod hook_command;
pub mod local;
pub mod model;
mod session;
pub mod status_table;
pub mod transition;

pub use explore::Explore;
pub use local::LocalJuju;
pub use transition::{Faults, Relation, Secret, State, Transition, on};

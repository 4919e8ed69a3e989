//! charmcraft.yaml as types, with Juju's own rules.
//!
//! [`Metadata::parse`] reads what a charm declares and tells everything that Juju 3.6 or 4 would refuse, each
//! with line, column and what to do, much of which charmcraft lets through. [`EventKind`] is the table of the
//! events that Juju sends, and [`Metadata::events`] those that one charm can be sent. [`name`] is the rule
//! between Juju's names and Rust's. [`Bundle`] reads a bundle of applications, and [`Split`] writes the files
//! that Juju reads from a charm.
//!
//! Nothing here touches files, processes or the network: texts in, values and problems out.

mod action;
mod assumption;
mod bundle;
mod clash;
mod config;
mod container;
mod device;
mod endpoint;
mod event;
mod field;
mod grammar;
mod metadata;
pub mod name;
mod parameter;
mod problem;
mod resource;
mod scalar;
mod schema;
mod split;
mod storage;
mod suggest;
mod term;
mod yaml;

pub use action::Action;
pub use assumption::Assumption;
pub use bundle::{Bundle, BundleApplication, EndpointRef};
pub use clash::Clash;
pub use config::{ConfigOption, ConfigValue, OptionKind};
pub use container::{Container, ContainerBase, Mount};
pub use device::Device;
pub use endpoint::{Endpoint, Role, Scope};
pub use event::{Event, EventKind, Subject};
pub use metadata::{CharmUser, Metadata};
pub use parameter::{Others, Parameter, ParameterType, Parameters};
pub use problem::Problem;
pub use resource::{Resource, ResourceKind};
pub use split::Split;
pub use storage::{Count, Storage, StorageKind};
pub use suggest::did_you_mean;

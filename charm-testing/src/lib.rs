//! Juju in memory: run and test charms on a laptop, with no controller.
//!
//! [`model`] is Juju itself, pure and deterministic; [`hook_command`] answers what charms ask it during a hook; [`agent`]
//! runs any charm, in any language, as real processes on it. [`status_table`] shows a model as `juju status` does.

pub mod agent;
pub mod hook_command;
pub mod model;
pub mod status_table;

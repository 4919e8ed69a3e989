//! The generated code.

mod action;
mod block;
mod config;
mod endpoint;
mod markers;
pub(crate) mod names;
pub(crate) mod secret;
mod structure;

pub(crate) use block::charm_impl;
pub(crate) use structure::charm_struct;

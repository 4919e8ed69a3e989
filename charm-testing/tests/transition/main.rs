//! State-transition tests, of a charm that does a bit of everything.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what must hold by panicking")]
#![allow(missing_docs, reason = "nobody links this charm")]

mod actions;
mod consistency;
mod deferral;
mod failures;
mod faults;
mod other;
mod relations;
mod secrets;
mod states;
mod status;
mod surroundings;
mod webapp;

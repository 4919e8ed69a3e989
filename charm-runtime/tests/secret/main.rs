//! Secrets: the commands that are sent for them, and what a charm's handlers see of them.
#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod agent;
mod commands;
mod consumed;
mod content;
mod events;
mod own;

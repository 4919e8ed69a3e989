//! YAML 1.1 as Juju's agents read and write it: what `--format=yaml` prints and what `--file` takes.
//!
//! Juju's library is a port of libyaml, and so is the one used here: scanner, parser and emitter agree with it to the
//! word. What texts mean, in [`scalar`], is a matter of Juju's library alone.

mod read;
mod scalar;
mod write;

pub(super) use read::{map_of_texts, text_of_each};
pub(super) use write::render;

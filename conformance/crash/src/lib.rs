//! What `kill-at-every-syscall` and `power-cut` share: the charm that is driven, its model, and the tools.
//!
//! # What is driven
//!
//! Any executable that keeps this contract, given with `--dispatch PATH`; without it `crash-charm`, a charm like any other. It is
//! run as `dispatch` with the environment that Juju sets, hook commands on PATH, and the event config-changed. Each dispatch:
//!
//! 1. reads its state, generation *g* (0 at first), and fails unless all of it belongs to *g*;
//! 2. commits generation *g* + 1, with a value of as many bytes as the option `size` says that is told by *g* + 1, and as
//!    many deferrals as the option `defer` says (or fewer that weigh as much); entries deferred before are handled again and leave the queue;
//! 3. after the commit, sets the status `active` with the message `generation <g + 1>`.
//!
//! The message is the acknowledgement: the fake `status-set` writes it where no crash reaches it. A dispatch after a crash
//! must exit 0 and acknowledge a generation above all acknowledged before.

pub mod charm;
pub mod image;
pub mod options;
pub mod strace;
pub mod tool;

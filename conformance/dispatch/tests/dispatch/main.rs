//! One dispatch, from the environment to the exit code, with real processes and fake hook commands.
//!
//! Each test has a [`unit::Unit`] of its own: a charm directory, a directory of hook commands, a script for the charm's
//! handlers. It starts the charm's executable as Juju would, in an environment built from scratch, and looks at what
//! was called, what ran and what is stored.

#[cfg(test)]
mod actions;
#[cfg(test)]
mod breakpoint;
#[cfg(test)]
mod coming_again;
#[cfg(test)]
mod dead_letters;
#[cfg(test)]
mod deferral;
#[cfg(test)]
mod environment;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod events;
#[cfg(test)]
mod hook_commands;
#[cfg(test)]
mod leadership;
#[cfg(test)]
mod log;
#[cfg(test)]
mod no_work;
#[cfg(test)]
mod operator;
mod options;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod state;
#[cfg(test)]
mod state_directory;
#[cfg(test)]
mod status;
#[cfg(test)]
mod the_end;
#[cfg(test)]
mod unit;

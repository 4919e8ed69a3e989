//! The cargo subcommand for Juju charms.
//!
//! Installed, it is called as `cargo charm run …`; in this project's own repository an alias of that name runs it from
//! source. The same program serves as the hook commands of the charms it runs, when it is called by their names.

mod action;
mod cargo;
mod charm;
mod deployment;
mod juju;
mod local;
mod plan;
mod progress;
mod report;
mod run;
mod sources;
mod watch;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Develop Juju charms in Rust.
#[derive(Debug, Parser)]
#[command(name = "cargo charm", bin_name = "cargo charm", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build charms, deploy them to a local Juju, run them until they are at rest, and show log and status.
    Run(run::Options),
    /// Work on a local model that is kept on disk, by the commands of `juju`.
    Juju(Box<juju::Options>),
}

fn main() -> ExitCode {
    let arg0 = std::env::args_os().next().unwrap_or_default();
    // Before anything else: a hook calls this many times.
    if charm_testing::agent::is_hook_command(&arg0) {
        return charm_testing::agent::hook_command_main();
    }
    let command = if juju::is_called(&arg0) {
        Command::Juju(Box::new(juju::parse()))
    } else {
        Arguments::parse_from(arguments()).command
    };
    match command {
        Command::Run(options) => exit(run::run(&options, &mut io::stdout()), "error:"),
        // Tools look for the word that Juju's own client begins its errors with.
        Command::Juju(options) => exit(juju::run(*options), "ERROR"),
    }
}

fn exit(outcome: anyhow::Result<()>, word: &str) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nowhere is left to complain to if stderr is closed.
            let _ = writeln!(io::stderr(), "{word} {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The command line without the word `charm`, which cargo puts there when it calls a subcommand.
fn arguments() -> Vec<OsString> {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|first| first == "charm") {
        arguments.remove(1);
    }
    arguments
}

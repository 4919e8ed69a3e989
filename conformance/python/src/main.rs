//! Python charms on `ops` beside Rust charms, as real processes on the local Juju.
//!
//! `python-peers [bundle] [certificates] [tour] [comparison] [--seeds N]`: without a name, all of them. Needs python3 with its
//! module venv. What each part holds is in README.md.
#![allow(clippy::print_stdout, reason = "a program that reports")]

mod bundle;
mod certificates;
mod charm;
mod comparison;
mod local;
mod runs;
mod tour;
mod virtual_environment;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use charm_testing::agent::{hook_command_main, is_hook_command};

use charm::Charms;
use virtual_environment::VirtualEnvironment;

const PARTS: [&str; 4] = ["bundle", "certificates", "tour", "comparison"];

/// The command line.
struct Options {
    parts: Vec<String>,
    seeds: u64,
}

impl Options {
    fn from_arguments() -> Result<Self> {
        let mut options = Self { parts: Vec::new(), seeds: 2 };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            if argument == "--seeds" {
                let value = arguments.next().context("--seeds needs a number")?;
                options.seeds = value.parse().with_context(|| format!("--seeds {value} isn't a number"))?;
            } else if PARTS.contains(&argument.as_str()) {
                options.parts.push(argument);
            } else {
                bail!("{argument} is unknown: [{}] [--seeds N]", PARTS.join("] ["));
            }
        }
        if options.parts.is_empty() {
            options.parts = PARTS.map(str::to_owned).to_vec();
        }
        Ok(options)
    }
}

fn main() -> ExitCode {
    // The hook commands of the local Juju are links to this program.
    if std::env::args_os().next().is_some_and(|name| is_hook_command(&name)) {
        return hook_command_main();
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let options = Options::from_arguments()?;
    let executable = std::env::current_exe().context("cannot find this program itself")?;
    let built = executable.parent().context("this program lies in no directory")?;
    let package = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    // Beside what the builds of all profiles are in.
    let environment = built.parent().unwrap_or(built).join("python-peers.venv");
    let python = VirtualEnvironment::prepare(&package.join("requirements.txt"), &environment)?;
    let charms = Charms { package: &package, built, python: &python, program: &executable };
    for part in &options.parts {
        let started = Instant::now();
        match part.as_str() {
            "bundle" => runs::all(part, options.seeds, |seed, juju| bundle::run(&charms, seed, juju))?,
            "certificates" => runs::all(part, 1, |seed, juju| certificates::run(&charms, seed, juju))?,
            "tour" => runs::all(part, 1, |seed, juju| tour::run(&charms, seed, juju))?,
            _ => comparison::run(&charms)?,
        }
        println!("{part}: {:.0} s", started.elapsed().as_secs_f32());
    }
    Ok(())
}

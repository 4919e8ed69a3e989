//! `cargo charm juju queue`: what units of this framework's charms have deferred.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use charm_testing::model::UnitName;
use clap::Subcommand;

use super::session::Session;
use super::{Client, unit};

/// Show deferred events and dead letters of units, retry or drop them (no command of Juju's)
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Units; without any all of them
    units: Vec<String>,
    #[command(subcommand)]
    change: Option<Change>,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Try a dead letter again, before the unit's next event
    Retry(Entry),
    /// Drop a deferred event or a dead letter
    Drop(Entry),
}

#[derive(Debug, clap::Args)]
struct Entry {
    unit: String,
    /// Its number, as `queue` shows it
    #[arg(value_name = "ID")]
    id: u64,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    match &options.change {
        None => show(&options.units, client),
        Some(Change::Retry(entry)) => change("retry", entry, client),
        Some(Change::Drop(entry)) => change("drop", entry, client),
    }
}

/// Has the unit's own executable change its queue, in Juju's context: then it knows which of its commits Juju has.
fn change(verb: &str, entry: &Entry, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let unit = unit::find(&session.record.model, &entry.unit)?;
    dispatch(&mut session, &unit)?;
    let commands = format!("./dispatch queue {verb} {}", entry.id);
    let task = session.record.model.exec(&unit, &commands, None)?;
    session.settle()?;
    let exec = session.record.model.exec_result(task).cloned();
    session.record.model.forget_task(task.0);
    session.save()?;
    let Some(exec) = exec else { return Ok(()) };
    client.print(&exec.stdout)?;
    match exec.code {
        Some(0) => Ok(()),
        _ => bail!("unit \"{unit}\" does not {verb} {}: {}{}", entry.id, exec.stderr.trim(), exec.message),
    }
}

/// The executable of a unit that can tell its queue: a script would take the question for a hook.
fn dispatch(session: &mut Session, unit: &UnitName) -> Result<PathBuf> {
    let dispatch = session.charm_directory(unit)?.join("dispatch");
    let is_program = File::open(&dispatch).is_ok_and(|mut file| {
        let mut magic = [0; 4];
        file.read_exact(&mut magic).is_ok_and(|()| magic == *b"\x7fELF")
    });
    if !is_program {
        bail!("unit \"{unit}\" has no queue: its `dispatch` is no executable built with charm-runtime");
    }
    Ok(dispatch)
}

fn show(units: &[String], client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let model = &session.record.model;
    let given = units.iter().map(|name| unit::find(model, name)).collect::<Result<Vec<_>>>()?;
    let all = given.is_empty();
    let units: Vec<UnitName> =
        if all { model.units().map(|unit| unit.name.clone()).collect() } else { given };
    for unit in units {
        let dispatch = match dispatch(&mut session, &unit) {
            Err(_) if all => continue,
            dispatch => dispatch?,
        };
        let directory = session.charm_directory(&unit)?;
        let output = Command::new(&dispatch)
            .arg("queue")
            .current_dir(&directory)
            .env_clear()
            .env("JUJU_CHARM_DIR", &directory)
            .output()
            .with_context(|| format!("cannot run {}", dispatch.display()))?;
        if !output.status.success() {
            let words = String::from_utf8_lossy(&output.stderr);
            bail!("unit \"{unit}\" does not tell its queue: {}", words.trim());
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<String> = text.lines().map(|line| format!("{unit}: {line}\n")).collect();
        client.print(&lines.concat())?;
    }
    Ok(())
}

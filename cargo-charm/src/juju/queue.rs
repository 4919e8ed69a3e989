//! `cargo charm juju queue`: what units of this framework's charms have deferred.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use charm_testing::model::UnitName;

use super::{Client, unit};

/// Show deferred events and dead letters of units (no command of Juju's)
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Units; without any all of them
    units: Vec<String>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let model = &session.record.model;
    let given = options.units.iter().map(|name| unit::find(model, name)).collect::<Result<Vec<_>>>()?;
    let all = given.is_empty();
    let units: Vec<UnitName> =
        if all { model.units().map(|unit| unit.name.clone()).collect() } else { given };
    for unit in units {
        let directory = session.charm_directory(&unit)?;
        let dispatch = directory.join("dispatch");
        // A script would take the question for a hook.
        let is_program = fs::read(&dispatch).is_ok_and(|content| content.starts_with(b"\x7fELF"));
        if !is_program {
            if all {
                continue;
            }
            bail!("unit \"{unit}\" has no queue: its `dispatch` is no executable built with charm-runtime");
        }
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

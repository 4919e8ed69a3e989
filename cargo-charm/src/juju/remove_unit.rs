//! `juju remove-unit`.

use anyhow::{Result, bail};
use charm_testing::model::UnitName;

use super::Client;

/// Remove units
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Units, or an application together with --num-units
    #[arg(required = true)]
    units: Vec<String>,
    /// How many units of an application, the youngest first
    #[arg(short = 'n', long, value_name = "N")]
    num_units: Option<usize>,
    #[command(flatten)]
    removal: Removal,
}

/// The flags of commands that remove.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct Removal {
    /// Accepted: nothing is asked here
    #[arg(long)]
    no_prompt: bool,
    /// Accepted: storage goes with its unit here
    #[arg(long)]
    destroy_storage: bool,
    /// Also take away what can't go because of a failed hook
    #[arg(long)]
    pub(super) force: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    no_wait: bool,
    /// Say what would be removed, and remove nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let mut units: Vec<UnitName> = Vec::new();
    for name in &options.units {
        match (name.parse::<UnitName>(), options.num_units) {
            (Ok(unit), _) => units.push(unit),
            (Err(_), Some(count)) => {
                if session.record.model.application(name).is_none() {
                    bail!("application {name:?} not found");
                }
                let mut all: Vec<UnitName> =
                    session.record.model.units_of(name).map(|unit| unit.name.clone()).collect();
                units.extend(all.split_off(all.len().saturating_sub(count)));
            }
            (Err(error), None) => bail!("{error}: name units, or an application together with --num-units"),
        }
    }
    for unit in &units {
        session.record.model.remove_unit(unit)?;
        client.say(&format!("{} unit {unit}", options.removal.verb()));
    }
    if options.removal.dry_run {
        return Ok(());
    }
    session.settle()?;
    if options.removal.force {
        for unit in
            units.iter().filter(|unit| session.record.model.unit(unit).is_some()).cloned().collect::<Vec<_>>()
        {
            session.record.model.force_remove_unit(&unit)?;
        }
        session.settle()?;
    }
    Ok(())
}

impl Removal {
    /// What is told of each thing.
    pub(super) fn verb(&self) -> &'static str {
        if self.dry_run { "would remove" } else { "will remove" }
    }
}

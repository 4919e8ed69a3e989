//! `juju remove-application`.

use anyhow::Result;

use super::Client;
use super::remove_unit::Removal;

/// Remove applications, with their units and relations
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(required = true)]
    applications: Vec<String>,
    #[command(flatten)]
    removal: Removal,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    for name in &options.applications {
        let units: Vec<String> =
            session.record.model.units_of(name).map(|unit| unit.name.to_string()).collect();
        session.record.model.remove_application(name)?;
        client.say(&format!("{} application {name}", options.removal.verb()));
        for unit in units {
            client.say(&format!("- {} unit {unit}", options.removal.verb()));
        }
    }
    if options.removal.dry_run {
        return Ok(());
    }
    session.settle()?;
    if options.removal.force {
        for name in &options.applications {
            if session.record.model.application(name).is_some() {
                session.record.model.force_remove_application(name)?;
            }
        }
        session.settle()?;
    }
    Ok(())
}

//! `juju resolve`.

use anyhow::{Result, bail};
use charm_testing::model::UnitName;

use super::{Client, unit};

/// Take units out of error: the failed hook is run again at once
#[derive(Debug, clap::Args)]
#[command(visible_alias = "resolve")]
pub(crate) struct Options {
    /// Units in error
    units: Vec<String>,
    /// Let the failed hook count as run
    #[arg(long)]
    no_retry: bool,
    /// All units in error
    #[arg(long, conflicts_with = "units")]
    all: bool,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let model = &mut session.record.model;
    let units: Vec<UnitName> = if options.all {
        let failed = model.units().filter(|unit| unit.failure.is_some());
        failed.map(|unit| unit.name.clone()).collect()
    } else {
        options.units.iter().map(|name| unit::find(model, name)).collect::<Result<_>>()?
    };
    if units.is_empty() && !options.all {
        bail!("no unit specified: name units in error, or say --all");
    }
    for unit in &units {
        model.resolve(unit, !options.no_retry)?;
    }
    session.settle()
}

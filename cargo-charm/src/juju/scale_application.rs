//! `juju scale-application`.

use anyhow::{Result, bail};
use charm_testing::model::UnitName;

use super::{Client, cloud};

/// Have so many units of an application, on Kubernetes
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    application: String,
    /// How many; those with the highest numbers go first
    #[arg(value_name = "N")]
    scale: u32,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let (model, name) = (&mut session.record.model, options.application.as_str());
    if model.application(name).is_none() {
        bail!("application {name:?} not found");
    }
    if !cloud::is_kubernetes(model) {
        bail!("model {:?} has machines: use add-unit and remove-unit there", model.name());
    }
    let units: Vec<UnitName> = model.units_of(name).map(|unit| unit.name.clone()).collect();
    let there = u32::try_from(units.len())?;
    model.add_units(name, options.scale.saturating_sub(there))?;
    for unit in units.iter().skip(usize::try_from(options.scale)?) {
        model.remove_unit(unit)?;
    }
    client.say(&format!("{name} scaled to {} units", options.scale));
    session.settle()
}

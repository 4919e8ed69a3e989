//! `juju add-unit`.

use anyhow::Result;

use super::Client;

/// Add units to an application
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    application: String,
    /// How many
    #[arg(short = 'n', long, default_value_t = 1, value_name = "N")]
    num_units: u32,
    /// Accepted: each unit has a machine to itself
    #[arg(long, hide = true)]
    to: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    attach_storage: Vec<String>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    session.record.model.add_units(&options.application, options.num_units)?;
    session.settle()
}

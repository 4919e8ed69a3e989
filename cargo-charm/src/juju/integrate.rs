//! `juju integrate`.

use anyhow::Result;

use super::Client;

/// Relate two applications
#[derive(Debug, clap::Args)]
#[command(visible_alias = "relate", alias = "add-relation")]
pub(crate) struct Options {
    /// One end: APPLICATION or APPLICATION:ENDPOINT
    one: String,
    /// The other
    other: String,
    /// Accepted; does nothing here
    #[arg(long, hide = true, value_name = "CIDRS")]
    via: Option<String>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    session.record.model.integrate(&options.one, &options.other)?;
    session.settle()
}

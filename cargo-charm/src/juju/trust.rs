//! `juju trust`.

use anyhow::Result;

use super::Client;

/// Let an application use the cloud's credentials, or no more
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    application: String,
    /// Take the permission back
    #[arg(long)]
    remove: bool,
    /// Accepted: there is only the cluster
    #[arg(long, value_name = "SCOPE")]
    scope: Option<String>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    session.record.model.trust(&options.application, !options.remove)?;
    session.settle()
}

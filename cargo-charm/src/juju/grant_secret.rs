//! `juju grant-secret` and `juju revoke-secret`.

use anyhow::Result;

use super::{Client, secrets};

/// Let applications read a secret of the model's
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Its id or name
    secret: String,
    /// The applications, joined by commas
    #[arg(value_delimiter = ',', required = true)]
    applications: Vec<String>,
}

/// Take from applications the permission to read a secret of the model's
#[derive(Debug, clap::Args)]
pub(crate) struct RevokeOptions {
    #[command(flatten)]
    options: Options,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let id = secrets::find(&session.record.model, &options.secret)?;
    for application in &options.applications {
        session.record.model.grant_secret(&id, application)?;
    }
    session.settle()
}

pub(crate) fn revoke(options: &RevokeOptions, client: &mut Client<'_>) -> Result<()> {
    let options = &options.options;
    let mut session = client.open()?;
    let id = secrets::find(&session.record.model, &options.secret)?;
    for application in &options.applications {
        session.record.model.revoke_secret(&id, application)?;
    }
    session.settle()
}

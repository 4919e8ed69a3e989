//! `juju attach-resource`.

use anyhow::Result;

use super::pairs::Pair;
use super::{Client, deploy};

/// Give an application another file of a resource
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    application: String,
    /// The resource and its file
    #[arg(value_name = "NAME=FILE")]
    resource: Pair,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    deploy::attach_resource(&mut session, &options.application, &options.resource)?;
    session.settle()
}

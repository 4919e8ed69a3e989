//! `juju status`.

mod shape;

use anyhow::Result;
use charm_testing::status_table;

use super::output::Output;
use super::{Client, time};

/// Show the model, its machines, applications and units
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Options {
    /// Show only these applications, units or machines
    selectors: Vec<String>,
    #[command(flatten)]
    output: Output,
    /// Accepted: relations are always shown
    #[arg(long, visible_alias = "integrations")]
    relations: bool,
    /// Accepted: storage is shown in JSON and YAML
    #[arg(long)]
    storage: bool,
    /// Accepted: times are UTC
    #[arg(long, hide = true)]
    utc: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    color: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    no_color: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true, value_name = "TIMES")]
    retry_count: Option<u32>,
    /// Accepted; does nothing here
    #[arg(long, hide = true, value_name = "DURATION")]
    retry_delay: Option<String>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let status = shape::Status::of(&record, &options.selectors);
    let timestamp = time::of_day(record.model.now());
    if !options.selectors.is_empty() && status.is_empty() {
        client.say("nothing matches the given selectors");
    }
    options.output.show(client.out, &status, || match options.selectors.as_slice() {
        [] => {
            let revision = |name: &str| record.applications.get(name).map_or(0, |known| known.revision);
            status_table::render_revisions(&record.model, &timestamp, &revision)
        }
        _ => status.lines(),
    })
}

//! `juju refresh`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use charm_testing::agent::CharmSource;
use charm_testing::model::Charm;

use super::deploy::{self, Ignored};
use super::pairs::Pair;
use super::record::Deployed;
use super::{Client, deploy::stage};

/// Give an application the charm of its directory anew, as another revision
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Options {
    application: String,
    /// The charm's directory, if it is another than the one it was deployed from
    #[arg(long, value_name = "DIRECTORY")]
    path: Option<PathBuf>,
    /// Another charm than before, by its directory
    #[arg(long, value_name = "DIRECTORY", conflicts_with = "path")]
    switch: Option<PathBuf>,
    /// An option as KEY=VALUE or KEY=@FILE, or a YAML file of options; may be repeated
    #[arg(long, value_name = "KEY=VALUE|FILE")]
    config: Vec<String>,
    /// A resource's file; may be repeated
    #[arg(long = "resource", value_name = "NAME=FILE")]
    resources: Vec<Pair>,
    /// Let the charm use the cloud's credentials
    #[arg(long)]
    trust: bool,
    /// The base that the application says it runs on
    #[arg(long, value_name = "BASE")]
    base: Option<String>,
    /// Also upgrade units that are in error
    #[arg(long)]
    force_units: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    force_base: bool,
    /// Build with optimizations, as for a real unit
    #[arg(long)]
    release: bool,
    #[command(flatten)]
    ignored: Ignored,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let name = &options.application;
    let Some(before) = session.record.applications.get(name).cloned() else {
        bail!("application {name:?} not found");
    };
    let given = options.path.as_ref().or(options.switch.as_ref());
    let source = match given {
        Some(path) => path.canonicalize().with_context(|| format!("cannot find {}", path.display()))?,
        None => before.source.clone(),
    };
    let charm: Charm = CharmSource::metadata(&source)?.into();
    if charm.metadata.name != before.charm && options.switch.is_none() {
        bail!(
            "cannot refresh {name:?}, whose charm is {:?}, with the charm {:?}: give it by --switch if that is meant",
            before.charm,
            charm.metadata.name
        );
    }
    let model = &mut session.record.model;
    if options.force_units {
        model.refresh_by_force(name, charm.clone())?;
    } else {
        model.refresh(name, charm.clone())?;
    }
    session.record.model.set_config(name, &deploy::read_config(&options.config, name)?)?;
    if options.trust {
        session.record.model.trust(name, true)?;
    }
    let staged = stage(&mut session, &charm, &source, options.release)?;
    client.say(&format!("Added local charm {:?}, revision {}, to the model", staged.charm, staged.revision));
    let deployed = Deployed {
        base: options.base.clone().unwrap_or(before.base),
        constraints: before.constraints,
        ..staged
    };
    session.record.applications.insert(name.clone(), deployed);
    for resource in &options.resources {
        deploy::attach_resource(&mut session, name, resource)?;
    }
    session.settle()
}

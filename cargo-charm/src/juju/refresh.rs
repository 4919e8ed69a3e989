//! `juju refresh`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use charm_testing::agent::CharmSource;
use charm_testing::model::Charm;

use super::stage::{Settings, stage};
use super::{Client, attach_resource, config};
use crate::charm;

/// Give an application its charm anew from its directory or .charm file, as another revision
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    application: String,
    /// The charm's directory or .charm file, if it is another than the one it was deployed from
    #[arg(long, value_name = "PATH")]
    path: Option<PathBuf>,
    /// Another charm than before, by its directory or .charm file
    #[arg(long, value_name = "PATH", conflicts_with = "path")]
    switch: Option<PathBuf>,
    /// Also upgrade units that are in error
    #[arg(long)]
    force_units: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    force_base: bool,
    #[command(flatten)]
    settings: Settings,
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
    model.set_config(name, &config::read(&options.settings.config, name)?)?;
    if options.settings.trust {
        model.trust(name, true)?;
    }
    let python = charm::python(options.settings.python.as_deref())?.or(before.python);
    let mut deployed = stage(&mut session, &charm, &source, options.settings.release, python)?;
    client.say(&format!(
        "Added local charm {:?}, revision {}, to the model",
        deployed.charm, deployed.revision
    ));
    deployed.base = options.settings.base.clone().unwrap_or(before.base);
    deployed.constraints = before.constraints;
    session.record.applications.insert(name.clone(), deployed);
    for resource in &options.settings.resources {
        attach_resource::attach(&mut session, name, resource)?;
    }
    session.settle()
}

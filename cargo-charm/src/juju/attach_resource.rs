//! `juju attach-resource`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::pairs::Pair;
use super::session::Session;
use super::{Client, data, time};

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
    attach(&mut session, &options.application, &options.resource)?;
    session.settle()
}

/// Keeps a resource's file with the model and tells the application of it.
pub(super) fn attach(session: &mut Session, application: &str, resource: &Pair) -> Result<()> {
    let Pair { key: name, value: file } = resource;
    let known = session.record.model.application(application);
    let declared = known.and_then(|known| known.charm.metadata.resources.get(name));
    // The model tells what is wrong, if anything is.
    let Some(declared) = declared else {
        return Ok(session.record.model.attach_resource(application, name, file)?);
    };
    if declared.kind != charm_meta::ResourceKind::File {
        // An image is known by its name alone.
        return Ok(session.record.model.attach_resource(application, name, file)?);
    }
    let base = Path::new(declared.filename.as_deref().unwrap_or(name)).file_name().unwrap_or(name.as_ref());
    // Its own directory each time: the file of before stays until no unit is told of it.
    let number = time::unix_milliseconds();
    let directory = session.directory.join("resources").join(application).join(format!("{name}-{number}"));
    data::create_private(&directory)?;
    let kept = directory.join(base);
    fs::copy(file, &kept).with_context(|| format!("cannot copy {file} to {}", kept.display()))?;
    let kept = kept.to_str().context("the path of the model's directory is not UTF-8")?;
    Ok(session.record.model.attach_resource(application, name, kept)?)
}

//! What a charm's units are to run: built, and kept with the model as a revision.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use charm_testing::model::Charm;

use super::data;
use super::pairs::Pair;
use super::record::Deployed;
use super::session::Session;
use crate::charm;
use crate::progress::Progress;

/// What `deploy` and `refresh` both take.
#[derive(Debug, clap::Args)]
pub(super) struct Settings {
    /// An option as KEY=VALUE or KEY=@FILE, or a YAML file of options; may be repeated
    #[arg(long, value_name = "KEY=VALUE|FILE")]
    pub(super) config: Vec<String>,
    /// A resource's file; may be repeated
    #[arg(long = "resource", value_name = "NAME=FILE")]
    pub(super) resources: Vec<Pair>,
    /// Let the charm use the cloud's credentials
    #[arg(long)]
    pub(super) trust: bool,
    /// The base that the application says it runs on; charms run on this machine
    #[arg(long, value_name = "BASE")]
    pub(super) base: Option<String>,
    /// Build with optimizations, as for a real unit
    #[arg(long)]
    pub(super) release: bool,
    /// The Python that runs a charm which has src/charm.py and no dispatch: an interpreter or a virtual environment,
    /// instead of $CHARM_PYTHON
    #[arg(long, value_name = "PATH")]
    pub(super) python: Option<PathBuf>,
    #[command(flatten)]
    ignored: Ignored,
}

/// What means nothing where there are neither a store nor machines.
#[derive(Debug, clap::Args)]
struct Ignored {
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    channel: Option<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    revision: Option<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    to: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    bind: Option<String>,
    /// Accepted: a unit gets the storage that its charm declares
    #[arg(long, hide = true)]
    storage: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    attach_storage: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    device: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    force: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    map_machines: Option<String>,
}

/// Builds a charm if need be and puts what units run into the model's directory: what the charm's directory becomes
/// later is the next revision's.
pub(super) fn stage(
    session: &mut Session,
    charm: &Charm,
    source: &Path,
    release: bool,
    python: Option<PathBuf>,
) -> Result<Deployed> {
    let name = charm.metadata.name.clone();
    let revision = session.record.next_revision(&name);
    data::create_private(&session.directory.join("charms"))?;
    let place = Path::new("charms").join(format!("{name}-{revision}"));
    let directory = session.directory.join(&place);
    // A call that was killed may have left something there.
    if directory.exists() {
        fs::remove_dir_all(&directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    }
    charm::stage_copy(source, &directory, release, python.as_deref(), &Progress::new())?;
    Ok(Deployed {
        charm: name,
        revision,
        directory: place,
        source: source.to_owned(),
        python,
        base: String::new(),
        constraints: String::new(),
    })
}

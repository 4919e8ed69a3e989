//! Charms, and how their sources become something that an agent can run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use charm_testing::agent::{CharmFiles, CharmOptions, CharmSource};

use crate::cargo;
use crate::progress::Progress;

/// A charm that is ready to run.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// What units get a copy of.
    pub(crate) files: CharmFiles,
    /// What was built.
    pub(crate) executable: Option<PathBuf>,
}

/// Makes a charm ready to run: one of Rust sources is built, any other is taken as it is. `python` runs the Python charms
/// that don't say themselves by which interpreter.
pub(crate) fn prepare(
    path: &Path,
    staging: &Path,
    release: bool,
    python: Option<&Path>,
    progress: &Progress,
) -> Result<Prepared> {
    let manifest = path.join("Cargo.toml");
    let executable =
        if manifest.is_file() { Some(cargo::build(&manifest, release, progress)?) } else { None };
    let options = CharmOptions { python: python.map(Path::to_owned), executable: executable.clone() };
    let mut files = CharmSource::open(path, &options)?.files;
    if executable.is_some() {
        // At once: the next charm may be built under the same name to the same place.
        files.copy_to(staging, None)?;
        files = CharmFiles::of_directory(staging);
    }
    Ok(Prepared { files, executable })
}

/// The Python that an operator wants: the one given, or else that of `CHARM_PYTHON`. The path stays right elsewhere.
pub(crate) fn python(given: Option<&Path>) -> Result<Option<PathBuf>> {
    let of_environment = || env::var_os("CHARM_PYTHON").filter(|value| !value.is_empty()).map(PathBuf::from);
    let python = given.map(Path::to_owned).or_else(of_environment);
    let absolute = python
        .map(|path| std::path::absolute(&path).with_context(|| format!("cannot find {}", path.display())));
    absolute.transpose()
}

/// Makes a charm ready to run, in a directory of its own that is there as a whole or not at all.
pub(crate) fn stage_copy(
    source: &Path,
    to: &Path,
    release: bool,
    python: Option<&Path>,
    progress: &Progress,
) -> Result<()> {
    let partial = to.with_extension("partial");
    if partial.exists() {
        fs::remove_dir_all(&partial).with_context(|| format!("cannot remove {}", partial.display()))?;
    }
    let prepared = prepare(source, &partial, release, python, progress)?;
    if prepared.files.path() != partial {
        prepared.files.copy_to(&partial, Some(&partial))?;
    }
    fs::rename(&partial, to).with_context(|| format!("cannot create {}", to.display()))
}

//! Charm directories: what they declare, and how they become something that an agent can run.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use charm_meta::{Metadata, Split};
use charm_testing::agent;

use crate::cargo;
use crate::plan::in_file;
use crate::progress::Progress;

const CHARMCRAFT: &str = "charmcraft.yaml";

/// Where older charms declare themselves.
const METADATA: &str = "metadata.yaml";

/// Whether a directory is a charm's.
pub(crate) fn is_charm(directory: &Path) -> bool {
    directory.join(CHARMCRAFT).is_file() || directory.join(METADATA).is_file()
}

/// Reads what the charm in a directory declares.
pub(crate) fn metadata(directory: &Path) -> Result<Metadata> {
    let file = directory.join(CHARMCRAFT);
    if let Some(text) = read_if_there(&file)? {
        // A charmcraft.yaml that only says how to pack is that of an older charm.
        if !directory.join(METADATA).is_file() {
            return Metadata::parse(&text).map_err(|problems| in_file(&file, &problems));
        }
    }
    older_metadata(directory)
}

/// Reads metadata.yaml, config.yaml and actions.yaml.
fn older_metadata(directory: &Path) -> Result<Metadata> {
    let file = directory.join(METADATA);
    let Some(text) = read_if_there(&file)? else {
        let place = directory.display();
        bail!("{place} is no charm: it has no {CHARMCRAFT}; give the directory of a charm or a bundle.yaml");
    };
    // As the splitting of a charmcraft.yaml keeps it: without the keys that mean nothing to a model.
    let split = Split::of(&text).map_err(|problems| in_file(&file, &problems))?;
    let mut whole: serde_json::Value = serde_json::from_str(&split.metadata)?;
    for key in ["config", "actions"] {
        let part = directory.join(key).with_extension("yaml");
        let Some(text) = read_if_there(&part)? else { continue };
        // One level deeper they are what charmcraft.yaml has.
        let lines: Vec<&str> = text.lines().filter(|line| *line != "---").collect();
        let split = Split::of(&format!("{key}:\n  {}\n", lines.join("\n  ")))
            .map_err(|problems| in_file(&part, &problems))?;
        let part = if key == "config" { split.config } else { split.actions };
        if let Some(part) = part {
            whole[key] = serde_json::from_str(&part)?;
        }
    }
    // The places are those of the text just made, which nobody has seen: the paths have to do.
    let place = |problem: &charm_meta::Problem| {
        format!("{}: {}: {}", directory.display(), problem.path, problem.message)
    };
    Metadata::parse(&whole.to_string())
        .map_err(|problems| anyhow::anyhow!(problems.iter().map(place).collect::<Vec<_>>().join("\nerror: ")))
}

fn read_if_there(file: &Path) -> Result<Option<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// A charm that is ready to run.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// What units get a copy of: a directory below the staging one for a charm that is built, the charm's own for one
    /// that is not.
    pub(crate) directory: PathBuf,
    /// What was built.
    pub(crate) executable: Option<PathBuf>,
}

/// Makes a charm ready to run.
pub(crate) fn prepare(
    directory: &Path,
    staging: &Path,
    release: bool,
    progress: &Progress,
) -> Result<Prepared> {
    let manifest = directory.join("Cargo.toml");
    if manifest.is_file() {
        let executable = cargo::build(&manifest, release, progress)?;
        stage(directory, &executable, staging)?;
        return Ok(Prepared { directory: staging.to_owned(), executable: Some(executable) });
    }
    if directory.join("dispatch").exists() || directory.join("hooks").is_dir() {
        return Ok(Prepared { directory: directory.to_owned(), executable: None });
    }
    bail!("{} has nothing to run: no Cargo.toml to build, no `dispatch` and no `hooks`", directory.display())
}

/// Makes a charm ready to run, in a directory of its own that is there as a whole or not at all.
pub(crate) fn stage_copy(source: &Path, to: &Path, release: bool, progress: &Progress) -> Result<()> {
    let partial = to.with_extension("partial");
    if partial.exists() {
        fs::remove_dir_all(&partial).with_context(|| format!("cannot remove {}", partial.display()))?;
    }
    let prepared = prepare(source, &partial, release, progress)?;
    if prepared.directory != partial {
        agent::copy_charm(&prepared.directory, &partial)?;
    }
    fs::rename(&partial, to).with_context(|| format!("cannot create {}", to.display()))
}

/// Lays out what a packed charm would hold: `dispatch` and the metadata in both forms. A file that the author wrote
/// beside charmcraft.yaml wins over the one made from it.
fn stage(directory: &Path, executable: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    let dispatch = to.join("dispatch");
    fs::copy(executable, &dispatch)
        .with_context(|| format!("cannot copy {} to {}", executable.display(), dispatch.display()))?;
    let source = directory.join(CHARMCRAFT);
    let charmcraft = read_if_there(&source)?;
    let split =
        charmcraft.as_deref().map(Split::of).transpose().map_err(|problems| in_file(&source, &problems))?;
    let (metadata, config, actions) = match split {
        Some(split) => (Some(split.metadata), split.config, split.actions),
        None => (None, None, None),
    };
    let files =
        [(CHARMCRAFT, charmcraft), (METADATA, metadata), ("config.yaml", config), ("actions.yaml", actions)];
    for (name, made) in files {
        if let Some(content) = read_if_there(&directory.join(name))?.or(made) {
            let file = to.join(name);
            fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))?;
        }
    }
    Ok(())
}

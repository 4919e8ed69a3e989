//! The charms, laid out as charmcraft would pack them.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use charm_meta::{Metadata, Problem, Split};

use crate::virtual_environment::VirtualEnvironment;

/// In which language a charm is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Language<'a> {
    /// On ops: `src/charm.py`.
    Python,
    /// On this framework: an executable that was built with this program.
    Rust(&'a str),
}

/// Where the charms come from.
pub(crate) struct Charms<'a> {
    /// The directory of this package.
    pub(crate) package: &'a Path,
    /// The directory of the executables.
    pub(crate) built: &'a Path,
    pub(crate) python: &'a VirtualEnvironment,
    /// This program, which is the hook commands too.
    pub(crate) program: &'a Path,
}

/// A revision of a charm, ready to be deployed.
pub(crate) struct Packed {
    pub(crate) directory: PathBuf,
    pub(crate) metadata: Metadata,
}

impl Charms<'_> {
    /// Lays out the charm in `source` at `to`. A revision has its number in a file, and `edit` says how its charmcraft.yaml
    /// differs from the one there is.
    pub(crate) fn pack(
        &self,
        source: &Path,
        language: Language<'_>,
        to: &Path,
        revision: u32,
        edit: impl Fn(String) -> String,
    ) -> Result<Packed> {
        let file = source.join("charmcraft.yaml");
        let charmcraft =
            edit(fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?);
        let metadata = Metadata::parse(&charmcraft).map_err(|problems| refused(&file, &problems))?;
        let split = Split::of(&charmcraft).map_err(|problems| refused(&file, &problems))?;
        fs::create_dir_all(to)?;
        fs::write(to.join("version"), format!("{revision}\n"))?;
        fs::write(to.join("metadata.yaml"), split.metadata)?;
        for (name, content) in [("config.yaml", split.config), ("actions.yaml", split.actions)] {
            if let Some(content) = content {
                fs::write(to.join(name), content)?;
            }
        }
        let dispatch = to.join("dispatch");
        match language {
            Language::Python => {
                fs::create_dir_all(to.join("src"))?;
                fs::copy(source.join("src/charm.py"), to.join("src/charm.py"))?;
                let interpreter = self.python.interpreter();
                fs::write(&dispatch, format!("#!/bin/sh\nexec '{}' src/charm.py\n", interpreter.display()))?;
                fs::set_permissions(&dispatch, fs::Permissions::from_mode(0o755))?;
            }
            Language::Rust(executable) => {
                let executable = self.built.join(executable);
                fs::copy(&executable, &dispatch).with_context(|| {
                    format!("cannot copy {}: build it first, as .ci/run does", executable.display())
                })?;
            }
        }
        Ok(Packed { directory: to.to_owned(), metadata })
    }
}

/// The problems of a file, each where an editor can jump to.
pub(crate) fn refused(file: &Path, problems: &[Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(|problem| format!("{}:{problem}", file.display())).collect();
    anyhow!(lines.join("\n"))
}

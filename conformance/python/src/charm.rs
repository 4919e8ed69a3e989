//! The charms, in both languages and in all revisions.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, ensure};
use charm_meta::Problem;
use charm_testing::agent::{CharmFiles, CharmOptions, CharmSource};

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

impl Charms<'_> {
    /// The charm in a directory.
    pub(crate) fn open(&self, directory: &Path, language: Language<'_>) -> Result<CharmSource> {
        let mut options = CharmOptions::default();
        match language {
            Language::Python => options.python = Some(self.python.interpreter()),
            Language::Rust(executable) => {
                let executable = self.built.join(executable);
                ensure!(
                    executable.is_file(),
                    "there is no {}: build it first, as .ci/run does",
                    executable.display()
                );
                options.executable = Some(executable);
            }
        }
        Ok(CharmSource::open(directory, &options)?)
    }
}

/// Makes at `to` the second revision of the charm in a directory, whose charmcraft.yaml says `new` where the first one's
/// says `old`.
pub(crate) fn revise(directory: &Path, to: &Path, old: &str, new: &str) -> Result<()> {
    CharmFiles::of_directory(directory).copy_to(to, None)?;
    let file = to.join("charmcraft.yaml");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    ensure!(text.contains(old), "{} doesn't say {old:?}", directory.join("charmcraft.yaml").display());
    fs::write(&file, text.replace(old, new))?;
    fs::write(to.join("version"), "2\n")?;
    Ok(())
}

/// The problems of a file, each where an editor can jump to.
pub(crate) fn refused(file: &Path, problems: &[Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(|problem| format!("{}:{problem}", file.display())).collect();
    anyhow!(lines.join("\n"))
}

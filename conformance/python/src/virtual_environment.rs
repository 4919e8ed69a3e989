//! The Python that runs the Python charms.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// A virtual environment with what `requirements.txt` names.
pub(crate) struct VirtualEnvironment {
    directory: PathBuf,
}

impl VirtualEnvironment {
    /// Makes it at `directory`, unless the one there was made from the same requirements by the same Python.
    pub(crate) fn prepare(requirements: &Path, directory: &Path) -> Result<Self> {
        let environment = Self { directory: directory.to_owned() };
        let wanted = fs::read_to_string(requirements)
            .with_context(|| format!("cannot read {}", requirements.display()))?;
        let version = said(Command::new("python3").arg("--version"))
            .context("python3 is needed: apt-get install python3-venv")?;
        let wanted = format!("# {version}\n{wanted}");
        // Two runs at once make it one after the other.
        let lock = directory.with_extension("lock");
        let lock = File::create(&lock).with_context(|| format!("cannot create {}", lock.display()))?;
        lock.lock().context("cannot wait for another run")?;
        let made_of = directory.join("made-of.txt");
        if fs::read_to_string(&made_of).is_ok_and(|found| found == wanted) {
            return Ok(environment);
        }
        if directory.exists() {
            fs::remove_dir_all(directory)
                .with_context(|| format!("cannot remove {}", directory.display()))?;
        }
        said(Command::new("python3").args(["-m", "venv"]).arg(directory))
            .context("no virtual environment can be made: apt-get install python3-venv")?;
        let mut pip = environment.command();
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        said(pip.arg("--requirement").arg(requirements)).context("cannot install the requirements")?;
        // Last of all: half an environment is none.
        fs::write(&made_of, wanted).with_context(|| format!("cannot write {}", made_of.display()))?;
        Ok(environment)
    }

    /// Its interpreter.
    pub(crate) fn interpreter(&self) -> PathBuf {
        self.directory.join("bin/python")
    }

    /// A call of its interpreter.
    pub(crate) fn command(&self) -> Command {
        Command::new(self.interpreter())
    }
}

/// What a program that must succeed prints.
pub(crate) fn said(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot run {program}"))?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program} failed ({}): {}", output.status, errors.trim());
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

//! Programs of the system that the crashes need.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Fails unless every one of `programs` answers `--version` (or its like), naming the package that has it.
pub fn require(programs: &[(&str, &str, &str)]) -> Result<()> {
    for (program, version, package) in programs {
        let status = Command::new(program).arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.with_context(|| format!("{program} is needed and can't be run: apt-get install {package}"))?;
    }
    Ok(())
}

/// Runs a program that must succeed.
pub fn run<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Result<()> {
    let output =
        Command::new(program).args(arguments).output().with_context(|| format!("can't run {program}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program} failed ({}): {}", output.status, said.trim());
    Ok(())
}

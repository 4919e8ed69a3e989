//! Calling cargo.

use std::env;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::progress::Progress;

/// Builds the package of `manifest` and returns the executable of its only binary.
pub(crate) fn build(manifest: &Path, release: bool, progress: &Progress) -> Result<PathBuf> {
    let manifest = manifest.canonicalize().with_context(|| format!("cannot find {}", manifest.display()))?;
    let folder = manifest.parent().unwrap_or(Path::new("/"));
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let step = progress.begin(format!("building {name}"));
    let mut command = command();
    // Where the charm is, so that its own configuration of cargo counts.
    command.current_dir(folder).args([
        "build",
        "--message-format=json-render-diagnostics",
        "--manifest-path",
    ]);
    command.arg(&manifest);
    if release {
        command.arg("--release");
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("cargo is not there: install Rust, or set PATH to where cargo is")
        }
        Err(error) => return Err(error).context("cannot run cargo"),
    };
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Both are read at once: cargo waits for whoever reads the other too late.
    let (executables, said) = std::thread::scope(|scope| {
        let executables = scope.spawn(|| {
            stdout.map(|stdout| executables(BufReader::new(stdout), &manifest)).unwrap_or_default()
        });
        let mut said = Vec::new();
        for line in
            stderr.into_iter().flat_map(|stderr| BufReader::new(stderr).split(b'\n')).map_while(Result::ok)
        {
            step.detail(&String::from_utf8_lossy(&line));
            said.extend(line);
            said.push(b'\n');
        }
        (executables.join().unwrap_or_default(), said)
    });
    let status = child.wait().context("cannot wait for cargo")?;
    if !status.success() {
        step.clear();
        // As cargo said it, colours and all.
        let _ = io::stderr().write_all(&said);
        bail!("cargo could not build {}: see above ({status})", manifest.display());
    }
    match executables.as_slice() {
        [executable] => {
            step.done();
            Ok(executable.clone())
        }
        [] => bail!(
            "{} builds no program: give it src/main.rs or a [[bin]], which is what Juju runs as `dispatch`",
            manifest.display()
        ),
        several => {
            let names: Vec<_> = several
                .iter()
                .filter_map(|path| path.file_name())
                .map(|name| name.display().to_string())
                .collect();
            bail!(
                "{} builds several programs ({}), and Juju runs only one as `dispatch`: keep one [[bin]]",
                manifest.display(),
                names.join(", ")
            )
        }
    }
}

/// The binaries of the package of `manifest`, from what cargo says while it builds.
fn executables(messages: impl io::BufRead, manifest: &Path) -> Vec<PathBuf> {
    let mut executables = Vec::new();
    for line in messages.lines().map_while(Result::ok) {
        // What is no message is what a build printed.
        let Ok(message) = serde_json::from_str::<Value>(&line) else { continue };
        let is_binary =
            message["target"]["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "bin"));
        let ours = message["manifest_path"].as_str().is_some_and(|path| Path::new(path) == manifest);
        if message["reason"] == "compiler-artifact" && is_binary && ours {
            executables.extend(message["executable"].as_str().map(PathBuf::from));
        }
    }
    executables
}

/// Cargo, without what another cargo has put into our environment: build scripts that look at it would run anew at
/// each change between `cargo build` and `cargo charm`.
fn command() -> Command {
    // The cargo that runs us, so that one toolchain does it all.
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_set_by_cargo) {
            command.env_remove(name);
        }
    }
    command
}

/// Whether cargo sets this variable for what it runs. Those by which a developer configures cargo, such as
/// `CARGO_TARGET_DIR` or `RUSTFLAGS`, are not among them.
fn is_set_by_cargo(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        "CARGO",
        "CARGO_BIN_NAME",
        "CARGO_CRATE_NAME",
        "CARGO_MAKEFLAGS",
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_LINKS",
        "CARGO_MANIFEST_PATH",
        "CARGO_PRIMARY_PACKAGE",
        "CARGO_TARGET_TMPDIR",
    ];
    const PREFIXES: [&str; 4] = ["CARGO_PKG_", "CARGO_BIN_EXE_", "CARGO_CFG_", "CARGO_FEATURE_"];
    NAMES.contains(&name) || name == "OUT_DIR" || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cargo_s_own_variables_are_stripped() {
        for own in ["CARGO", "CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO_BIN_EXE_x", "OUT_DIR"] {
            assert!(is_set_by_cargo(own), "{own}");
        }
        for other in
            ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_BUILD_JOBS", "RUSTFLAGS", "RUSTC_WRAPPER", "PATH"]
        {
            assert!(!is_set_by_cargo(other), "{other}");
        }
    }

    #[test]
    fn binaries_of_the_package_alone_count() {
        let message = |manifest: &str, kind: &str, executable: &str| {
            serde_json::json!({
                "reason": "compiler-artifact",
                "manifest_path": manifest,
                "target": {"kind": [kind]},
                "executable": executable,
            })
        };
        let messages = [
            message("/a/Cargo.toml", "bin", "/t/a"),
            message("/b/Cargo.toml", "bin", "/t/b"),
            message("/a/Cargo.toml", "custom-build", "/t/build"),
            serde_json::json!({"reason": "build-finished", "success": true}),
        ];
        let text = messages.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n") + "\nnot json\n";
        assert_eq!(executables(text.as_bytes(), Path::new("/a/Cargo.toml")), [PathBuf::from("/t/a")]);
    }
}

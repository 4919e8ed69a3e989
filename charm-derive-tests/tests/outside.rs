//! A charm that is no member of this workspace, of the edition 2021 and with the runtime under another name, tests its own
//! generated code with `charm_derive_tests::Charm`.
#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// `outside`, copied to where Cargo sees no workspace above it.
struct Package {
    directory: PathBuf,
    target: PathBuf,
}

impl Package {
    fn new() -> Self {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let workspace = package.parent().unwrap();
        let directory = std::env::temp_dir().join(format!("charm-outside-{}", std::process::id()));
        copy(&package.join("tests/outside"), &directory);
        let manifest = std::fs::read_to_string(directory.join("Cargo.toml.in")).unwrap();
        let manifest = manifest.replace("{workspace}", workspace.to_str().unwrap());
        std::fs::write(directory.join("Cargo.toml"), manifest).unwrap();
        // The same versions, which are there already.
        std::fs::copy(workspace.join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
        // What has been built for this workspace is used again.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned();
        Self { directory, target }
    }

    fn test(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["test", "--offline"])
            .current_dir(&self.directory)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .unwrap()
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).unwrap();
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_charm_of_somebody_else_tests_its_generated_code() {
    let package = Package::new();
    let output = package.test();
    assert!(output.status.success(), "{}", said(&output));
    if std::env::var_os("CHARM_DERIVE_TESTS").is_some() || std::env::var_os("TRYBUILD").is_some() {
        // It has recorded its own snapshot and messages anew.
        let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside");
        return copy(&package.directory.join("tests"), &original.join("tests"));
    }

    // Its metadata is tracked, and what comes of it is seen.
    let metadata = package.directory.join("charmcraft.yaml");
    let text = std::fs::read_to_string(&metadata).unwrap();
    std::fs::write(
        &metadata,
        text.replace("    gen:", "    eager: {type: boolean, default: true}\n    gen:"),
    )
    .unwrap();
    let output = package.test();
    assert!(!output.status.success());
    let said = said(&output);
    assert!(said.contains("tests/generated/lib.rs differs from the code that is generated now"), "{said}");
    assert!(said.contains("+    pub eager: bool,\n"), "{said}");
}

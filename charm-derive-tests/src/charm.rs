//! A charm's package and what is to be checked of it.

use std::path::{Path, PathBuf};

use crate::{fixtures, snapshot};

/// A charm's package and what is to be checked of it.
///
/// All paths start at the package's directory.
///
/// ```
/// charm_derive_tests::Charm::new(env!("CARGO_MANIFEST_DIR"))
///     .snapshot("tests/pass/reconciler.rs", "tests/snapshots/reconciler.rs")
///     .check_snapshots();
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is checked before `check`"]
pub struct Charm {
    package: PathBuf,
    snapshots: Vec<(PathBuf, PathBuf)>,
    pass: Vec<PathBuf>,
    fail: Vec<PathBuf>,
}

impl Charm {
    /// The package in this directory, which must be the one under test: `env!("CARGO_MANIFEST_DIR")`.
    pub fn new(package: impl Into<PathBuf>) -> Self {
        Self { package: package.into(), snapshots: Vec::new(), pass: Vec::new(), fail: Vec::new() }
    }

    /// Compares the code generated for a source file with a snapshot of it.
    ///
    /// `source` is the root of a crate, such as `src/lib.rs`. Its modules, also those in files of their own, are part
    /// of the snapshot; items under `#[cfg(test)]` and the crate's `main` are not. `#[charm]` is recognised where it is
    /// written as an attribute, not behind a `cfg_attr` or in a macro call.
    pub fn snapshot(mut self, source: impl Into<PathBuf>, snapshot: impl Into<PathBuf>) -> Self {
        self.snapshots.push((source.into(), snapshot.into()));
        self
    }

    /// Every `.rs` file in this directory is a program that must compile, and exit with 0.
    pub fn pass(mut self, directory: impl Into<PathBuf>) -> Self {
        self.pass.push(directory.into());
        self
    }

    /// Every `.rs` file in this directory is a program that must not compile, with the messages in its `.stderr` file.
    ///
    /// Messages change with the compiler, so `rustc-version.txt` beside them, recorded with them, says which one it was.
    /// On another one each program must still fail, with the first line of its `.stderr` among the messages.
    ///
    /// A fixture's metadata stands in it (`metadata_str = ".."`) or beside it (`metadata = "machine.yaml"`).
    pub fn fail(mut self, directory: impl Into<PathBuf>) -> Self {
        self.fail.push(directory.into());
        self
    }

    /// Checks everything. The snapshots, too, must compile.
    ///
    /// # Panics
    ///
    /// If a snapshot or a fixture is not as it should be; the message says how it differs.
    #[track_caller]
    pub fn check(&self) {
        self.check_snapshots();
        let snapshots: Vec<PathBuf> = self.snapshots.iter().map(|(_, snapshot)| snapshot.clone()).collect();
        fail_with(fixtures::pass(&self.package, &snapshots, &self.pass));
        for directory in &self.fail {
            fail_with(fixtures::fail(&self.package, directory));
        }
    }

    /// Compares the snapshots and compiles nothing, which takes milliseconds.
    ///
    /// # Panics
    ///
    /// If a snapshot differs; the message is a diff.
    #[track_caller]
    pub fn check_snapshots(&self) {
        let check = |(source, snapshot): &(PathBuf, PathBuf)| self.check_snapshot(source, snapshot).err();
        let problems: Vec<String> = self.snapshots.iter().filter_map(check).collect();
        fail_with(if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) });
    }

    fn check_snapshot(&self, source: &Path, snapshot: &Path) -> Result<(), String> {
        let generated = crate::source::generated(&self.package, source, snapshot)?;
        snapshot::compare(&self.package, snapshot, &generated)
    }
}

#[track_caller]
fn fail_with(result: Result<(), String>) {
    if let Err(problem) = result {
        #[allow(clippy::panic)] // the way in which a test fails
        {
            panic!("{problem}");
        }
    }
}

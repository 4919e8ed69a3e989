//! What the state's tests share: a charm's directory, and a copy of it to damage.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "only tests call this")]

use std::fs;
use std::path::{Path, PathBuf};

use charm_runtime::state::{Batch, SledStore, StateStore};
use tempfile::TempDir;

/// A charm's directory, empty but for the state that a test makes.
pub(crate) struct CharmDir {
    temp: TempDir,
}

impl CharmDir {
    pub(crate) fn new() -> Self {
        Self { temp: TempDir::new().unwrap() }
    }

    /// One with `commits` commits, the last of which `generation` tells.
    pub(crate) fn with_commits(commits: u64) -> Self {
        let charm = Self::new();
        let mut store = charm.open();
        for n in 1..=commits {
            commit_generation(&mut store, n);
        }
        charm
    }

    pub(crate) fn path(&self) -> &Path {
        self.temp.path()
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.path().join(".unit-state")
    }

    /// A file of the state, by its name in `.unit-state/`.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.state().join(name)
    }

    pub(crate) fn open(&self) -> SledStore {
        SledStore::open(&self.state()).unwrap()
    }

    pub(crate) fn copy(&self) -> Self {
        let copy = Self::new();
        copy_all(&self.state(), &copy.state());
        copy
    }

    pub(crate) fn snapshots(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.file("store")).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("snap.")).collect()
    }

    pub(crate) fn remove_snapshots(&self) {
        for snapshot in self.snapshots() {
            fs::remove_file(snapshot).unwrap();
        }
    }
}

/// A commit that changes several records, all of which say `n`.
pub(crate) fn commit_generation(store: &mut impl StateStore, n: u64) {
    let mut batch = Batch::new();
    batch.put("generation", n.to_string());
    for record in 0..5 {
        batch.put(format!("record/{record}"), format!("{n}:{}", "x".repeat(200)));
    }
    store.commit(batch).unwrap();
}

/// The last generation, all records of which must agree.
pub(crate) fn generation(store: &impl StateStore) -> u64 {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let generation = store.get(b"generation").unwrap().map_or(0, |bytes| text(bytes).parse().unwrap());
    for (_, value) in store.scan(b"record/").unwrap() {
        assert!(text(value).starts_with(&format!("{generation}:")), "a torn commit");
    }
    generation
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            copy_all(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

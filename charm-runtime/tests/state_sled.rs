//! The store on disk over several openings: what is kept, counted, tidied up and closed to others.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod state_support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use charm_runtime::state::{Batch, SledStore, StateStore};
use state_support::{commit_generation, generation, CharmDir};

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn commits_survive_reopening_and_are_counted() {
    let charm = CharmDir::new();
    for n in 1..=10 {
        let mut store = charm.open();
        assert_eq!((generation(&store), store.seq()), (n - 1, n - 1));
        commit_generation(&mut store, n);
        assert_eq!((generation(&store), store.seq()), (n, n));
    }
}

#[test]
fn empty_batch_is_not_a_commit() {
    let charm = CharmDir::with_commits(1);
    let before = fs::read(charm.file("store/db")).unwrap();
    let mut store = charm.open();
    store.commit(Batch::new()).unwrap();
    assert_eq!(store.seq(), 1);
    drop(store);
    assert_eq!(fs::read(charm.file("store/db")).unwrap().len(), before.len());
}

#[test]
fn relative_path_is_a_path() {
    let charm = CharmDir::new();
    let here = std::env::current_dir().unwrap();
    let up: std::path::PathBuf = here.components().skip(1).map(|_| "..").collect();
    let relative = up.join(charm.state().strip_prefix("/").unwrap());
    drop(SledStore::open(&relative).unwrap());
    assert!(charm.file("store/db").is_file());
}

#[test]
fn unit_state_holds_what_its_documentation_lists() {
    let charm = CharmDir::with_commits(1);
    assert_eq!(names(&charm.state()), ["lock", "sequence", "store"]);
}

#[test]
fn existing_files_are_closed_to_others() {
    let charm = CharmDir::new();
    let mut batch = Batch::new();
    batch.put("large", vec![7; 50_000]);
    charm.open().commit(batch).unwrap();
    assert!(!names(&charm.file("store/blobs")).is_empty(), "the case needs a blob");
    let all = || {
        let dirs = [".", "store", "store/blobs"].map(|dir| charm.file(dir));
        dirs.into_iter()
            .flat_map(|dir| fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()))
            .collect::<Vec<_>>()
    };
    for path in all() {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }
    drop(charm.open());
    for path in all() {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
}

#[test]
fn interrupted_snapshot_is_removed() {
    let charm = CharmDir::with_commits(3);
    let newest = charm.file("store/snap.7FFFFFFFFFFFFFFF.generating");
    fs::write(&newest, "half a snap").unwrap();
    assert_eq!(generation(&charm.open()), 3);
    assert!(!newest.exists());
}

#[test]
fn unfinished_stores_and_counters_are_removed() {
    let charm = CharmDir::with_commits(3);
    fs::create_dir_all(charm.file("store.new-123/blobs")).unwrap();
    fs::write(charm.file("store.new-123/conf"), "half").unwrap();
    fs::write(charm.file("sequence.new"), "half").unwrap();
    assert_eq!(generation(&charm.open()), 3);
    assert_eq!(names(&charm.state()), ["lock", "sequence", "store"]);
}

#[test]
fn birth_killed_after_the_counter_begins_again() {
    let charm = CharmDir::new();
    drop(charm.open());
    fs::remove_dir_all(charm.file("store")).unwrap();
    fs::create_dir(charm.file("store.new-1")).unwrap();
    assert_eq!(generation(&charm.open()), 0);
}

#[test]
fn counter_one_behind_is_brought_up() {
    let charm = CharmDir::with_commits(3);
    let sequence = fs::read(charm.file("sequence")).unwrap();
    commit_generation(&mut charm.open(), 4);
    fs::write(charm.file("sequence"), sequence).unwrap();
    let store = charm.open();
    assert_eq!(
        (generation(&store), store.seq()),
        (4, 4),
        "a commit killed before it was acknowledged may stay"
    );
    drop(store);
    let sequence = fs::read_to_string(charm.file("sequence")).unwrap();
    assert!(sequence.contains("seq 00000000000000000004"), "{}", sequence.trim());
}

#[test]
fn large_values_written_again_and_again_do_not_pile_up() {
    let charm = CharmDir::with_commits(3);
    let mut most = 0;
    for n in 0..150_u8 {
        let mut store = charm.open();
        if n > 0 {
            assert_eq!(store.get(b"large").unwrap().unwrap(), vec![n - 1; 20_000]);
        }
        let mut batch = Batch::new();
        batch.put("large", vec![n; 20_000]);
        store.commit(batch).unwrap();
        most = most.max(names(&charm.file("store/blobs")).len());
    }
    assert!((30..90).contains(&most), "{most} blobs at most");
    let store = charm.open();
    assert_eq!((generation(&store), store.seq()), (3, 153), "rebuilding is no commit and loses none");
    assert_eq!(names(&charm.state()), ["lock", "sequence", "store"]);
}

#[test]
fn rebuilding_killed_between_two_names_leaves_the_former_store() {
    let charm = CharmDir::with_commits(3);
    fs::rename(charm.file("store"), charm.file("store.old")).unwrap();
    fs::create_dir(charm.file("store.new-1")).unwrap();
    assert_eq!(generation(&charm.open()), 3);
    assert_eq!(names(&charm.state()), ["lock", "sequence", "store"]);
}

#[test]
fn rebuilding_killed_before_the_former_store_was_removed_leaves_the_new_one() {
    let charm = CharmDir::with_commits(3);
    fs::create_dir_all(charm.file("store.old/blobs")).unwrap();
    assert_eq!(generation(&charm.open()), 3);
    assert_eq!(names(&charm.state()), ["lock", "sequence", "store"]);
}

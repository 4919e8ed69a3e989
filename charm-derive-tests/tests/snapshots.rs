//! What is generated for the charms in `pass`, as files in `snapshots` that a reviewer can read.
#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::{Path, PathBuf};

use charm_derive_tests::Charm;

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// The names of the `.rs` files in a directory, without the extension.
fn names(directory: &str) -> Vec<String> {
    let entries = std::fs::read_dir(Path::new(PACKAGE).join(directory)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_source = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    let name = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut names: Vec<String> = paths.filter(is_source).map(name).collect();
    names.sort();
    names
}

fn snapshot(name: &str) -> String {
    std::fs::read_to_string(Path::new(PACKAGE).join(format!("tests/snapshots/{name}.rs"))).unwrap()
}

#[test]
fn snapshots_are_what_is_generated() {
    let charm = names("tests/pass").iter().fold(Charm::new(PACKAGE), |charm, name| {
        charm.snapshot(format!("tests/pass/{name}.rs"), format!("tests/snapshots/{name}.rs"))
    });
    charm.check_snapshots();
}

#[test]
fn no_snapshot_is_left_over() {
    assert_eq!(names("tests/snapshots"), names("tests/pass"));
}

#[test]
fn no_snapshot_holds_an_absolute_path() {
    for name in names("tests/snapshots") {
        let text = snapshot(&name);
        let directory = Path::new(PACKAGE).parent().unwrap().to_str().unwrap();
        for absolute in [directory, "include_str!(\"/"] {
            assert!(!text.contains(absolute), "{name} contains {absolute}");
        }
    }
}

/// Where the runtime has another name, its own one must be nowhere in what is generated.
#[test]
fn the_runtimes_own_name_does_not_leak() {
    let source = std::fs::read_to_string(Path::new(PACKAGE).join("tests/pass/renamed_crate.rs")).unwrap();
    // Once, where the fixture renames it.
    assert_eq!(source.matches("charm_runtime").count(), 1);
    assert_eq!(snapshot("renamed_crate").matches("charm_runtime").count(), 1);
    // And elsewhere it does stand, or this would prove nothing.
    assert!(snapshot("user_shape").contains("::charm_runtime::"));
}

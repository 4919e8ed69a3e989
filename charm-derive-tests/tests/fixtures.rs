//! Programs that must compile, and programs that must not. `README.md` beside this file has the rules.
#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::{Path, PathBuf};

use charm_derive_tests::Charm;

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn charms_and_their_snapshots_compile() {
    Charm::new(PACKAGE).pass("tests/pass").pass("tests/snapshots").check();
}

#[test]
fn mistakes_do_not_compile() {
    Charm::new(PACKAGE).fail("tests/fail").check();
}

fn mistakes() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(PACKAGE).join("tests/fail")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// What the standard library's source says is quoted only where it is installed.
#[test]
fn no_message_depends_on_the_rust_src_component() {
    for mistake in mistakes() {
        let messages = std::fs::read_to_string(mistake.with_extension("stderr")).unwrap();
        assert!(!messages.contains("$RUST"), "{}", mistake.display());
    }
}

/// One mistake is one error, without a warning besides.
#[test]
fn one_mistake_is_one_error() {
    // Each a consequence that only the compiler could leave out.
    let exceptions = [
        // The handlers of both are ambiguous in the charm's table, too.
        "any_in_two_blocks",
        "event_in_two_blocks",
        "status_in_two_blocks",
        // `Charm` needs it, and so does every argument of a charm's.
        "struct_without_default",
        // What is generated for the options meets the wrong struct.
        "struct_beside_its_own_config",
        // Both pairs of names are told.
        "metadata_clash",
    ];
    for mistake in mistakes() {
        let name = mistake.file_stem().unwrap().to_str().unwrap();
        let messages = std::fs::read_to_string(mistake.with_extension("stderr")).unwrap();
        let count = |start: &str| messages.lines().filter(|line| line.starts_with(start)).count();
        let is_one = count("error") == 1;
        assert_eq!(is_one, !exceptions.contains(&name) && !name.starts_with("several_"), "{name}");
        assert_eq!(count("warning"), 0, "{name}");
    }
}

//! The forms in which `juju deploy` and `juju refresh` take charms, and what units get of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod place;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use place::Place;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Packs the directory of a charm that `Place::charm` made.
fn pack(place: &Place, name: &str, to: &str) {
    let mut zip = ZipWriter::new(fs::File::create(place.path().join(to)).unwrap());
    for (file, mode) in [("charmcraft.yaml", 0o644), ("dispatch", 0o755)] {
        zip.start_file(file, SimpleFileOptions::default().unix_permissions(mode)).unwrap();
        zip.write_all(&fs::read(place.path().join(name).join(file)).unwrap()).unwrap();
    }
    zip.finish().unwrap();
}

/// An interpreter that only says what it was given to run.
fn interpreter(place: &Place, path: &str, name: &str) {
    place.write(path, &format!("#!/bin/sh\nstatus-set active \"{name} runs $1\"\n"));
    fs::set_permissions(place.path().join(path), fs::Permissions::from_mode(0o755)).unwrap();
}

fn message(place: &Place, unit: &str) -> String {
    place.workload(unit).1
}

#[test]
fn a_refresh_changes_the_files_of_units_and_leaves_what_they_have_made() {
    let place = Place::new();
    place.charm("hello", "", "touch made; status-set active \"first $(ls)\"");
    place.write("hello/old", "");
    place.ok(&["deploy", "./hello", "-n", "2"]);
    assert!(message(&place, "hello/0").contains("first charmcraft.yaml"));
    fs::remove_file(place.path().join("hello/old")).unwrap();
    place.charm("hello", "", "status-set active \"second $(ls | tr '\\n' ' ')\"");
    place.write("hello/new", "");
    assert!(message(&place, "hello/1").starts_with("first"), "only a refresh changes what units run");
    place.ok(&["refresh", "hello"]);
    for unit in ["hello/0", "hello/1"] {
        let message = message(&place, unit);
        assert!(message.starts_with("second ") && message.contains(" made "), "{message}");
        assert!(message.contains(" new ") && !message.contains(" old "), "{message}");
    }
    let hooks = place.hooks();
    let after: Vec<&String> = hooks.iter().filter(|hook| hook.starts_with("unit-hello-0 ")).collect();
    assert!(after.ends_with(&[&"unit-hello-0 upgrade-charm".into(), &"unit-hello-0 config-changed".into()]));
    assert_eq!(place.json(&["status"])["applications"]["hello"]["charm-rev"], 1);
    assert!(place.ok(&["status"]).contains("  hello           1    no"), "{}", place.ok(&["status"]));
    let kept: Vec<_> = fs::read_dir(place.model().join("charms")).unwrap().collect();
    assert_eq!(kept.len(), 1, "the revision that no unit runs any more is removed");
}

#[test]
fn a_unit_in_error_keeps_its_files_until_it_is_upgraded() {
    let place = Place::new();
    place.ok(&["model-config", "automatically-retry-hooks=false"]);
    place.charm("hello", "", "[ $hook != start ]");
    place.ok(&["deploy", "./hello"]);
    place.charm("hello", "", "status-set active \"second in $hook\"");
    place.ok(&["refresh", "hello"]);
    place.ok(&["resolved", "hello/0"]);
    assert_eq!(message(&place, "hello/0"), "hook failed: \"start\"", "it has run the old file again");
    place.ok(&["refresh", "hello", "--force-units"]);
    place.ok(&["resolved", "hello/0"]);
    assert_eq!(message(&place, "hello/0"), "second in start");
    assert!(!place.hooks().contains(&"unit-hello-0 upgrade-charm".to_owned()), "the force was the upgrade");
}

#[test]
fn a_packed_charm_is_deployed_and_refreshed() {
    let place = Place::new();
    place.charm("hello", "", "status-set active first");
    pack(&place, "hello", "hello_amd64.charm");
    place.ok(&["deploy", "./hello_amd64.charm"]);
    assert_eq!(place.workload("hello/0"), ("active".to_owned(), "first".to_owned()));
    place.charm("hello", "", "status-set active second");
    pack(&place, "hello", "hello_amd64.charm");
    place.ok(&["refresh", "hello"]);
    assert_eq!(message(&place, "hello/0"), "second");
    place.ok(&["refresh", "hello", "--path", "./hello"]);
    assert_eq!(place.json(&["status"])["applications"]["hello"]["charm-rev"], 2);
    place.write("bundle.yaml", "applications:\n  packed: {charm: ./hello_amd64.charm, num_units: 1}\n");
    place.ok(&["deploy", "./bundle.yaml"]);
    assert_eq!(message(&place, "packed/0"), "second");
    place.write("broken.charm", "not packed");
    place.juju(&["deploy", "./broken.charm"]).failed_with("broken.charm");
    assert_eq!(place.json(&["status"])["applications"].as_object().unwrap().len(), 2);
}

#[test]
fn a_charm_in_python_runs_by_the_interpreter_that_is_wanted() {
    let place = Place::new();
    place.charm("snake", "", "").write("snake/src/charm.py", "");
    fs::remove_file(place.path().join("snake/dispatch")).unwrap();
    interpreter(&place, "first", "first");
    interpreter(&place, "venv/bin/python3", "venv");
    place.ok(&["deploy", "./snake", "--python", "./first"]);
    assert_eq!(message(&place, "snake/0"), "first runs src/charm.py");
    place.ok(&["refresh", "snake"]);
    assert_eq!(message(&place, "snake/0"), "first runs src/charm.py", "it is remembered");
    let with_python = |args: &[&str], python: &Path| {
        let output = place.command(args).env("CHARM_PYTHON", python).output().unwrap();
        place::Outcome::of(output)
    };
    with_python(&["refresh", "snake"], &place.path().join("venv")).succeeded();
    assert_eq!(message(&place, "snake/0"), "venv runs src/charm.py");
    with_python(&["deploy", "./snake", "other"], Path::new("/no/python"))
        .failed_with("no Python at /no/python");
    with_python(&["deploy", "./snake", "other", "--python", "first"], Path::new("/no/python")).succeeded();
    assert_eq!(message(&place, "other/0"), "first runs src/charm.py");
}

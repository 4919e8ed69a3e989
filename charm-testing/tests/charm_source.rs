//! Charms in all forms that they come in, read and copied for units.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use charm_testing::agent::{CharmOptions, CharmSource};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const CHARMCRAFT: &str = "name: web\ntitle: Web\nsummary: A test\ndescription: A test\n\
    config: {options: {port: {type: int, default: 80}}}\nactions: {act: {description: Acts}}\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str, mode: u32) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        self
    }

    fn open(&self, path: &str) -> CharmSource {
        CharmSource::open(&self.path(path), &CharmOptions::default()).unwrap()
    }

    fn refusal(&self, path: &str) -> String {
        CharmSource::open(&self.path(path), &CharmOptions::default()).unwrap_err().to_string()
    }

    /// The copy that a unit would get.
    fn copy(&self, charm: &CharmSource) -> PathBuf {
        let to = self.path("copy");
        charm.files.copy_to(&to, None).unwrap();
        to
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Packs entries: a name that ends with `/` is a directory, a text that begins with `->` a link.
fn pack(path: &Path, entries: &[(&str, &str, u32)]) {
    let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
    for (name, text, mode) in entries {
        let options = SimpleFileOptions::default().unix_permissions(*mode);
        if name.ends_with('/') {
            zip.add_directory(*name, options).unwrap();
        } else if let Some(target) = text.strip_prefix("->") {
            zip.add_symlink(*name, target, options).unwrap();
        } else {
            zip.start_file(*name, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
    }
    zip.finish().unwrap();
}

#[test]
fn what_juju_reads_is_split_from_charmcraft_yaml_and_the_author_s_files_win() {
    let place = Place::new();
    place.write("web/charmcraft.yaml", CHARMCRAFT, 0o644).write("web/dispatch", "", 0o755);
    place.write("web/actions.yaml", "other:\n  description: The author's\n", 0o644);
    let charm = place.open("web");
    assert!(charm.metadata.config.contains_key("port"), "{:?}", charm.metadata);
    let actions: Vec<&String> = charm.metadata.actions.keys().collect();
    assert_eq!(actions, ["other"]);
    let copy = place.copy(&charm);
    let text = |file: &str| fs::read_to_string(copy.join(file)).unwrap();
    assert!(text("metadata.yaml").contains("\"name\": \"web\""));
    assert!(text("config.yaml").contains("\"port\""));
    assert_eq!(text("actions.yaml"), "other:\n  description: The author's\n");
    assert!(!place.path("web/metadata.yaml").exists(), "the author's own directory stays as it is");
}

#[test]
fn a_python_charm_gets_its_dispatch() {
    let place = Place::new();
    place.write("web/charmcraft.yaml", CHARMCRAFT, 0o644).write("web/src/charm.py", "", 0o644);
    let dispatch = |options: &CharmOptions| {
        let charm = CharmSource::open(&place.path("web"), options).unwrap();
        let to = place.path("copy");
        charm.files.copy_to(&to, None).unwrap();
        assert_eq!(mode(&to.join("dispatch")), 0o755);
        let text = fs::read_to_string(to.join("dispatch")).unwrap();
        fs::remove_dir_all(&to).unwrap();
        text.lines().last().unwrap().to_owned()
    };
    assert_eq!(dispatch(&CharmOptions::default()), "exec python3 src/charm.py");
    place.write("a venv/bin/python3", "", 0o755);
    let interpreter = place.path("a venv/bin/python3");
    for python in [place.path("a venv"), interpreter.clone()] {
        let options = CharmOptions { python: Some(python), ..CharmOptions::default() };
        assert_eq!(dispatch(&options), format!("exec '{}' src/charm.py", interpreter.display()));
    }
    let options = CharmOptions { python: Some(place.path("nowhere")), ..CharmOptions::default() };
    let error = CharmSource::open(&place.path("web"), &options).unwrap_err().to_string();
    assert!(error.contains("no Python at"), "{error}");
    place.write("web/venv/bin/python3", "", 0o755);
    assert_eq!(dispatch(&CharmOptions::default()), "exec venv/bin/python3 src/charm.py");
    place.write("web/dispatch", "#!/bin/sh\nexec mine\n", 0o755);
    assert_eq!(dispatch(&CharmOptions::default()), "exec mine", "the author's own");
}

#[test]
fn a_charm_with_nothing_to_run_says_what_it_lacks() {
    let place = Place::new();
    place.write("web/charmcraft.yaml", CHARMCRAFT, 0o644);
    assert!(place.refusal("web").contains("has nothing to run"), "{}", place.refusal("web"));
    place.write("web/Cargo.toml", "", 0o644);
    assert!(place.refusal("web").contains("build it first"), "{}", place.refusal("web"));
    let executable = place.path("built");
    place.write("built", "program", 0o755);
    let options = CharmOptions { executable: Some(executable), ..CharmOptions::default() };
    let copy = place.copy(&CharmSource::open(&place.path("web"), &options).unwrap());
    assert_eq!(fs::read_to_string(copy.join("dispatch")).unwrap(), "program");
    assert!(copy.join("charmcraft.yaml").exists() && copy.join("metadata.yaml").exists());
    assert!(!copy.join("Cargo.toml").exists(), "the sources stay behind");
}

#[test]
fn a_directory_is_copied_with_its_links_and_without_what_tools_keep_in_it() {
    let place = Place::new();
    place.write("web/metadata.yaml", "name: web\nsummary: A\ndescription: A\n", 0o644);
    place.write("web/hooks/install", "#!/bin/sh\n", 0o755).write("shared/lib.py", "shared", 0o644);
    place.write("web/.git/HEAD", "", 0o644).write("web/target/CACHEDIR.TAG", "", 0o644);
    place.write("web/src/target/kept", "", 0o644).write("web/locked/file", "", 0o400);
    symlink("install", place.path("web/hooks/start")).unwrap();
    symlink("../shared/lib.py", place.path("web/lib.py")).unwrap();
    fs::set_permissions(place.path("web/locked"), fs::Permissions::from_mode(0o500)).unwrap();
    let copy = place.copy(&place.open("web"));
    assert_eq!(fs::read_link(copy.join("hooks/start")).unwrap(), Path::new("install"));
    assert_eq!(fs::read_to_string(copy.join("lib.py")).unwrap(), "shared", "it leads where it led");
    assert!(!copy.join(".git").exists() && !copy.join("target").exists());
    assert!(copy.join("src/target/kept").exists());
    assert_eq!((mode(&copy.join("hooks/install")), mode(&copy.join("locked"))), (0o755, 0o700));
}

#[test]
fn a_packed_charm_is_unpacked_with_modes_and_links() {
    let place = Place::new();
    let file = place.path("web.charm");
    let entries = [
        ("metadata.yaml", "name: web\nsummary: A\ndescription: A\n", 0o644),
        ("hooks/", "", 0o755),
        ("hooks/start", "->install", 0o777),
        ("hooks/install", "#!/bin/sh\n", 0o755),
        ("deep/er/link", "->../../hooks", 0o777),
        ("quiet", "", 0o600),
    ];
    pack(&file, &entries);
    assert!(CharmSource::is_charm(&file));
    let charm = place.open("web.charm");
    assert_eq!(charm.metadata.name, "web");
    let copy = place.copy(&charm);
    assert_eq!(mode(&copy.join("hooks/start")), 0o755);
    assert_eq!(mode(&copy.join("deep/er/link/install")), 0o755);
    assert_eq!(mode(&copy.join("quiet")), 0o600);
}

#[test]
fn an_archive_that_leaves_its_directory_is_refused() {
    let declared = ("metadata.yaml", "name: web\nsummary: A\ndescription: A\n", 0o644);
    let dispatch = ("dispatch", "", 0o755);
    for (entry, why) in [
        (("../out", "", 0o644), "\"../out\" lies outside"),
        (("a/../../out", "", 0o644), "lies outside"),
        (("/out", "", 0o644), "\"/out\" lies outside"),
    ] {
        let place = Place::new();
        pack(&place.path("web.charm"), &[declared, dispatch, entry]);
        assert!(place.refusal("web.charm").contains(why), "{}", place.refusal("web.charm"));
    }
    for links in [
        vec![("link", "->/etc", 0o777)],
        vec![("link", "->../out", 0o777)],
        vec![("link", "->missing/../../out", 0o777)],
        // Each word of it stays inside, and through the other link it does not.
        vec![("d/self", "->..", 0o777), ("d/link", "->self/../..", 0o777)],
    ] {
        let place = Place::new();
        let entries: Vec<_> = [declared, dispatch].into_iter().chain(links).collect();
        pack(&place.path("web.charm"), &entries);
        let error = place.open("web.charm").files.copy_to(&place.path("copy"), None).unwrap_err().to_string();
        assert!(error.contains("leads out of the charm's directory"), "{error}");
    }
}

#[test]
fn a_file_that_is_no_archive_or_is_cut_short_says_so() {
    let place = Place::new();
    place.write("web.charm", "not a zip", 0o644);
    assert!(place.refusal("web.charm").contains("as a packed charm"), "{}", place.refusal("web.charm"));
    assert!(place.refusal("missing").contains("No such file"), "{}", place.refusal("missing"));
    let file = place.path("whole.charm");
    let entries =
        [("metadata.yaml", "name: web\nsummary: A\ndescription: A\n", 0o644), ("dispatch", "x", 0o755)];
    pack(&file, &entries);
    let bytes = fs::read(&file).unwrap();
    for length in 0..bytes.len() {
        fs::write(place.path("web.charm"), &bytes[..length]).unwrap();
        // Wherever it is cut, it is an error and nothing worse.
        let opened = CharmSource::open(&place.path("web.charm"), &CharmOptions::default());
        let copied = opened.and_then(|charm| charm.files.copy_to(&place.path(&length.to_string()), None));
        assert!(copied.is_err(), "cut after {length}");
    }
}

#[test]
fn an_entry_with_the_wrong_content_is_an_error() {
    let place = Place::new();
    let file = place.path("web.charm");
    pack(
        &file,
        &[("metadata.yaml", "name: web\nsummary: A\ndescription: A\n", 0o644), ("dispatch", "", 0o755)],
    );
    let whole = fs::read(&file).unwrap();
    // Whatever byte is wrong, nothing panics, and nothing comes to lie outside the copy.
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        fs::write(&file, &bytes).unwrap();
        let copy = place.path(&format!("copies/{at}"));
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        let _ = CharmSource::open(&file, &CharmOptions::default())
            .and_then(|charm| charm.files.copy_to(&copy, None));
    }
    let mut names: Vec<_> =
        fs::read_dir(place.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["copies", "web.charm"]);
}

//! A storage that comes, goes, and comes back.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use charm_runtime::{Port, Status};
use charm_testing::model::Network;
use charm_testing::{State, on};
use pages::{Pages, binding, resource, storage};
use tempfile::TempDir;

/// What stands in for a mounted disk.
struct Disk(TempDir);

impl Disk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The state with this disk as the storage `content/0`.
    fn attached_to(&self, state: State<Pages>) -> State<Pages> {
        state.storage::<storage::Content>(0, self.0.path())
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }
}

/// An archive with one page.
fn archive(directory: &Path, page: &str) -> PathBuf {
    let archive = directory.join("site.tar");
    fs::write(directory.join("index.html"), page).unwrap();
    let mut tar = Command::new("tar");
    tar.arg("--create").arg("--file").arg(&archive).arg("--directory").arg(directory).arg("index.html");
    assert!(tar.status().unwrap().success());
    archive
}

fn attached() -> on::Event {
    on::storage_attached::<storage::Content>().into()
}

fn detaching() -> on::Event {
    on::storage_detaching::<storage::Content>().into()
}

/// A unit that shows pages from this disk.
fn serving(disk: &Disk) -> State<Pages> {
    let attached = disk.attached_to(State::new()).run(attached()).succeeded();
    attached.state.run(on::install()).succeeded().state
}

#[test]
fn pages_are_there_before_it_is_installed() {
    let (disk, source) = (Disk::new(), tempfile::tempdir().unwrap());
    let state = State::new()
        .resource::<resource::Site>(archive(source.path(), "hello"))
        .network::<binding::Web>(Network::of_address("192.0.2.7"));
    let out = disk.attached_to(state).run(attached()).succeeded();
    assert_eq!(disk.read("pages/index.html"), "hello");
    let out = out.state.run(on::install()).succeeded();
    assert_eq!(out.unit_status(), Status::active("edition 1"));
    assert_eq!(out.state.workload_version, "1");
    assert_eq!(out.ports(), [Port::tcp(8080)]);
    let server = format!("listen = 192.0.2.7:8080\nroot = {}\n", disk.path("pages").display());
    assert_eq!(disk.read("server.conf"), server);
}

#[test]
fn another_port_takes_the_place_of_the_first() {
    let disk = Disk::new();
    let out = serving(&disk).config("port", 80).run(on::config_changed()).succeeded();
    assert_eq!(out.ports(), [Port::tcp(80)]);
    assert!(disk.read("server.conf").contains(":80\n"));

    let out = out.state.config("port", 65_536).run(on::config_changed()).succeeded();
    let message = "option port: expected a whole number from 0 to 65535";
    assert_eq!(out.unit_status(), Status::blocked(message));
    assert_eq!(out.ports(), [Port::tcp(80)], "what was before goes on");
}

#[test]
fn without_a_storage_it_is_blocked() {
    let blocked = Status::blocked("attach the storage content");
    for event in [on::config_changed(), on::upgrade_charm()] {
        let out = State::<Pages>::new().run(event).succeeded();
        assert_eq!(out.unit_status(), blocked);
        assert_eq!(out.ports(), []);
    }
    let disk = Disk::new();
    let out = serving(&disk).run(detaching()).succeeded();
    assert_eq!(out.unit_status(), blocked);
    assert_eq!(out.ports(), [], "closed while the pages are still there");
    let out = out.state.run(on::update_status()).succeeded();
    assert_eq!(out.unit_status(), blocked);
}

#[test]
fn a_storage_keeps_its_pages_and_a_unit_its_count() {
    let disk = Disk::new();
    let detached = serving(&disk).run(detaching()).succeeded().state;
    fs::write(disk.path("pages/index.html"), "edited").unwrap();

    let out = disk.attached_to(detached.clone()).run(attached()).succeeded();
    assert!(out.logged("content/0 comes with pages, which are kept"));
    assert_eq!(disk.read("pages/index.html"), "edited");
    assert_eq!(out.unit_status(), Status::active("edition 1"));
    assert_eq!(out.ports(), [Port::tcp(8080)]);

    // On an empty one the pages have to be unpacked once more.
    let another = Disk::new();
    let out = another.attached_to(detached).run(attached()).succeeded();
    assert!(another.path("pages/index.html").exists());
    assert_eq!(out.unit_status(), Status::active("edition 2"));
}

#[test]
fn a_new_resource_replaces_the_pages() {
    let (disk, source) = (Disk::new(), tempfile::tempdir().unwrap());
    let state = serving(&disk).resource::<resource::Site>(archive(source.path(), "new"));
    let out = state.run(on::upgrade_charm()).succeeded();
    assert_eq!(disk.read("pages/index.html"), "new");
    assert_eq!(out.unit_status(), Status::active("edition 2"));
    assert_eq!(out.state.workload_version, "2");
}

#[test]
fn an_archive_that_cannot_be_read_leaves_the_pages_alone() {
    let (disk, source) = (Disk::new(), tempfile::tempdir().unwrap());
    let broken = source.path().join("site.tar");
    fs::write(&broken, "no archive").unwrap();
    let blocked = Status::blocked("attach another resource site: tar can't read this one");

    let out = serving(&disk).resource::<resource::Site>(&broken).run(on::upgrade_charm()).succeeded();
    assert_eq!(out.unit_status(), blocked);
    assert!(disk.read("pages/index.html").contains("Attach the resource"));

    // There were none before: it stays blocked until a better one comes.
    let empty = Disk::new();
    let state = empty.attached_to(State::new()).resource::<resource::Site>(&broken);
    let out = state.run(attached()).succeeded();
    assert_eq!(out.unit_status(), blocked);
    let out = out.state.run(on::update_status()).succeeded();
    assert_eq!(out.unit_status(), Status::blocked("attach the resource site: there are no pages"));
    let state = out.state.resource::<resource::Site>(archive(source.path(), "better"));
    let out = state.run(on::upgrade_charm()).succeeded();
    assert_eq!(out.unit_status(), Status::active("edition 1"));
}

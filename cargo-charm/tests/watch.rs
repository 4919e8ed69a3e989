//! `cargo charm run --watch`, as a developer who edits files meets it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tempfile::TempDir;

/// How long a line is waited for: longer than a build takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(240);

/// A run that watches, and what it prints.
struct Watch {
    place: TempDir,
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    /// Runs the charm in `charm/` below a place that `write` fills.
    fn new(write: impl Fn(&Path), args: &[&str]) -> Self {
        let place = tempfile::tempdir().unwrap();
        write(place.path());
        fs::create_dir(place.path().join("tmp")).unwrap();
        let (from, to) = std::io::pipe().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-charm"));
        command.args(["run", "charm", "--watch"]).args(args).current_dir(place.path());
        command.env("TMPDIR", place.path().join("tmp"));
        command.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_BUILD_TARGET_DIR");
        command.stdout(to.try_clone().unwrap()).stderr(to);
        let child = command.spawn().unwrap();
        drop(command);
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            BufReader::new(from).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { place, child, lines }
    }

    /// Reads lines until one has these words, and returns all of them.
    #[track_caller]
    fn until(&self, words: &str) -> Vec<String> {
        let mut read = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => read.push(line),
                Err(error) => panic!("{error}, without {words:?} in:\n{}", read.join("\n")),
            }
            if read.last().is_some_and(|line| line.contains(words)) {
                return read;
            }
        }
    }

    fn write(&self, file: &str, content: &str) {
        write(self.place.path(), file, content);
    }

    fn interrupt(&mut self) -> ExitStatus {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        self.child.wait().unwrap()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(place: &Path, file: &str, content: &str) {
    let file = place.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    // Under another name first, as editors do, so that no half of it is ever seen.
    let new = file.with_extension("new~");
    fs::write(&new, content).unwrap();
    let mode = if content.starts_with("#!") { 0o755 } else { 0o644 };
    fs::set_permissions(&new, fs::Permissions::from_mode(mode)).unwrap();
    fs::rename(new, file).unwrap();
}

fn charmcraft(name: &str) -> String {
    format!("name: {name}\nsummary: A test\ndescription: A test\n")
}

/// A charm that does nothing but say that it is active.
fn main_rs(message: &str) -> String {
    format!(
        "fn main() {{\n    let set = std::process::Command::new(\"status-set\").args([\"active\", \"{message}\"]).status();\n    \
         std::process::exit(if set.is_ok_and(|set| set.success()) {{ 0 }} else {{ 1 }});\n}}\n"
    )
}

#[test]
fn what_is_edited_is_built_and_given_to_the_units() {
    let manifest = "[package]\nname = \"rusty\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";
    let files = |place: &Path| {
        write(place, "charm/charmcraft.yaml", &charmcraft("rusty"));
        write(place, "charm/Cargo.toml", manifest);
        write(place, "charm/src/main.rs", &main_rs("one"));
    };
    let mut watch = Watch::new(files, &["--report", "charm/report.html"]);
    let first = watch.until("watching for changes; Ctrl-C ends it");
    assert!(first.iter().any(|line| line == "rusty/0  active  one"), "{first:#?}");

    watch.write("charm/src/main.rs", &main_rs("two"));
    let second = watch.until("rusty/0  active  two");
    let position = |words: &str| second.iter().position(|line| line.contains(words));
    assert!(position("changed: charm/src/main.rs").is_some(), "{second:#?}");
    assert!(position("ran \"upgrade-charm\" hook") < position("ran \"config-changed\" hook"), "{second:#?}");
    assert_eq!(position("ran \"install\" hook"), None, "{second:#?}");
    watch.until("report: charm/report.html");
    assert!(
        fs::read_to_string(watch.place.path().join("charm/report.html")).unwrap().contains("upgrade-charm")
    );
    watch.until("watching");

    watch.write("charm/src/main.rs", "fn main() { wrong }\n");
    let broken = watch.until("watching");
    assert!(broken.iter().any(|line| line.contains("cannot find value `wrong`")), "{broken:#?}");
    assert!(broken.iter().any(|line| line.starts_with("error: cargo could not build")), "{broken:#?}");
    assert!(!broken.iter().any(|line| line.contains("hook")), "nothing is upgraded: {broken:#?}");

    watch.write("charm/src/main.rs", &main_rs("three"));
    watch.until("rusty/0  active  three");
    watch.until("watching");

    watch.write("charm/charmcraft.yaml", &charmcraft("other"));
    let refused = watch.until("watching").join("\n");
    assert!(refused.contains("error: cannot refresh rusty"), "{refused}");
    assert!(refused.contains("the charm was \"rusty\" and is \"other\" now"), "{refused}");

    assert_eq!(watch.interrupt().code(), Some(0));
    let left = fs::read_dir(watch.place.path().join("tmp")).unwrap().count();
    assert_eq!(left, 0, "the work directory is removed");
}

#[test]
fn a_charm_that_cannot_be_built_at_first_is_watched_too() {
    let files = |place: &Path| {
        write(place, "charm/charmcraft.yaml", &charmcraft("late"));
    };
    let mut watch = Watch::new(files, &[]);
    let first = watch.until("watching");
    assert!(
        first.iter().any(|line| line.starts_with("error: ") && line.contains("nothing to run")),
        "{first:#?}"
    );
    watch.write("charm/dispatch", "#!/bin/sh\nstatus-set active here\n");
    let second = watch.until("late/0  active  here");
    assert!(second.iter().any(|line| line.contains("ran \"install\" hook")), "{second:#?}");
    assert!(!second.iter().any(|line| line.contains("upgrade-charm")), "{second:#?}");
    assert_eq!(watch.interrupt().code(), Some(0));
}

#[test]
fn a_hook_that_failed_runs_again_with_what_was_edited() {
    let files = |place: &Path| {
        write(place, "charm/charmcraft.yaml", &charmcraft("flaky"));
        write(place, "charm/dispatch", "#!/bin/sh\ntest ${JUJU_DISPATCH_PATH} != hooks/start\n");
    };
    let mut watch = Watch::new(files, &[]);
    let first = watch.until("watching");
    assert!(first.iter().any(|line| line.starts_with("error: 1 of 1 units in error")), "{first:#?}");
    watch.write("charm/dispatch", "#!/bin/sh\nstatus-set active mended\n");
    let second = watch.until("flaky/0  active  mended");
    assert!(second.iter().any(|line| line.contains("ran \"start\" hook")), "{second:#?}");
    assert_eq!(watch.interrupt().code(), Some(0));
}

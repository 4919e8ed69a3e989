//! Kills a call of `cargo charm juju` with SIGKILL at each of its system calls that anybody else can notice, and looks at what the next calls find.
//!
//! `juju-kill-at-every-syscall PATH-OF-CARGO-CHARM`. Needs strace. Exits 1 if any kill left a model that doesn't open, that
//! is neither as before nor as after, or that can't go on.
#![allow(clippy::print_stdout, reason = "a program that reports")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use charm_conformance_crash::strace::{self, Point};
use charm_conformance_crash::tool;
use serde_json::Value;

const SIGKILL: i32 = 9;

/// The calls that change a file, a process or what a hook is told. A kill before any other leaves what a kill before the
/// next of these leaves.
const NOTICED: [&str; 17] = [
    "accept4",
    "bind",
    "clone",
    "clone3",
    "fdatasync",
    "flock",
    "fsync",
    "ftruncate",
    "kill",
    "mkdir",
    "openat",
    "recvfrom",
    "rename",
    "sendto",
    "unlink",
    "vfork",
    "write",
];

const CHARMCRAFT: &str = "name: hello\nsummary: A charm\ndescription: A charm\nconfig:\n  options:\n    \
                          n: {type: int, default: 0}\n";

/// It says which value it has seen, and keeps it where only a commit brings it.
const DISPATCH: &str = "#!/bin/sh\nn=$(config-get n)\nstate-set n=$n\nstatus-set active $n\n";

/// The program with one directory of models.
struct Juju {
    program: PathBuf,
    data: PathBuf,
}

impl Juju {
    fn command(&self, wrapper: &[String], args: &[&str]) -> Command {
        let mut words = wrapper.iter().map(String::as_str).chain([self.program.to_str().unwrap_or_default()]);
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).args(args).env("JUJU_DATA", &self.data).env_remove("JUJU_MODEL");
        command
    }

    fn call(&self, args: &[&str]) -> Result<String> {
        let Output { status, stdout, stderr } = self.command(&[], args).output().context("cannot run it")?;
        ensure!(status.success(), "juju {}: {}", args.join(" "), String::from_utf8_lossy(&stderr).trim());
        Ok(String::from_utf8(stdout)?)
    }

    fn json(&self, args: &[&str]) -> Result<Value> {
        Ok(serde_json::from_str(&self.call(&[args, &["--format", "json"]].concat())?)?)
    }

    /// The model after a kill: whole, and of before or after.
    fn check(&self) -> Result<()> {
        let status = self.json(&["status"])?;
        let unit = &status["applications"]["hello"]["units"]["hello/0"];
        let current = unit["workload-status"]["current"].as_str().unwrap_or_default();
        let set = self.json(&["config", "hello"])?["settings"]["n"]["value"].as_u64();
        let set = set.unwrap_or_default();
        ensure!(set == 1 || set == 2, "the option is {set}");
        let message = unit["workload-status"]["message"].as_str().unwrap_or_default();
        match current {
            "active" => {
                ensure!(message == set.to_string(), "the option is {set}, the unit has seen {message}");
            }
            "error" => ensure!(message == "hook failed: \"config-changed\"", "{message}"),
            other => anyhow::bail!("the unit is {other}: {message}"),
        }
        self.call(&["config", "hello", "n=3"])?;
        self.call(&["add-unit", "hello"])?;
        let status = self.json(&["status"])?;
        let second = &status["applications"]["hello"]["units"]["hello/1"]["workload-status"];
        ensure!(second["message"] == "3", "a second unit is {second}");
        Ok(())
    }
}

fn main() -> Result<()> {
    let program = std::env::args_os().nth(1).context("give the path of cargo-charm")?;
    tool::require(&[("strace", "--version", "strace"), ("cp", "--version", "coreutils")])?;
    let started = Instant::now();
    let temp = tempfile::tempdir()?;
    let link = temp.path().join("juju");
    symlink(fs::canonicalize(&program).context("cannot find cargo-charm")?, &link)?;
    let charm = temp.path().join("hello");
    fs::create_dir(&charm)?;
    fs::write(charm.join("charmcraft.yaml"), CHARMCRAFT)?;
    fs::write(charm.join("dispatch"), DISPATCH)?;
    fs::set_permissions(charm.join("dispatch"), fs::Permissions::from_mode(0o755))?;

    let prepared = Juju { program: link.clone(), data: temp.path().join("prepared") };
    prepared.call(&["deploy", &charm.to_string_lossy(), "--config", "n=1"])?;
    let log = temp.path().join("strace");
    let traced = copy(&prepared, &temp.path().join("traced"))?;
    let status = traced.command(&strace::wrapper(&log, &[]), &["config", "hello", "n=2"]).output()?.status;
    ensure!(status.success(), "under strace, before any kill: {status}");
    let (mut points, skipped) = strace::points(&log, "/models/local")?;
    points.retain(|point| NOTICED.contains(&point.name.as_str()));

    let (mut killed, mut failures) = (0, Vec::new());
    for point in &points {
        let one = copy(&prepared, &temp.path().join("killed"))?;
        if kill_at(&one, &log, point)? {
            killed += 1;
            if let Err(error) = one.check() {
                failures.push(format!("{} {}: {error:#}", point.name, point.nth));
            }
        }
    }
    println!(
        "setting an option: {killed} killed, {} not reached, {} not whole (the {skipped} calls of the program's start \
         left out); {:.0} s",
        points.len() - killed,
        failures.len(),
        started.elapsed().as_secs_f32()
    );
    for failure in &failures {
        println!("  {failure}");
    }
    ensure!(killed > 0, "nothing was killed, so nothing was shown");
    ensure!(failures.is_empty(), "{} kills left a model that is not whole", failures.len());
    Ok(())
}

/// False if the call came to its end: its threads don't make the same calls each time.
fn kill_at(juju: &Juju, log: &Path, point: &Point) -> Result<bool> {
    let wrapper = strace::wrapper(log, &strace::kill_at(point));
    let status = juju.command(&wrapper, &["config", "hello", "n=2"]).output()?.status;
    // strace ends as its child did. A hook that was killed before it became another program only failed.
    Ok(status.signal() == Some(SIGKILL) || !status.success())
}

fn copy(from: &Juju, to: &Path) -> Result<Juju> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    let status = Command::new("cp").arg("-a").arg(&from.data).arg(to).status()?;
    ensure!(status.success(), "cp failed: {status}");
    Ok(Juju { program: from.program.clone(), data: to.to_owned() })
}

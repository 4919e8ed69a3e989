//! What a dispatch costs.
//!
//! `cargo run --release -p charm-benches --bin dispatch-costs`, after `cargo build --release -p charm-benches` and
//! `cargo build --release -p hello`. Needs strace.
//!
//! Counts don't move with the machine's load, so a count over its limit ends with exit code 1. Times are printed as
//! they were measured beside an empty program in the same run, and judged by nobody.

#![allow(clippy::print_stdout)] // this program's output is what it is for

mod trace;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use trace::Trace;

/// What `hello`, stripped, may weigh.
const LARGEST_HELLO: u64 = 1_500_000;
const HOOK_COMMANDS: [&str; 6] =
    ["config-get", "status-get", "status-set", "juju-log", "is-leader", "relation-ids"];

fn main() -> Result<ExitCode> {
    let bench = Bench::new()?;
    let mut over = Vec::new();
    let mut count = |what: &str, found: u64, limit: u64| {
        println!("  {what:<44} {found:>9}   (at most {limit})");
        if found > limit {
            over.push(what.to_owned());
        }
    };

    let size = fs::metadata(bench.programs.join("hello"))
        .context("build it first: cargo build --release -p hello")?;
    println!("hello");
    count("bytes of the stripped executable", size.len(), LARGEST_HELLO);

    println!("an event without work (meter-status-changed)");
    let before = bench.listing()?;
    let trace = bench.trace("meter-status-changed")?;
    count("threads", trace.threads, 0);
    count("processes", trace.processes, 0);
    count("fsyncs", trace.syncs, 0);
    count("files opened for writing", trace.opened_for_writing, 0);
    count("files of the state opened", trace.state_opened, 0);
    ensure!(bench.listing()? == before, "an event without work has changed the charm directory");

    println!("update-status: state, a status, and a reconciler that reads no stored field");
    let trace = bench.trace("update-status")?;
    count("threads", trace.threads, 0);
    count("fsyncs", trace.syncs, 0);
    count("files of the state opened", trace.state_opened, 0);
    // config-get and status-get; the status is as it was, and nothing is logged.
    count("hook commands", trace.processes, 2);

    // The first creates the store, the others bring it into its steady state.
    for _ in 0..5 {
        bench.dispatch("config-changed")?;
    }
    println!("one write of 800 bytes to an existing store (config-changed)");
    let trace = bench.trace("config-changed")?;
    count("fsyncs", trace.syncs, 4);
    count("segments of 16 KiB written", trace.segments, 2);
    println!("  {:<44} {:>9}", "threads (sled's own)", trace.threads);

    println!("times, in µs, beside an empty program, over {} rounds (median, least)", Bench::ROUNDS);
    let [empty, without_work] =
        Bench::in_turn([&mut || bench.empty(), &mut || bench.command("meter-status-changed")])?;
    show("an empty program", &empty, &empty);
    show("an event without work", &without_work, &empty);
    let [empty, update_status, write] =
        Bench::in_turn([&mut || bench.empty(), &mut || bench.command("update-status"), &mut || {
            bench.command("config-changed")
        }])?;
    show("update-status, with two hook commands", &update_status, &empty);
    show("one write of 800 bytes", &write, &empty);

    if over.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("over the limit: {}", over.join(", "));
    Ok(ExitCode::FAILURE)
}

fn show(what: &str, times: &[Duration], empty: &[Duration]) {
    let median = |times: &[Duration]| times[times.len() / 2].as_secs_f64() * 1e6;
    let least = |times: &[Duration]| times[0].as_secs_f64() * 1e6;
    println!(
        "  {what:<44} {:>9.0} {:>9.0}   {:+.0} {:+.0} over empty, {:.2} times it",
        median(times),
        least(times),
        median(times) - median(empty),
        least(times) - least(empty),
        median(times) / median(empty)
    );
}

struct Bench {
    /// Where this program and the others were built.
    programs: PathBuf,
    directory: tempfile::TempDir,
}

impl Bench {
    const ROUNDS: usize = 300;

    fn new() -> Result<Self> {
        let programs = std::env::current_exe()?.parent().context("this program has no directory")?.to_owned();
        let directory = tempfile::tempdir()?;
        for folder in ["charm", "bin"] {
            fs::create_dir(directory.path().join(folder))?;
        }
        for command in HOOK_COMMANDS {
            symlink(programs.join("bench-hook-command"), directory.path().join("bin").join(command))?;
        }
        Ok(Self { programs, directory })
    }

    fn charm_dir(&self) -> PathBuf {
        self.directory.path().join("charm")
    }

    /// The charm, with the environment that Juju would set, built from scratch.
    fn environment<'c>(&self, command: &'c mut Command, event: &str) -> &'c mut Command {
        command
            .env_clear()
            .env("PATH", self.directory.path().join("bin"))
            .env("JUJU_UNIT_NAME", "reconciler/0")
            .env("JUJU_CHARM_DIR", self.charm_dir())
            .env("JUJU_DISPATCH_PATH", format!("hooks/{event}"))
            .current_dir(self.charm_dir())
            .stdin(Stdio::null())
    }

    fn command(&self, event: &str) -> Command {
        let mut command = Command::new(self.programs.join("bench-reconciler"));
        self.environment(&mut command, event);
        command
    }

    /// The empty program, started the very same way.
    fn empty(&self) -> Command {
        let mut command = Command::new(self.programs.join("bench-empty"));
        self.environment(&mut command, "meter-status-changed");
        command
    }

    fn dispatch(&self, event: &str) -> Result<()> {
        let status = self.command(event).status()?;
        ensure!(status.success(), "{event} failed: {status}");
        Ok(())
    }

    fn trace(&self, event: &str) -> Result<Trace> {
        let log = self.directory.path().join("strace");
        // Found before the environment is cleared; the charm gets only what Juju would set.
        let mut strace = Command::new(find("strace").context("strace is needed: apt-get install strace")?);
        strace.args(["-f", "-y", "-s", "0", "-o"]).arg(&log).arg(self.programs.join("bench-reconciler"));
        let status = self.environment(&mut strace, event).status()?;
        ensure!(status.success(), "{event} failed under strace: {status}");
        Ok(Trace::read(&fs::read_to_string(&log)?))
    }

    /// Everything in the charm directory, with what would tell that it was touched.
    fn listing(&self) -> Result<Vec<String>> {
        fn walk(directory: &Path, found: &mut Vec<String>) -> Result<()> {
            for entry in fs::read_dir(directory)? {
                let path = entry?.path();
                let about = fs::symlink_metadata(&path)?;
                found.push(format!("{} {} {:?}", path.display(), about.len(), about.modified()?));
                if about.is_dir() {
                    walk(&path, found)?;
                }
            }
            Ok(())
        }
        let mut found = Vec::new();
        walk(&self.charm_dir(), &mut found)?;
        found.sort();
        Ok(found)
    }

    /// Runs the commands in turn, so that a drift of the machine meets all alike; sorted times of each.
    fn in_turn<const N: usize>(mut commands: [&mut dyn FnMut() -> Command; N]) -> Result<[Vec<Duration>; N]> {
        let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
        for round in 0..Self::ROUNDS + 5 {
            for (times, command) in times.iter_mut().zip(&mut commands) {
                let mut command = command();
                let start = Instant::now();
                let status = command.status()?;
                let time = start.elapsed();
                ensure!(status.success(), "{command:?}: {status}");
                // The first rounds fill caches.
                if round >= 5 {
                    times.push(time);
                }
            }
        }
        for times in &mut times {
            times.sort();
        }
        Ok(times)
    }
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(program)).find(|path| path.is_file())
}

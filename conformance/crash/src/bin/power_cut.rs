//! Cuts the power of a charm's disk, and looks at what is on it afterwards.
//!
//! `power-cut [--dispatch PATH] [--rounds N]`. Needs root, ext4 and loop devices, and strace. Exits 1 if any cut lost an
//! acknowledged commit or left a state that doesn't open.
#![allow(clippy::print_stdout, reason = "a program that reports")]

use std::os::unix::process::ExitStatusExt;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use charm_conformance_crash::charm::{Subject, Work};
use charm_conformance_crash::image::{self, Mounted};
use charm_conformance_crash::options::Options;
use charm_conformance_crash::strace::{self, Point};
use charm_conformance_crash::tool;

/// Cuts of each kind by default.
const ROUNDS: u32 = 16;

/// Every fsync says yes and does nothing. What isn't noticed with that would never be noticed.
const NO_FSYNC: [&str; 4] = ["-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:retval=0"];

/// Entries of a queue whose commit fills several of sled's segments.
const QUEUE: usize = 150;

/// What changes the disk, or orders its changes.
const CHANGES: [&str; 10] = [
    "fdatasync",
    "fsync",
    "ftruncate",
    "mkdir",
    "openat",
    "pwrite64",
    "rename",
    "sync_file_range",
    "unlink",
    "write",
];

const SIZES: [usize; 3] = [100, 2 * 1024, 64 * 1024];

/// When the power goes.
#[derive(Debug, Clone, Copy)]
enum Cut<'point> {
    /// Right after a dispatch has ended, nothing having been synced for it.
    After,
    /// At this system call of one.
    At(&'point Point),
}

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    tool::require(&[("strace", "--version", "strace"), ("cp", "--version", "coreutils")])?;
    image::require()?;
    let started = Instant::now();
    let rounds = options.rounds.unwrap_or(ROUNDS);
    self_check(&options)?;
    let mut failures = 0;
    for size in SIZES {
        let after = series(&options, rounds, &[], |n| (plan(size, 3 + n % 4, 0), Cut::After))?;
        failures += report(&format!("{size} B, cut after a dispatch"), &after);
    }
    let mixed = |n: u32| {
        let sizes = SIZES.iter().cycle().skip(n as usize % 3).take(6);
        (sizes.map(|size| Work { size: *size, defer: 0, rebuild: false }).collect(), Cut::After)
    };
    failures += report("sizes mixed, cut after a dispatch", &series(&options, rounds, &[], mixed)?);
    let plans = SIZES.map(|size| (format!("{size} B"), plan(size, 4, 0)));
    let queue = (format!("{QUEUE} deferrals"), plan(100, 4, QUEUE));
    let mut rebuilt = plan(2 * 1024, 4, 0);
    rebuilt[3].rebuild = true;
    let rebuilt = ("a store rebuilt".to_owned(), rebuilt);
    for (what, work) in plans.into_iter().chain([queue, rebuilt]) {
        let points = points(&options, &work)?;
        let cuts = u32::try_from(points.len())?;
        let at = series(&options, cuts, &[], |n| (work.clone(), Cut::At(&points[n as usize])))?;
        failures += report(&format!("{what}, cut at each change of the disk"), &at);
    }
    println!("{:.0} s", started.elapsed().as_secs_f32());
    ensure!(failures == 0, "{failures} cuts lost an acknowledged commit or left a state that doesn't open");
    Ok(())
}

/// Without fsyncs commits must get lost, or the program would notice nothing.
fn self_check(options: &Options) -> Result<()> {
    let lost = series(options, 4, &NO_FSYNC.map(str::to_owned), |n| {
        (plan(SIZES[n as usize % 3], 3, 0), Cut::After)
    })?;
    ensure!(
        !lost.failures.is_empty(),
        "without any fsync every commit survived: this program notices nothing"
    );
    println!("self-check: {} cuts without any fsync, {} noticed", lost.cuts, lost.failures.len());
    Ok(())
}

fn plan(size: usize, dispatches: u32, defer: usize) -> Vec<Work> {
    // Every second dispatch handles what the one before deferred.
    (0..dispatches)
        .map(|n| Work { size, defer: if n % 2 == 0 { 0 } else { defer }, rebuild: false })
        .collect()
}

/// The system calls of the last of `work` that change the disk or order it to.
fn points(options: &Options, work: &[Work]) -> Result<Vec<Point>> {
    let temp = tempfile::tempdir()?;
    let subject = Subject::new(&options.dispatch, temp.path())?;
    subject.begin(0)?;
    let charm = subject.install(&temp.path().join("charm"))?;
    let (last, before) = work.split_last().context("a plan without work")?;
    for work in before {
        charm.dispatch(&[], *work)?;
    }
    let log = temp.path().join("strace");
    charm.dispatch(&strace::wrapper(&log, &[]), *last)?;
    let (points, _) = strace::points(&log, ".unit-state")?;
    Ok(points.into_iter().filter(|point| CHANGES.contains(&point.name.as_str())).collect())
}

#[derive(Default)]
struct Tally {
    cuts: u32,
    failures: Vec<String>,
}

fn report(what: &str, tally: &Tally) -> usize {
    println!("{what}: {} cuts, {} lost or bricked", tally.cuts, tally.failures.len());
    for failure in &tally.failures {
        println!("  {failure}");
    }
    tally.failures.len()
}

fn series<'points>(
    options: &Options,
    rounds: u32,
    strace: &[String],
    plan: impl Fn(u32) -> (Vec<Work>, Cut<'points>),
) -> Result<Tally> {
    let mut tally = Tally::default();
    for round in 0..rounds {
        let (work, cut) = plan(round);
        if let Err(error) = one(options, strace, &work, cut)? {
            tally.failures.push(format!("round {round}, {cut:?}: {error:#}"));
        }
        tally.cuts += 1;
    }
    Ok(tally)
}

/// One new disk, all of `work` but the last before the cut, the last cut short or not. The inner error is what the cut
/// did.
fn one(options: &Options, strace: &[String], work: &[Work], cut: Cut<'_>) -> Result<Result<()>> {
    let temp = tempfile::tempdir()?;
    let subject = Subject::new(&options.dispatch, temp.path())?;
    subject.begin(0)?;
    let disk = Mounted::make(temp.path())?;
    let charm = subject.install(&disk.path().join("charm"))?;
    // The charm's own directory is durable: Juju has unpacked it long ago.
    tool::run("sync", ["-f".as_ref(), charm.directory().as_os_str()])?;
    let log = temp.path().join("strace");
    let wrapper = if strace.is_empty() { Vec::new() } else { strace::wrapper(&log, strace) };

    let (last, before) = work.split_last().context("a plan without work")?;
    for work in before {
        charm.dispatch(&wrapper, *work).context("before the cut")?;
    }
    match cut {
        Cut::After => drop(charm.dispatch(&wrapper, *last).context("before the cut")?),
        // Killed there, it does nothing more; if it doesn't come there, this is a cut after it.
        Cut::At(point) => {
            let status = charm.command(&strace::wrapper(&log, &strace::kill_at(point)), *last)?.status()?;
            ensure!(
                status.success() || status.signal().is_some(),
                "{point:?}: failed without being killed: {status}"
            );
        }
    }
    let survived = disk.cut(temp.path())?;
    let charm = subject.install(&survived.path().join("charm"))?;
    Ok(charm.recover(Work { defer: 0, ..*last }))
}

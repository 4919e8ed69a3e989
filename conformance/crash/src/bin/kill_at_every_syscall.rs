//! Kills a dispatch with SIGKILL at each of its system calls, and looks at what the next one finds.
//!
//! `kill-at-every-syscall [--dispatch PATH]`. Needs strace. Exits 1 if any kill lost an acknowledged commit or left a state
//! that doesn't open.
#![allow(clippy::print_stdout, reason = "a program that reports")]

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use charm_conformance_crash::charm::{Subject, Work};
use charm_conformance_crash::options::Options;
use charm_conformance_crash::strace::{self, Point};
use charm_conformance_crash::tool;

const SIGKILL: i32 = 9;

/// How often a point is tried again that wasn't reached: sled's threads race.
const TRIES: u32 = 3;

struct Scenario {
    name: &'static str,
    /// Dispatches before the one that is killed.
    before: &'static [Work],
    killed: Work,
}

const SMALL: Work = Work { size: 100, defer: 0, rebuild: false };
const LARGE: Work = Work { size: 64 * 1024, ..SMALL };
const DEFERRING: Work = Work { defer: 40, ..SMALL };
const REBUILDING: Work = Work { rebuild: true, ..SMALL };

const SCENARIOS: [Scenario; 7] = [
    Scenario { name: "the first dispatch ever", before: &[], killed: SMALL },
    Scenario { name: "the second dispatch", before: &[SMALL], killed: SMALL },
    Scenario { name: "a small value after many", before: &[SMALL; 60], killed: SMALL },
    Scenario { name: "a large value in place of another", before: &[LARGE, LARGE], killed: LARGE },
    Scenario { name: "a dispatch that fills the queue", before: &[SMALL], killed: DEFERRING },
    Scenario { name: "a dispatch that empties the queue", before: &[SMALL, DEFERRING], killed: SMALL },
    Scenario { name: "a dispatch that rebuilds its store", before: &[SMALL, LARGE], killed: REBUILDING },
];

#[derive(Default)]
struct Tally {
    killed: u32,
    not_reached: u32,
    failures: Vec<String>,
}

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    tool::require(&[("strace", "--version", "strace"), ("cp", "--version", "coreutils")])?;
    let started = Instant::now();
    let mut failures = 0;
    self_check(&options)?;
    let all = run_all(&options);
    ensure!(all.len() == SCENARIOS.len(), "a scenario panicked");
    for (scenario, done) in SCENARIOS.iter().zip(all) {
        let (tally, skipped) = done?;
        println!(
            "{}: {} killed, {} not reached, {} lost or bricked (the {skipped} calls of the program's start left out)",
            scenario.name,
            tally.killed,
            tally.not_reached,
            tally.failures.len()
        );
        for failure in &tally.failures {
            println!("  {failure}");
        }
        ensure!(tally.killed > 0, "{}: nothing was killed, so nothing was shown", scenario.name);
        failures += tally.failures.len();
    }
    println!("{:.0} s", started.elapsed().as_secs_f32());
    ensure!(failures == 0, "{failures} kills lost an acknowledged commit or left a state that doesn't open");
    Ok(())
}

/// A writer without any precaution must fail here, or the program would notice nothing.
fn self_check(options: &Options) -> Result<()> {
    let temp = tempfile::tempdir()?;
    let subject = Subject::new(&options.stand_in, temp.path())?.variable("CRASH_UNHARDENED", "1");
    let (tally, _) = run(&subject, temp.path(), &SCENARIOS[1])?;
    ensure!(
        !tally.failures.is_empty(),
        "sled without precautions survived every kill: this program notices nothing"
    );
    println!(
        "self-check: of {} kills of a writer without precautions, {} noticed",
        tally.killed,
        tally.failures.len()
    );
    Ok(())
}

/// Runs all scenarios, two at a time: each of them mostly waits for its disk.
fn run_all(options: &Options) -> Vec<Result<(Tally, u32)>> {
    let alone = |scenario| {
        let temp = tempfile::tempdir()?;
        run(&Subject::new(&options.dispatch, temp.path())?, temp.path(), scenario)
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let take = || SCENARIOS.get(next.fetch_add(1, Ordering::Relaxed));
        let mine = std::iter::from_fn(take).map(|scenario| (scenario.name, alone(scenario)));
        mine.collect::<Vec<_>>()
    };
    let mut done = thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut done = work();
        done.extend(other.join().unwrap_or_default());
        done
    });
    done.sort_by_key(|(name, _)| SCENARIOS.iter().position(|scenario| scenario.name == *name));
    done.into_iter().map(|(_, done)| done).collect()
}

fn run(subject: &Subject, temp: &Path, scenario: &Scenario) -> Result<(Tally, u32)> {
    let prepared = temp.join("prepared");
    subject.begin(0)?;
    let charm = subject.install(&prepared)?;
    for work in scenario.before {
        charm.dispatch(&[], *work).context("before any kill")?;
    }
    let acknowledged = subject.acknowledged()?;

    let log = temp.join("strace");
    let traced = copy(subject, &prepared, &temp.join("traced"))?;
    traced.dispatch(&strace::wrapper(&log, &[]), scenario.killed).context("under strace, before any kill")?;
    let (points, skipped) = strace::points(&log, ".unit-state")?;

    let mut tally = Tally::default();
    for point in points {
        if !kill_at(subject, temp, &prepared, acknowledged, scenario.killed, &point, &mut tally)? {
            tally.not_reached += 1;
        }
    }
    Ok((tally, skipped))
}

/// False if the point wasn't reached: a dispatch is not the same to the call each time.
fn kill_at(
    subject: &Subject,
    temp: &Path,
    prepared: &Path,
    acknowledged: u64,
    work: Work,
    point: &Point,
    tally: &mut Tally,
) -> Result<bool> {
    let wrapper = strace::wrapper(&temp.join("strace"), &strace::kill_at(point));
    for _ in 0..TRIES {
        subject.begin(acknowledged)?;
        let charm = copy(subject, prepared, &temp.join("killed"))?;
        let status = charm.command(&wrapper, work)?.output()?.status;
        // strace ends as its child did. A dispatch whose hook command was killed before it began fails, as it must: no
        // less a crash.
        let killed = status.signal() == Some(SIGKILL) || status.code() == Some(1);
        if !killed && !status.success() {
            bail!("{point:?}: strace or the dispatch failed without being killed: {status}");
        }
        if let Err(error) = charm.recover(work) {
            tally.failures.push(format!("{} {}: {error:#}", point.name, point.nth));
        }
        if killed {
            tally.killed += 1;
            return Ok(true);
        }
    }
    Ok(false)
}

fn copy<'subject>(
    subject: &'subject Subject,
    prepared: &Path,
    to: &Path,
) -> Result<charm_conformance_crash::charm::Charm<'subject>> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    let status = Command::new("cp").arg("-a").arg(prepared).arg(to).status()?;
    ensure!(status.success(), "cp failed: {status}");
    subject.install(to)
}

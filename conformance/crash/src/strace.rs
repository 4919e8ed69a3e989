//! strace's command line, and the system calls it saw.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// strace over all threads of a dispatch, but not over the hook commands that it runs, with `arguments`.
pub fn wrapper(log: &Path, arguments: &[String]) -> Vec<String> {
    let log = log.display().to_string();
    let fixed = ["strace", "-f", "-b", "execve", "-qq", "-s", "256", "-o", &log];
    fixed.map(str::to_owned).into_iter().chain(arguments.iter().cloned()).collect()
}

/// One place to kill at: the `nth` call (from 1) of `name` in whichever thread comes to it first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The system call.
    pub name: String,
    /// strace counts per thread.
    pub nth: u32,
}

/// The arguments of strace that kill a dispatch at `point`, before the call is made.
pub fn kill_at(point: &Point) -> [String; 4] {
    let inject = format!("inject={}:signal=SIGKILL:when={}", point.name, point.nth);
    ["-e".into(), format!("trace={}", point.name), "-e".into(), inject]
}

/// The points of a dispatch, from a log of it, from the first call on that names `from`; and how many were left out
/// before that: the program's start, which touches nothing of the charm's.
///
/// strace counts per thread, so of two threads' first calls of one name only the earlier is hit. No state of the disk is
/// missed by that: sled's workers make only `pwrite64` in common with the main thread, each followed by a
/// `sync_file_range` of their own.
pub fn points(log: &Path, from: &str) -> Result<(Vec<Point>, u32)> {
    let text = fs::read_to_string(log).with_context(|| format!("strace left no log in {}", log.display()))?;
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let mut before: BTreeMap<&str, u32> = BTreeMap::new();
    let mut begun = false;
    for line in text.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let Some((name, _)) = call.trim_start().split_once('(') else { continue };
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            continue;
        }
        begun |= call.contains(from);
        *counts.entry((thread, name)).or_default() += 1;
        if !begun {
            *before.entry(name).or_default() += 1;
        }
    }
    ensure!(begun, "no system call names {from}: the dispatch never came to its state");
    let mut most: BTreeMap<&str, u32> = BTreeMap::new();
    for ((_, name), count) in counts {
        let entry = most.entry(name).or_default();
        *entry = count.max(*entry);
    }
    let points = most.iter().flat_map(|(name, most)| {
        let first = before.get(name).copied().unwrap_or(0) + 1;
        (first..=*most).map(|nth| Point { name: (*name).to_owned(), nth })
    });
    Ok((points.collect(), before.values().sum()))
}

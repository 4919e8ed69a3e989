//! A scenario in many orders, on both versions of Juju.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, Result, ensure};
use charm_testing::model::JujuVersion;

/// What a run shows, in a line.
pub(crate) type Shown = String;

/// Runs a scenario with as many seeds, on each version. Two at a time: as many as the machines of CI have cores.
pub(crate) fn all(
    name: &str,
    seeds: u64,
    scenario: impl Fn(u64, JujuVersion) -> Result<Shown> + Sync,
) -> Result<()> {
    let runs: Vec<(u64, JujuVersion)> =
        (0..seeds).flat_map(|seed| [JujuVersion::V3_6, JujuVersion::V4_0].map(|juju| (seed, juju))).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let take = || runs.get(next.fetch_add(1, Ordering::Relaxed));
        let mine = std::iter::from_fn(take).map(|&(seed, juju)| {
            let shown = scenario(seed, juju).with_context(|| format!("{name}, Juju {juju}, seed {seed}"))?;
            println!("{name}, Juju {juju}, seed {seed}: {shown}");
            Ok(())
        });
        mine.collect::<Vec<Result<()>>>()
    };
    let mut done = thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut done = work();
        done.extend(other.join().unwrap_or_default());
        done
    });
    ensure!(done.len() == runs.len(), "{name}: a run panicked");
    let failures: Vec<String> =
        done.drain(..).filter_map(Result::err).map(|error| format!("{error:#}")).collect();
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

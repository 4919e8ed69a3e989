//! A stand-in for a charm: the contract of this crate (see its documentation) over [`SledStore`] alone.
//!
//! `CRASH_UNHARDENED=1` makes it a bad one, over sled as it comes, so that the programs can show that they notice.

use std::env;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use charm_runtime::state::{Attempts, Batch, SledStore, StateStore, pending};

fn main() -> Result<()> {
    let charm = PathBuf::from(variable("JUJU_CHARM_DIR")?);
    let size: usize = number("CRASH_SIZE")?;
    let defer: usize = number("CRASH_DEFER")?;
    let state = charm.join(".unit-state");
    let generation = if env::var_os("CRASH_UNHARDENED").is_some() {
        unhardened(&state, size)?
    } else {
        hardened(&state, size, defer)?
    };
    let acknowledged = variable("CRASH_ACKNOWLEDGED")?;
    let mut acknowledged = OpenOptions::new().append(true).create(true).open(acknowledged)?;
    acknowledged.write_all(format!("generation {generation}\n").as_bytes())?;
    // As a charm leaves: without running destructors.
    std::process::exit(0)
}

fn hardened(state: &Path, size: usize, defer: usize) -> Result<u64> {
    let waiting = pending::exists(state)?;
    let mut store = SledStore::open(state)?;
    let read = |key: &str| store.get(key.as_bytes());
    let (generation, queued) = check(read("generation")?, read("value")?)?;
    let queue = store.scan(b"queue/")?;
    ensure!(queue.len() == queued, "generation {generation} queued {queued}, and there are {}", queue.len());
    ensure!(queue.is_empty() || waiting, "{queued} entries wait, and no marker says so");

    let mut batch = Batch::new();
    let mut attempts = Attempts::load(state)?;
    for (id, (key, _)) in (0..).zip(queue) {
        // Counting is the same for every entry: a few stand for all.
        if id < 3 {
            attempts.begin(id)?;
            attempts.succeeded(id)?;
        }
        batch.delete(key);
    }
    let generation = generation + 1;
    for entry in 0..defer {
        batch.put(format!("queue/{generation:08}/{entry:06}"), vec![b'q'; 176]);
    }
    batch.put("generation", format!("{generation} {size} {defer}"));
    batch.put("value", value(generation, size));
    if defer > 0 {
        pending::raise(state)?;
    }
    store.commit(batch)?;
    if defer == 0 {
        pending::clear(state)?;
    }
    store.forget();
    Ok(generation)
}

/// What one would write first: open, insert, flush.
fn unhardened(state: &Path, size: usize) -> Result<u64> {
    let db = sled::Config::new().path(state).segment_size(16 * 1024).flush_every_ms(None).open()?;
    let read = |key: &str| db.get(key).map(|value| value.map(|value| value.to_vec()));
    let (generation, _) = check(read("generation")?, read("value")?)?;
    let generation = generation + 1;
    let mut batch = sled::Batch::default();
    batch.insert("generation", format!("{generation} {size} 0").into_bytes());
    batch.insert("value", value(generation, size));
    db.apply_batch(batch)?;
    db.flush()?;
    std::mem::forget(db);
    Ok(generation)
}

/// The generation that the records say, and the length of its queue; an error if they disagree.
fn check(generation: Option<Vec<u8>>, found: Option<Vec<u8>>) -> Result<(u64, usize)> {
    let (generation, found) = match (generation, found) {
        (Some(generation), Some(found)) => (generation, found),
        (None, None) => return Ok((0, 0)),
        _ => bail!("half of a commit"),
    };
    let text = String::from_utf8(generation)?;
    let numbers: Vec<u64> = text.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let [generation, size, defer] = numbers[..] else { bail!("{text:?} is no generation") };
    ensure!(
        *found == value(generation, usize::try_from(size)?),
        "the value isn't that of generation {generation}"
    );
    Ok((generation, usize::try_from(defer)?))
}

/// Bytes that tell their generation, in every position (a linear congruential generator, Knuth's constants).
fn value(generation: u64, size: usize) -> Vec<u8> {
    let mut state = generation;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(size).collect()
}

fn variable(name: &str) -> Result<OsString> {
    env::var_os(name).with_context(|| format!("{name} isn't set: this is run by the programs beside it"))
}

fn number(name: &str) -> Result<usize> {
    let text = variable(name)?;
    text.to_string_lossy().parse().with_context(|| format!("{name} isn't a number"))
}

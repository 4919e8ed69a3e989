//! What a state-transition test costs here and on `ops.testing`: the same charm, the same events, in one run.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use charm_runtime::Status;
use charm_testing::transition::on::Event;
use charm_testing::{Relation, State, on};

use crate::charm::Charms;
use crate::virtual_environment::said;

#[path = "../charms/compared/src/charm.rs"]
mod compared;

use compared::{Answer, Backend, Compared, endpoint};

/// How many runs the medians are of, in Python and here.
const RUNS: (usize, usize) = (300, 3000);

/// With less than this something has gone wrong, here or in the measuring.
const LEAST: f64 = 10.0;

/// Measures both, and prints them with their ratio.
pub(crate) fn run(charms: &Charms<'_>) -> Result<()> {
    let program = charms.package.join("charms/compared/measure.py");
    let python = said(charms.python.command().arg("-B").arg(program).arg(RUNS.0.to_string()))?;
    let python: BTreeMap<String, f64> = serde_json::from_str(&python)?;

    let host = "db.example".to_owned();
    let backend = Relation::<endpoint::Backend>::new("database")
        .remote_app(&Backend { host: host.clone() })
        .remote_units([0]);
    let state = State::<Compared>::new().config("port", 9090).relation(backend);
    let changed = || Event::from(on::relation_changed::<endpoint::Backend>().unit(0));
    let configured = state.run(on::config_changed()).succeeded();
    ensure!(configured.unit_status() == Status::active("listening on 9090"), "another status: {configured}");
    ensure!(configured.ports().len() == 1, "another number of ports: {configured}");
    let answered = state.run(changed()).succeeded();
    let answer = answered.relation::<endpoint::Backend>().local_unit();
    ensure!(answer == Some(Answer { client_of: host }), "another answer: {answered}");

    let events: [(&str, Event); 2] =
        [("config-changed", on::config_changed()), ("relation-changed", changed())];
    for (name, event) in events {
        let there = Duration::from_secs_f64(python.get(name).copied().unwrap_or_default() / 1e9);
        let here = median(|| {
            black_box(state.run(event.clone()));
        });
        let ratio = there.as_secs_f64() / here.as_secs_f64();
        println!("{name:<18} ops.testing {there:>9.1?}   charm-testing {here:>9.1?}   {ratio:>6.0} to one");
        ensure!(ratio > LEAST, "{name}: only {ratio:.1} times as fast as ops.testing");
    }
    Ok(())
}

/// What one run of `act` takes; the first ones warm up.
fn median(mut act: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS.1 + RUNS.1 / 10)
        .map(|_| {
            let start = Instant::now();
            act();
            start.elapsed()
        })
        .skip(RUNS.1 / 10)
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

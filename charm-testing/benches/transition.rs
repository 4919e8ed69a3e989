//! What a state-transition test costs: `cargo bench -p charm-testing --bench transition`.
//!
//! Times are printed beside that of starting an empty process in the same run, and judged by nobody: they move with the
//! machine.

#![allow(clippy::print_stdout, reason = "this program's output is what it is for")]
#![allow(clippy::panic, missing_docs, reason = "the charm is that of the tests")]

#[path = "../tests/transition/webapp.rs"]
mod webapp;

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use charm_testing::transition::on::Event;
use charm_testing::{Relation, State, on};
use webapp::{Webapp, action, endpoint};

const RUNS: u32 = 2000;

fn main() -> std::io::Result<()> {
    let process = timed(50, || Command::new("true").status().map(drop))?;
    println!("{:<44} {process:>10.1?}", "an empty process");
    let new = timed(RUNS, || {
        black_box(State::<Webapp>::new());
        Ok(())
    })?;
    println!("{:<44} {new:>10.1?}", "a new state");

    let bare = State::<Webapp>::new().leader(true);
    let database =
        Relation::<endpoint::Database>::new("pg").remote_app([("host", "\"db\"")]).remote_units(0..3);
    let related = bare.clone().relation(database);
    let deferred = related.clone().deferred(on::start(), "start");
    let rows: [(&str, &State<Webapp>, Event); 6] = [
        ("an event without work", &bare, on::remove()),
        ("a line of log, a status", &bare, on::install()),
        ("options, a stored field, a port, a status", &bare, on::config_changed()),
        ("an action", &bare, on::action::<action::Rotate>().param("user", "ada").into()),
        (
            "a relation that is read, a stored map",
            &related,
            on::relation_changed::<endpoint::Database>().into(),
        ),
        ("a deferred event that comes again", &deferred, on::install()),
    ];
    for (what, state, event) in rows {
        let each = timed(RUNS, || {
            black_box(state.run(event.clone()));
            Ok(())
        })?;
        println!(
            "{what:<44} {each:>10.1?}   {:>6.0} to a process",
            process.as_secs_f64() / each.as_secs_f64()
        );
    }
    Ok(())
}

/// What one run of `act` takes, of many.
fn timed(runs: u32, mut act: impl FnMut() -> std::io::Result<()>) -> std::io::Result<Duration> {
    act()?;
    let start = Instant::now();
    for _ in 0..runs {
        act()?;
    }
    Ok(start.elapsed() / runs)
}

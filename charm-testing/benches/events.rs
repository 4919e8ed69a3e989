//! How many events a second a whole model takes on one core, and whether that stays so when the model grows:
//! `cargo bench -p charm-testing --bench events`.
//!
//! Each application has ten units, provides for the next one and has a peer relation. Its charm reads what each remote
//! unit wrote and writes once itself. First the model alone is measured, with hooks that do nothing but that, then with
//! real charms in-process.

#![allow(clippy::print_stdout, reason = "this program's output is what it is for")]
#![allow(clippy::cast_precision_loss, reason = "a ratio needs no more")]
#![allow(missing_docs, reason = "nobody links this charm")]

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use charm_meta::Metadata;
use charm_runtime::prelude::*;
use charm_testing::LocalJuju;
use charm_testing::hook_command::{self, Call};
use charm_testing::model::{Exit, Hook, HookContext, Model};

const UNITS: u32 = 10;

#[charm(
    metadata_str = "{name: node, summary: A node., description: A node., provides: {next: {interface: ring}}, \
                        requires: {last: {interface: ring}}, peers: {fellows: {interface: fellows}}}"
)]
#[derive(Default)]
pub struct Node {}

#[charm(
    metadata_str = "{name: node, summary: A node., description: A node., provides: {next: {interface: ring}}, \
                        requires: {last: {interface: ring}}, peers: {fellows: {interface: fellows}}}"
)]
impl Node {
    #[on(relation_joined = "next")]
    fn next(&self, event: RelationJoined<endpoint::Next>) -> Result<()> {
        event.unit.databag().entries()?;
        event.relation.local_unit().insert("address", "10.0.0.1")?;
        Ok(())
    }

    #[on(relation_joined = "last")]
    fn last(&self, event: RelationJoined<endpoint::Last>) -> Result<()> {
        event.unit.databag().entries()?;
        event.relation.local_unit().insert("address", "10.0.0.1")?;
        Ok(())
    }

    #[on(relation_changed = "fellows")]
    fn fellow(&self, event: RelationChanged<endpoint::Fellows>) -> Result<()> {
        event.relation.local_unit().insert("address", "10.0.0.1")?;
        Ok(())
    }
}

fn main() -> Result<()> {
    // Other sizes, for who counts instructions: `cargo bench -p charm-testing --bench events -- 100`.
    let sizes: Vec<u32> = std::env::args().filter_map(|size| size.parse().ok()).collect();
    let sizes = |usual: &[u32]| if sizes.is_empty() { usual.to_vec() } else { sizes.clone() };
    // Warms up, and is not looked at.
    alone(20)?;
    table("the model alone", &sizes(&[10, 100, 1000]), alone)?;
    table("with charms", &sizes(&[10, 100]), with_charms)
}

fn table(what: &str, sizes: &[u32], settled: impl Fn(u32) -> Result<(u32, f64)>) -> Result<()> {
    let mut least = f64::INFINITY;
    println!("{what}:");
    for applications in sizes {
        let (events, seconds) = settled(*applications)?;
        let each = seconds * 1e6 / f64::from(events);
        least = least.min(each);
        println!(
            "{applications:5} applications of {UNITS} units: {events:7} events in {seconds:6.2} s, {:8.0} a second, \
             {each:5.1} µs each, {:4.2} times the least",
            f64::from(events) / seconds,
            each / least
        );
    }
    Ok(())
}

/// Deploys as many applications, runs them until they are at rest, and returns the number of events and the seconds.
fn alone(applications: u32) -> Result<(u32, f64)> {
    let metadata =
        Metadata::parse(<Node as charm_runtime::Charm>::METADATA).ok().context("the metadata are wrong")?;
    let metadata = Arc::new(metadata);
    let mut model = Model::new(7);
    for number in 0..applications {
        model.deploy(&name(number), Arc::clone(&metadata), UNITS)?;
    }
    for (one, other) in ring(applications) {
        model.integrate(&one, &other)?;
    }
    let start = processor_time();
    let mut events = 0;
    while let Some(mut context) = model.next() {
        events += 1;
        run(&mut model, &mut context)?;
        model.finish(context, &Exit::Code(0));
        model.take_log();
    }
    let seconds = processor_time() - start;
    is_settled(&model)?;
    Ok((events, seconds))
}

/// What a hook of a small charm does.
fn run(model: &mut Model, context: &mut HookContext) -> Result<()> {
    let Hook::Relation(hook) = context.hook() else { return Ok(()) };
    let id = format!("{}:{}", hook.endpoint, hook.relation);
    let remote = hook.remote_unit.as_ref().map(ToString::to_string);
    if let Some(remote) = remote {
        call(model, context, "relation-get", &["--format=json", "-r", &id, "-", &remote])?;
        call(model, context, "relation-set", &["-r", &id, "address=10.0.0.1"])?;
    }
    Ok(())
}

fn call(model: &mut Model, context: &mut HookContext, command: &str, args: &[&str]) -> Result<()> {
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    let mut view = model.view(context).context("the unit is gone")?;
    let answer =
        hook_command::run(&mut view, &Call { command, args: &args, dir: Path::new("/"), stdin: None })?;
    ensure!(answer.code == 0, "{}", String::from_utf8_lossy(&answer.stderr));
    Ok(())
}

fn with_charms(applications: u32) -> Result<(u32, f64)> {
    let mut juju = LocalJuju::with_seed(7);
    for number in 0..applications {
        juju.deploy::<Node>(&name(number), UNITS)?;
    }
    for (one, other) in ring(applications) {
        juju.integrate(&one, &other)?;
    }
    let start = processor_time();
    let mut events = 0;
    while juju.step().is_some() {
        events += 1;
    }
    let seconds = processor_time() - start;
    is_settled(juju.model())?;
    Ok((events, seconds))
}

fn is_settled(model: &Model) -> Result<()> {
    ensure!(model.units().all(|unit| unit.failure.is_none()), "a unit is in error");
    ensure!(model.overlooked() == 0, "units were left asleep");
    Ok(())
}

fn ring(applications: u32) -> impl Iterator<Item = (String, String)> {
    (1..applications).map(|number| (format!("{}:next", name(number - 1)), format!("{}:last", name(number))))
}

fn name(number: u32) -> String {
    // Each word of an application's name has a letter.
    format!("node-n{number}")
}

/// The seconds that this thread has had of a core, so that other programs don't count.
fn processor_time() -> f64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

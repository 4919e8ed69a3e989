//! `cargo charm run`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use charm_testing::agent::Agent;
use charm_testing::model::Model;
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::deployment::Deployment;
use crate::local::Local;
use crate::plan::Plan;
use crate::progress::say;
use crate::report::{self, About};
use crate::{action, charm, watch};

/// What `cargo charm run` takes.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Options {
    /// A charm's directory or .charm file, a directory with a bundle.yaml, or a bundle file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Build with optimizations, as for a real unit
    #[arg(long)]
    release: bool,
    /// The Python that runs charms which have src/charm.py and no dispatch: an interpreter or a virtual environment,
    /// instead of $CHARM_PYTHON
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// How many units to deploy
    #[arg(long, value_name = "N")]
    units: Option<u32>,
    /// Set an option of the charm; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    config: Vec<(String, String)>,
    /// Give the charm a resource, once or more: the file that its units find
    #[arg(long, value_name = "NAME=PATH", value_parser = key_value)]
    resource: Vec<(String, String)>,
    /// Run an action once the units are at rest; may be repeated. Without a unit the leader runs it
    #[arg(long, value_name = "[UNIT] ACTION [KEY=VALUE…]", value_parser = action::parse)]
    action: Vec<action::Wanted>,
    /// Choose another of the orders in which Juju could run the hooks
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Seconds after which a hook is killed
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    /// Also remove everything at the end, to see the last hooks
    #[arg(long)]
    teardown: bool,
    /// Go on when all is at rest: build again when sources change, and upgrade the units
    #[arg(long, conflicts_with = "teardown")]
    watch: bool,
    /// Write a report of the run: an HTML file that shows which hook ran when and what it changed
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Keep the units' directories, and say where they are
    #[arg(long)]
    keep: bool,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(key, _)| !key.is_empty());
    let (key, value) = pair.ok_or_else(|| "write NAME=VALUE".to_owned())?;
    Ok((key.to_owned(), value.to_owned()))
}

/// Runs it. What it shows goes to `out`, what it does meanwhile to stderr.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> Result<()> {
    let plan = plan(options)?;
    let mut work =
        tempfile::Builder::new().prefix("charm-").tempdir().context("cannot create a work directory")?;
    if options.keep {
        work.disable_cleanup(true);
        say(&format!("keeping {}", work.path().display()));
    }
    let program = std::env::current_exe().context("cannot find this program itself")?;
    let mut local = Local::new(Model::new(options.seed), Agent::new(work.path(), &program)?, out);
    if options.report.is_some() {
        local.model.keep_journal();
    }
    local.agent.set_timeout(Duration::from_secs(options.timeout));
    let mut deployment =
        Deployment::new(&mut local, &plan, options.units, &options.resource, work.path(), options.release)?;
    deployment.set_python(charm::python(options.python.as_deref())?);
    if options.watch {
        let stop = on_signal()?;
        local.agent.set_stop(Arc::clone(&stop));
        let live = |local: &mut Local<'_>| {
            let outcome = live(local, options);
            finish(local, options, outcome)
        };
        watch::watch(&mut local, &mut deployment, options.report.as_deref(), &stop, live);
        return Ok(());
    }
    deployment.update(&mut local)?;
    // Only now: until here Ctrl-C may end the program, and cargo with it, as it does everywhere.
    local.agent.set_stop(on_signal()?);
    let outcome = live(&mut local, options);
    finish(&local, options, outcome)
}

/// Says and writes down what is to be known of a run beside its outcome.
fn finish(local: &Local<'_>, options: &Options, outcome: Result<()>) -> Result<()> {
    if outcome.is_err() && local.model.units().count() > 1 {
        say(&format!(
            "note: the order of the hooks was that of --seed {}: the same seed repeats it",
            options.seed
        ));
    }
    let Some(file) = &options.report else { return outcome };
    // Of a run that failed most of all.
    let written = write_report(local, file, options, &outcome);
    outcome.and(written)
}

/// Lets the units live: until they are at rest, have done what else was asked for, and, if they are to, are gone.
fn live(local: &mut Local<'_>, options: &Options) -> Result<()> {
    local.settle()?;
    local.model.request_update_status();
    local.settle()?;
    for action in &options.action {
        action.run(local)?;
    }
    local.show_status();
    local.check()?;
    if options.teardown {
        local.tear_down()?;
    }
    Ok(())
}

fn write_report(local: &Local<'_>, file: &Path, options: &Options, outcome: &Result<()>) -> Result<()> {
    let path = options.path.canonicalize().unwrap_or_else(|_| options.path.clone());
    let folder = if path.is_file() { path.parent().unwrap_or(&path) } else { &path };
    let title = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let failure = outcome.as_ref().err().map(|error| format!("{error:#}"));
    let about = About { title: &title, seed: options.seed, timings: local.timings(), failure };
    report::write(file, &local.model, &about)?;
    say(&format!("report: {}", file.display()));
    Ok(())
}

/// What is to be deployed, with what the command line adds to it.
fn plan(options: &Options) -> Result<Plan> {
    let mut plan = Plan::of(&options.path)?;
    if plan.is_bundle
        && (options.units.is_some() || !options.config.is_empty() || !options.resource.is_empty())
    {
        bail!(
            "--units, --config and --resource are for a single charm: in a bundle write `num_units` and `options`"
        );
    }
    for application in &mut plan.applications {
        application.options.extend(options.config.iter().cloned());
    }
    Ok(plan)
}

/// A flag that is raised by Ctrl-C and by a polite kill. The second one ends the program at once.
fn on_signal() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register_conditional_shutdown(signal, 1, Arc::clone(&stop))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&stop)))
            .context("cannot listen for signals")?;
    }
    Ok(stop)
}

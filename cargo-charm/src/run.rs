//! `cargo charm run`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, bail};
use charm_meta::StorageKind;
use charm_testing::agent::{Agent, Rest};
use charm_testing::model::{LogLine, Model};
use charm_testing::status_table;
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::charm;
use crate::plan::Plan;
use crate::progress::{Progress, say};

/// More hooks than any charm needs to come to rest: beyond it units keep answering each other.
const MAX_HOOKS: usize = 1000;

/// What `cargo charm run` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A charm's directory, a directory with a bundle.yaml, or a bundle file
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Build with optimizations, as for a real unit
    #[arg(long)]
    release: bool,
    /// How many units to deploy
    #[arg(long, value_name = "N")]
    units: Option<u32>,
    /// Set an option of the charm; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    config: Vec<(String, String)>,
    /// Choose another of the orders in which Juju could run the hooks
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Seconds after which a hook is killed
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
    /// Also remove everything at the end, to see the last hooks
    #[arg(long)]
    teardown: bool,
    /// Keep the units' directories, and say where they are
    #[arg(long)]
    keep: bool,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(key, _)| !key.is_empty());
    let (key, value) = pair.ok_or_else(|| "write KEY=VALUE".to_owned())?;
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
    let mut local = Local { model: Model::new(options.seed), agent: Agent::new(work.path(), &program)?, out };
    local.deploy(&plan, options, work.path())?;
    local.agent.set_timeout(Duration::from_secs(options.timeout));
    // Only now: until here Ctrl-C may end the program, and cargo with it, as it does everywhere.
    local.agent.set_stop(on_signal()?);

    local.settle()?;
    local.model.request_update_status();
    local.settle()?;
    local.show_status();
    local.check()?;
    if options.teardown {
        local.tear_down()?;
    }
    Ok(())
}

/// What is to be deployed, with what the command line adds to it.
fn plan(options: &Options) -> Result<Plan> {
    let mut plan = Plan::of(&options.path)?;
    if plan.is_bundle && (options.units.is_some() || !options.config.is_empty()) {
        bail!("--units and --config are for a single charm: in a bundle write `num_units` and `options`");
    }
    for application in &mut plan.applications {
        application.units = options.units.unwrap_or(application.units);
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

/// A local Juju that shows what happens in it.
struct Local<'a> {
    model: Model,
    agent: Agent,
    out: &'a mut dyn Write,
}

impl Local<'_> {
    fn deploy(&mut self, plan: &Plan, options: &Options, work: &Path) -> Result<()> {
        let mut names = Vec::new();
        // All that can be refused at once is, before minutes are spent on a build.
        for application in &plan.applications {
            let metadata = charm::metadata(&application.charm)?;
            let name = application.name.clone().unwrap_or_else(|| metadata.name.clone());
            if !metadata.containers.is_empty() {
                say(&format!(
                    "note: {name} has containers: this local Juju starts none, and sends no pebble-ready"
                ));
            }
            if metadata.storages.values().any(|storage| storage.kind == StorageKind::Block) {
                say(&format!(
                    "note: {name} has block storage: in this local Juju its devices are names, and none is there"
                ));
            }
            // Those of a subordinate come with its principal's; who asks for some is told so.
            let units = if metadata.subordinate && options.units.is_none() { 0 } else { application.units };
            self.model.deploy(&name, metadata, units)?;
            self.model.set_config(&name, &application.options)?;
            names.push(name);
        }
        for (one, other) in &plan.relations {
            self.model.integrate(one, other)?;
        }
        let progress = Progress::new();
        // Two applications of a bundle may be of one charm.
        let mut prepared: BTreeMap<&Path, PathBuf> = BTreeMap::new();
        for (name, application) in names.iter().zip(&plan.applications) {
            let directory = application.charm.as_path();
            if !prepared.contains_key(directory) {
                let staging = work.join("charms").join(prepared.len().to_string());
                prepared.insert(directory, charm::prepare(directory, &staging, options.release, &progress)?);
            }
            self.agent.set_charm(name, &prepared[directory]);
        }
        Ok(())
    }

    /// Runs hooks until all units are at rest, showing the log as it comes.
    fn settle(&mut self) -> Result<()> {
        let out = &mut *self.out;
        // A reader that has gone away keeps no unit from settling.
        let mut show =
            |line: &LogLine| drop(writeln!(out, "{}", line.render(time_of_day())).and_then(|()| out.flush()));
        match self.agent.settle(&mut self.model, MAX_HOOKS, &mut show)? {
            Rest::Reached => Ok(()),
            Rest::NotReached => {
                self.show_status();
                bail!(
                    "the units do not come to rest: {MAX_HOOKS} hooks have run and there are more; see in the log which \
                     units keep changing what the others read"
                )
            }
        }
    }

    fn show_status(&mut self) {
        let time = time_of_day().as_secs();
        let timestamp = format!("{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60);
        let table = status_table::render(&self.model, &timestamp);
        let _ = write!(self.out, "\n{table}\n{}", status_table::summary(&self.model));
        let _ = self.out.flush();
    }

    /// Fails if a unit is in error.
    fn check(&self) -> Result<()> {
        let failed: Vec<String> = self
            .model
            .units()
            .filter_map(|unit| {
                let failure = unit.failure.as_ref()?;
                Some(format!("{}: hook {:?}: {}", unit.name, failure.hook.name(), failure.cause))
            })
            .collect();
        if failed.is_empty() {
            return Ok(());
        }
        bail!("{} of {} units in error ({})", failed.len(), self.model.units().count(), failed.join("; "))
    }

    /// Removes all applications, one after another.
    fn tear_down(&mut self) -> Result<()> {
        let names: Vec<String> =
            self.model.applications().map(|application| application.name.clone()).collect();
        let _ = writeln!(self.out);
        for name in names {
            self.model.remove_application(&name)?;
            self.settle()?;
        }
        if self.model.units().next().is_some() {
            self.show_status();
        }
        self.check()
    }
}

/// The time since midnight, UTC.
fn time_of_day() -> Duration {
    let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Duration::from_secs(since_epoch.as_secs() % 86_400)
}

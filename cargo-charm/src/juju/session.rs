//! One call at work on a model: the lock, the state, the agent that runs hooks.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use charm_testing::agent::{Agent, Ran};
use charm_testing::model::{Exit, LogLine, Model, UnitName};
use signal_hook::consts::{SIGINT, SIGTERM};

use super::data::{Data, FIRST_MODEL};
use super::journal::Journal;
use super::record::Record;
use super::store::Store;
use super::time;

/// More hooks than units need to come to rest: beyond it they keep answering each other.
const MAX_HOOKS: usize = 1000;
/// How long another call is waited for, unless `CHARM_JUJU_WAIT` says otherwise.
const PATIENCE: u64 = 60;

/// A model that this call may change.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) record: Record,
    pub(crate) directory: PathBuf,
    /// The hooks that have failed in this call.
    pub(crate) failed: Vec<Ran>,
    store: Store,
    agent: Option<Agent>,
    journal: Journal,
}

impl Session {
    /// Waits for the model and reads it. What was running when the last call was killed has failed, as Juju's agent
    /// finds it when it comes up again.
    pub(crate) fn open(data: &Data, model: &str) -> Result<Self> {
        let patience = patience()?;
        match Self::try_open(data, model, patience)? {
            Ok(session) => Ok(session),
            Err(holder) => bail!(
                "model {model:?} is at work: {holder} has held it for {} s and still does; try again, or end that process",
                patience.as_secs()
            ),
        }
    }

    fn try_open(data: &Data, model: &str, patience: Duration) -> Result<Result<Self, String>> {
        let directory = existing(data, model)?;
        let mut store = match Store::lock(&directory, patience)? {
            Ok(store) => store,
            Err(busy) => return Ok(Err(busy.holder)),
        };
        if !directory.is_dir() {
            return Err(not_found(data, model));
        }
        let (state, interrupted) = store.load()?;
        let mut record = read(&directory, &state)?;
        let mut journal = Journal::of(&directory);
        if interrupted {
            // The model is the one that the hook started from, so that it says again which one that was.
            let model = &mut record.model;
            if let Some(context) = model.next() {
                model.finish(context, &Exit::Failed("the agent was killed while it ran".to_owned()));
            }
            model.take_log().iter().for_each(|line| journal.write(line));
        }
        time::follow_the_clock(&mut record.model, record.ahead);
        remove_gone_agents(&directory, &record.model);
        Ok(Ok(Self { record, directory, failed: Vec::new(), store, agent: None, journal }))
    }

    /// Saves the state.
    pub(crate) fn save(&mut self) -> Result<()> {
        self.record.follow();
        let state = serde_json::to_vec(&self.record).context("cannot write the model down")?;
        self.store.save(&state)
    }

    /// Saves what this call has changed, and runs hooks until none is due. The state is saved around each of them.
    pub(crate) fn settle(&mut self) -> Result<()> {
        self.save()?;
        self.agent()?;
        for _ in 0..MAX_HOOKS {
            self.store.mark()?;
            let Some(agent) = &mut self.agent else { break };
            let journal = &mut self.journal;
            let ran = agent.run_next(&mut self.record.model, &mut |line: &LogLine| journal.write(line));
            if let Ok(None) = ran {
                // Finding nothing more to run is what takes units that are gone out of the model.
                self.save()?;
                self.store.unmark()?;
                remove_gone_agents(&self.directory, &self.record.model);
                self.remove_old_charms();
                return Ok(());
            }
            self.follow_the_clock();
            if let Ok(Some(ran)) = &ran {
                self.record.agents.insert(ran.unit.clone(), self.record.model.now());
            }
            self.save()?;
            self.failed.extend(ran?.filter(|ran| ran.exit != Exit::Code(0)));
        }
        bail!(
            "the units do not come to rest: {MAX_HOOKS} hooks have run and there are more; see in `juju debug-log` which \
             units keep changing what the others read; the next call goes on"
        )
    }

    /// Moves the model's time on.
    pub(crate) fn follow_the_clock(&mut self) {
        time::follow_the_clock(&mut self.record.model, self.record.ahead);
    }

    /// The agent, which listens from now on.
    fn agent(&mut self) -> Result<&mut Agent> {
        if self.agent.is_none() {
            let program = env::current_exe().context("cannot find this program itself")?;
            let mut agent = Agent::new(&self.directory, &program)?;
            agent.set_stop(on_signal()?);
            self.agent = Some(agent);
        }
        let agent = self.agent.as_mut().context("the agent has gone")?;
        for (name, deployed) in &self.record.applications {
            agent.set_charm(name, &self.directory.join(&deployed.directory));
        }
        Ok(agent)
    }

    /// Where a unit's charm runs.
    pub(crate) fn charm_directory(&mut self, unit: &UnitName) -> Result<PathBuf> {
        Ok(self.agent()?.charm_directory(unit))
    }

    /// Staged charms that no application has any more.
    fn remove_old_charms(&self) {
        let applications = self.record.applications.values();
        let used: BTreeSet<PathBuf> =
            applications.map(|deployed| self.directory.join(&deployed.directory)).collect();
        for entry in fs::read_dir(self.directory.join("charms")).into_iter().flatten().flatten() {
            if !used.contains(&entry.path()) {
                // What stays because it can't be removed is tried again by the next call.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// A model as it was saved last, for those who only look. What is due runs first, unless another call is at work.
pub(crate) fn look(data: &Data, model: &str) -> Result<Record> {
    if let Ok(mut session) = Session::try_open(data, model, Duration::ZERO)? {
        // A look at a model at rest writes nothing.
        if session.record.model.clone().next().is_some() {
            session.settle()?;
        }
        return Ok(session.record);
    }
    let directory = existing(data, model)?;
    let mut record = read(&directory, &Store::peek(&directory)?)?;
    time::follow_the_clock(&mut record.model, record.ahead);
    Ok(record)
}

/// The log of a model.
pub(crate) fn journal(data: &Data, model: &str) -> Result<Journal> {
    Ok(Journal::of(&existing(data, model)?))
}

/// Makes a model.
pub(crate) fn create(data: &Data, name: &str, mut record: Record) -> Result<()> {
    super::data::create_private(&data.directory(""))?;
    record.model.set_name(name);
    time::follow_the_clock(&mut record.model, record.ahead);
    let state = serde_json::to_vec(&record).context("cannot write the model down")?;
    data.create(name, &state)
}

/// A new model, unlike any other: its seed is of this moment.
pub(crate) fn new_model() -> Record {
    let mut model = Model::new(time::unix_milliseconds() ^ u64::from(std::process::id()) << 44);
    // Time is this machine's, and Juju never gives up: what is due again later is a later call's.
    model.set_given_time(true);
    model.set_retries(u32::MAX);
    Record::new(model)
}

/// The directory of a model. The first one is made when it is first asked for.
fn existing(data: &Data, model: &str) -> Result<PathBuf> {
    let directory = data.directory(model);
    if !directory.is_dir() {
        if model != FIRST_MODEL {
            return Err(not_found(data, model));
        }
        if let Err(error) = create(data, model, new_model()) {
            // Another call may have been first.
            if !directory.is_dir() {
                return Err(error);
            }
        }
    }
    Ok(directory)
}

fn not_found(data: &Data, model: &str) -> anyhow::Error {
    let known = data.models().unwrap_or_default();
    match charm_meta::did_you_mean(model, known.iter().map(String::as_str)) {
        Some(meant) => anyhow::anyhow!("model {model:?} not found: did you mean {meant:?}?"),
        None => anyhow::anyhow!("model {model:?} not found: make it with `juju add-model {model}`"),
    }
}

fn read(directory: &Path, state: &[u8]) -> Result<Record> {
    serde_json::from_slice(state).with_context(|| {
        format!(
            "the state in {} is of another version of cargo-charm: use that one, or remove the directory to begin anew",
            directory.display()
        )
    })
}

fn patience() -> Result<Duration> {
    let Some(text) = env::var_os("CHARM_JUJU_WAIT").filter(|text| !text.is_empty()) else {
        return Ok(Duration::from_secs(PATIENCE));
    };
    let seconds = text.to_str().and_then(|text| text.parse().ok());
    seconds
        .map(Duration::from_secs)
        .with_context(|| format!("CHARM_JUJU_WAIT is {}: write a number of seconds", text.display()))
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

/// Removes the directories of units that are no more, so that a later unit of the same name begins with nothing.
fn remove_gone_agents(directory: &Path, model: &Model) {
    let tags: BTreeSet<String> = model.units().map(|unit| unit.name.tag()).collect();
    for entry in fs::read_dir(directory.join("agents")).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().is_some_and(|name| tags.contains(name)) {
            // What stays because it can't be removed is tried again by the next call.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

//! A local Juju that shows what happens in it.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Result, bail};
use charm_testing::agent::{Agent, Rest};
use charm_testing::model::{LogLine, Model};
use charm_testing::status_table;

use crate::report::Timing;

/// More hooks than any charm needs to come to rest: beyond it units keep answering each other.
const MAX_HOOKS: usize = 1000;

/// A model, who runs its hooks, and where the log goes.
pub(crate) struct Local<'a> {
    pub(crate) model: Model,
    pub(crate) agent: Agent,
    out: &'a mut dyn Write,
    began: Instant,
    /// When each hook ran, if the model keeps a journal.
    timings: BTreeMap<usize, Timing>,
}

impl<'a> Local<'a> {
    pub(crate) fn new(model: Model, agent: Agent, out: &'a mut dyn Write) -> Self {
        Self { model, agent, out, began: Instant::now(), timings: BTreeMap::new() }
    }

    /// When each hook ran, counted from the first.
    pub(crate) fn timings(&self) -> &BTreeMap<usize, Timing> {
        &self.timings
    }

    /// Writes a line between the log's.
    pub(crate) fn print(&mut self, line: &str) {
        // A reader that has gone away keeps no unit from settling.
        let _ = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
    }

    /// Runs hooks until all units are at rest, showing the log as it comes.
    pub(crate) fn settle(&mut self) -> Result<()> {
        for _ in 0..MAX_HOOKS {
            if self.run_next()? == Rest::Reached {
                return Ok(());
            }
        }
        self.show_status();
        bail!(
            "the units do not come to rest: {MAX_HOOKS} hooks have run and there are more; see in the log which \
             units keep changing what the others read"
        )
    }

    fn run_next(&mut self) -> Result<Rest> {
        let out = &mut *self.out;
        let mut show =
            |line: &LogLine| drop(writeln!(out, "{}", line.render(time_of_day())).and_then(|()| out.flush()));
        if self.timings.is_empty() {
            self.began = Instant::now();
        }
        let start = self.began.elapsed();
        let ran = self.agent.run_next(&mut self.model, &mut show)?;
        if let (Some(_), Some(journal)) = (&ran, self.model.journal()) {
            let took = self.began.elapsed().saturating_sub(start);
            // What Juju skipped on the way has begun too, but not run.
            self.timings.insert(journal.runs().saturating_sub(1), Timing { start, took });
        }
        Ok(if ran.is_some() { Rest::NotReached } else { Rest::Reached })
    }

    pub(crate) fn show_status(&mut self) {
        let time = time_of_day().as_secs();
        let timestamp = format!("{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60);
        let table = status_table::render(&self.model, &timestamp);
        let _ = write!(self.out, "\n{table}\n{}", status_table::summary(&self.model));
        let _ = self.out.flush();
    }

    /// Fails if a unit is in error.
    pub(crate) fn check(&self) -> Result<()> {
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
    pub(crate) fn tear_down(&mut self) -> Result<()> {
        let names: Vec<String> =
            self.model.applications().map(|application| application.name.clone()).collect();
        self.print("");
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

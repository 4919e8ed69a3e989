//! What the report shows, as the data that is embedded in it.

use std::collections::BTreeMap;

use charm_testing::model::{Exit, Fact, Happening, Hook, Journal, LogLine, Model};
use serde::Serialize;

use super::Timing;
use super::change::{Change, Ends, shortened};
use super::deferral::{Deferral, Deferrals};

/// How many lines of one hook's log are shown: a hook can write more than any reader reads.
const MAX_LINES: usize = 1000;
/// How long a line may be, in characters.
const MAX_LINE: usize = 4000;

/// A whole run.
#[derive(Debug, Serialize)]
pub(super) struct Data {
    pub(super) title: String,
    pub(super) seed: u64,
    pub(super) juju: String,
    /// When it was written, in seconds of Unix time.
    pub(super) written: u64,
    /// Why the run failed, if it did.
    pub(super) failure: Option<String>,
    /// How long all hooks took, in milliseconds.
    pub(super) took: f64,
    /// All units there ever were, by application and number.
    pub(super) units: Vec<Unit>,
    pub(super) rows: Vec<Row>,
    pub(super) deferrals: Vec<Deferral>,
}

/// A unit, with its status at the end; none if it is gone.
#[derive(Debug, Serialize)]
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) status: Option<String>,
}

/// What stands in one line of the timeline.
#[derive(Debug, Serialize)]
#[serde(tag = "row", rename_all = "lowercase")]
pub(super) enum Row {
    Hook(Run),
    /// What happened between two hooks.
    Between {
        at: u64,
        changes: Vec<Change>,
    },
}

/// One run of a hook or an action.
#[derive(Debug, Default, Serialize)]
pub(super) struct Run {
    /// Counted from 1, as the reader does.
    pub(super) number: usize,
    pub(super) unit: String,
    pub(super) name: String,
    /// What it is about: the relation and the unit at its other end, the secret, the storage.
    pub(super) about: String,
    pub(super) action: bool,
    pub(super) attempt: u32,
    /// Milliseconds of the model's time.
    pub(super) at: u64,
    /// Milliseconds since the first hook's begin, and its duration.
    pub(super) start: f64,
    pub(super) took: f64,
    /// `ok`, `failed`, `missing`, `again` or `running`.
    pub(super) end: &'static str,
    /// How the process ended.
    pub(super) exit: String,
    /// Why it counts as failed; empty if it doesn't.
    pub(super) failure: String,
    pub(super) changes: Vec<Change>,
    pub(super) log: Vec<Line>,
}

/// One line of the log.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) level: String,
    pub(super) module: String,
    pub(super) message: String,
}

impl Line {
    fn of(line: &LogLine) -> Self {
        let LogLine { level, module, message, .. } = line;
        Self { level: level.to_string(), module: module.clone(), message: shortened(message, MAX_LINE) }
    }
}

/// The lines of the timeline, and the deferrals among them.
pub(super) fn rows(journal: &Journal, timings: &BTreeMap<usize, Timing>) -> (Vec<Row>, Vec<Deferral>) {
    let ends = ends(journal);
    let mut rows: Vec<Row> = Vec::new();
    // In which row each run is.
    let mut places: Vec<usize> = Vec::new();
    let mut deferrals = Deferrals::default();
    for entry in journal.entries() {
        let at = u64::try_from(entry.at.since_start().as_millis()).unwrap_or(u64::MAX);
        let place = entry.run.and_then(|run| places.get(run).copied());
        match (&entry.what, place) {
            (Happening::Began { unit, hook, attempt }, _) => {
                let mut run = Run { number: places.len() + 1, attempt: *attempt, at, ..Run::default() };
                (run.unit, run.name, run.about) = (unit.to_string(), hook.name(), about(hook));
                (run.action, run.end) = (matches!(hook, Hook::Action { .. }), "running");
                if let Some(timing) = timings.get(&places.len()) {
                    (run.start, run.took) =
                        (timing.start.as_secs_f64() * 1e3, timing.took.as_secs_f64() * 1e3);
                }
                places.push(rows.len());
                rows.push(Row::Hook(run));
            }
            (Happening::Ended { exit, failure }, Some(place)) => {
                let Row::Hook(run) = &mut rows[place] else { continue };
                run.failure = failure.clone().unwrap_or_default();
                run.end = ending(exit, failure.is_some());
                run.exit = exit.to_string();
                // An action's failure is told to its operator alone: what its handlers put off is kept.
                if run.end == "ok" || (run.action && *exit == Exit::Code(0)) {
                    let said = run.log.iter().filter(|line| line.module.ends_with(".juju-log"));
                    deferrals.take_in(&run.unit, run.number - 1, said.map(|line| line.message.as_str()));
                }
                cut(&mut run.log);
            }
            (Happening::Logged(line), Some(place)) => {
                if let Row::Hook(run) = &mut rows[place] {
                    run.log.push(Line::of(line));
                }
            }
            (Happening::Changed { fact, old, new }, place) => {
                let change = Change::of(&ends, entry.by, fact, old.as_deref(), new.as_deref());
                let last = rows.len().checked_sub(1);
                match place.or(last).and_then(|place| rows.get_mut(place)) {
                    Some(Row::Hook(run)) if place.is_some() => run.changes.push(change),
                    Some(Row::Between { at: when, changes }) if *when == at => changes.push(change),
                    _ => rows.push(Row::Between { at, changes: vec![change] }),
                }
            }
            (Happening::Ended { .. } | Happening::Logged(_), None) => {}
        }
    }
    (rows, deferrals.all())
}

/// All units there ever were, in the order of their names.
pub(super) fn units(journal: &Journal, model: &Model) -> Vec<Unit> {
    let mut names = std::collections::BTreeSet::new();
    for entry in journal.entries() {
        if let Happening::Changed { fact: Fact::Unit(name), .. } = &entry.what {
            names.insert(name.clone());
        }
    }
    let status = |name| {
        let (kind, message) = model.unit(name)?.shown_status();
        Some(format!("{kind} {message}").trim_end().to_owned())
    };
    names.iter().map(|name| Unit { name: name.to_string(), status: status(name) }).collect()
}

fn ends(journal: &Journal) -> Ends {
    let mut ends = Ends::new();
    for entry in journal.entries() {
        if let Happening::Changed { fact: Fact::Relation(id), new: Some(new), .. } = &entry.what {
            let names = new.strip_suffix(" dying").unwrap_or(new).replace(' ', " – ");
            ends.insert(*id, names);
        }
    }
    ends
}

fn ending(exit: &Exit, failed: bool) -> &'static str {
    match exit {
        _ if failed => "failed",
        Exit::Code(0) => "ok",
        Exit::Missing => "missing",
        // Killed, to be run again.
        _ => "again",
    }
}

fn about(hook: &Hook) -> String {
    match hook {
        Hook::Relation(hook) => match &hook.remote_unit {
            Some(unit) => format!("{} with {unit}", hook.relation_key()),
            None => format!("{} with {}", hook.relation_key(), hook.remote_application),
        },
        Hook::Secret(hook) => match hook.revision {
            Some(revision) => format!("{}, revision {revision}", hook.secret),
            None => hook.secret.to_string(),
        },
        Hook::Storage(hook) => hook.storage.to_string(),
        Hook::Action { id, .. } => format!("action {id}"),
        _ => String::new(),
    }
}

/// Leaves the first and the last lines of many.
fn cut(log: &mut Vec<Line>) {
    let Some(left_out) = log.len().checked_sub(MAX_LINES).filter(|left_out| *left_out > 0) else { return };
    let message = format!("… {left_out} lines left out of this report …");
    let line = Line { level: "INFO".to_owned(), module: "report".to_owned(), message };
    let first = MAX_LINES / 2;
    log.splice(first..first + left_out, [line]);
}

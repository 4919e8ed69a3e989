//! What happens in a model, written down in order, for whoever wants to tell of it afterwards.
//!
//! Off unless asked for, and then it costs a look at the whole model several times per hook. What changes is found by
//! comparing what the model shows now with what it showed last, so nothing is missed and no part of the model has to
//! know that it is watched.

use std::collections::BTreeMap;

use super::clock::Moment;
use super::context::HookContext;
use super::fact::Fact;
use super::hook::{Exit, Hook};
use super::log::LogLine;
use super::name::UnitName;
use super::{Model, View};

/// What happened in a model, first things first.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    entries: Vec<Entry>,
    /// What the model showed last.
    facts: BTreeMap<Fact, String>,
    /// The run that each busy unit is in.
    running: BTreeMap<UnitName, usize>,
    runs: usize,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, in the model's time.
    pub at: Moment,
    /// During which run of a hook, counted from 0; none between hooks.
    pub run: Option<usize>,
    /// Whose doing it was.
    pub by: Actor,
    /// What it was.
    pub what: Happening,
}

/// Who makes things happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Whoever uses the model: deploys, relates, configures.
    Operator,
    /// Juju itself.
    Juju,
    /// A charm, by a hook command.
    Charm,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A hook or an action began.
    Began {
        /// Whose it is.
        unit: UnitName,
        /// Which it is.
        hook: Hook,
        /// The how manieth attempt this is, counted from 1.
        attempt: u32,
    },
    /// It ended.
    Ended {
        /// How.
        exit: Exit,
        /// Why it counts as failed, if it does. One that was killed to be run again doesn't.
        failure: Option<String>,
    },
    /// Something was logged.
    Logged(LogLine),
    /// Something is other than it was.
    Changed {
        /// What it is.
        fact: Fact,
        /// What it was; none if it is new.
        old: Option<String>,
        /// What it is now; none if it is gone.
        new: Option<String>,
    },
}

impl Journal {
    /// All that happened.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many runs of hooks and actions have begun.
    pub fn runs(&self) -> usize {
        self.runs
    }

    fn write(&mut self, at: Moment, run: Option<usize>, by: Actor, what: Happening) {
        self.entries.push(Entry { at, run, by, what });
    }

    /// Writes down what of `facts` is other than it was last.
    fn compare(&mut self, at: Moment, run: Option<usize>, by: Actor, facts: BTreeMap<Fact, String>) {
        let before = std::mem::replace(&mut self.facts, facts);
        let mut changes = Vec::new();
        for (fact, old) in &before {
            let new = self.facts.get(fact);
            if new != Some(old) {
                changes.push((fact.clone(), Some(old.clone()), new.cloned()));
            }
        }
        let added = self.facts.iter().filter(|(fact, _)| !before.contains_key(fact));
        changes.extend(added.map(|(fact, new)| (fact.clone(), None, Some(new.clone()))));
        changes.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        for (fact, old, new) in changes {
            self.write(at, run, by, Happening::Changed { fact, old, new });
        }
    }
}

impl Model {
    /// Keeps a journal from now on. What the model has already is not told.
    pub fn keep_journal(&mut self) {
        let journal = Journal { facts: self.facts(), ..Journal::default() };
        self.journal = Some(Box::new(journal));
    }

    /// What has happened since [`Model::keep_journal`], up to the last hook's end; nothing if that was never asked for.
    pub fn journal(&self) -> Option<&Journal> {
        self.journal.as_deref()
    }

    /// Writes down what has changed since the last look, as the doing of `by`; during the hook that `unit` runs, if
    /// one is named.
    pub(crate) fn note(&mut self, by: Actor, unit: Option<&UnitName>) {
        if self.journal.is_none() {
            return;
        }
        let (facts, now) = (self.facts(), self.now);
        let Some(journal) = &mut self.journal else { return };
        let run = unit.and_then(|unit| journal.running.get(unit).copied());
        journal.compare(now, run, by, facts);
    }

    pub(super) fn note_beginning(&mut self, context: &HookContext) {
        if self.journal.is_none() {
            return;
        }
        let failure = self.units.get(&context.unit).and_then(|unit| unit.failure.as_ref());
        let failed = failure.filter(|failure| failure.hook == context.hook);
        let attempt = failed.map_or(0, |failure| failure.attempts) + 1;
        let now = self.now;
        if let Some(journal) = &mut self.journal {
            let run = journal.runs;
            journal.runs += 1;
            journal.running.insert(context.unit.clone(), run);
            let (unit, hook) = (context.unit.clone(), context.hook.clone());
            journal.write(now, Some(run), Actor::Juju, Happening::Began { unit, hook, attempt });
        }
        self.note(Actor::Juju, Some(&context.unit));
    }

    pub(super) fn note_end(&mut self, unit: &UnitName, hook: &Hook, exit: &Exit) {
        if self.journal.is_none() {
            return;
        }
        self.note(Actor::Charm, Some(unit));
        let failure = match hook {
            Hook::Action { id, .. } => {
                self.action(*id).map(|action| action.message.clone()).filter(|message| !message.is_empty())
            }
            // Their failure is none of the unit's.
            Hook::Pebble(_) | Hook::Exec(_) => (*exit != Exit::Code(0)).then(|| exit.to_string()),
            _ => {
                let failure = self.units.get(unit).and_then(|unit| unit.failure.as_ref());
                failure.filter(|failure| failure.hook == *hook).map(|failure| failure.cause.clone())
            }
        };
        let now = self.now;
        let Some(journal) = &mut self.journal else { return };
        let run = journal.running.remove(unit);
        journal.write(now, run, Actor::Juju, Happening::Ended { exit: exit.clone(), failure });
    }

    pub(super) fn note_line(&mut self, line: &LogLine) {
        let now = self.now;
        if let Some(journal) = &mut self.journal {
            let run = journal.running.get(&line.unit).copied();
            journal.write(now, run, Actor::Charm, Happening::Logged(line.clone()));
        }
    }
}

impl View<'_> {
    /// Writes down what the running hook has just changed at once, before it changes it again.
    pub(super) fn note_own(&mut self) {
        let unit = self.context.unit.clone();
        self.model.note(Actor::Charm, Some(&unit));
    }
}

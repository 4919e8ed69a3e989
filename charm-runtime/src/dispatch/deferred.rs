//! Deferred events, coming again.

use anyhow::anyhow;

use super::queue::{self, Entry};
use super::{Dispatch, Failure};
use crate::breakpoint::Runs;
use crate::charm::{Charm, Handler, Row};
use crate::error::{told, Error};
use crate::event::{Kind, Payload};
use crate::log;
use crate::Result;

/// How often a handler may fail, or be killed, before its entry becomes a dead letter.
const MOST_ATTEMPTS: u32 = 6;

/// What is to be done with an entry.
enum Fate<C: Charm> {
    Run(&'static Row<C>, &'static Handler<C>, Payload),
    /// What it is about is gone: normal life.
    Drop(String),
    /// It can't be run in this revision.
    Bury(String),
}

impl<C: Charm> Dispatch<'_, C> {
    /// Gives every waiting event to its handler again, in order; returns how many were run.
    ///
    /// Each runs in a savepoint: one that fails is rolled back, counted and logged, and the dispatch goes on.
    pub(super) fn reemit(&mut self) -> Result<usize> {
        self.has_used_queue = true;
        let mut count = 0;
        for (id, entry) in queue::entries(&self.records)? {
            let fate = match self.fate(&entry) {
                Ok(fate) => fate,
                // Whether what it is about still exists can't be told now. That is this entry's trouble alone.
                Err(error) => {
                    log::warn(format_args!(
                        "deferred {} for `{}` waits on: {error:#}",
                        entry.event, entry.handler
                    ));
                    continue;
                }
            };
            match fate {
                // Its equal has just run: one that was tried again by hand.
                Fate::Run(row, handler, payload) if self.has_run(row, handler, &payload) => {
                    self.settle(id)?;
                }
                Fate::Run(row, handler, payload) => {
                    count += 1;
                    self.run_again(id, entry, row, handler, payload)?;
                }
                Fate::Drop(why) => {
                    log::info(format_args!(
                        "dropped deferred {} for `{}`: {why}",
                        entry.event, entry.handler
                    ));
                    self.settle(id)?;
                }
                Fate::Bury(cause) => self.bury(id, &entry, &cause)?,
            }
        }
        Ok(count)
    }

    fn fate(&self, entry: &Entry) -> Result<Fate<C>, Error> {
        let payload = match entry.decode() {
            Ok(payload) => payload,
            Err(error) => return Ok(Fate::Bury(format!("its payload can't be read any more: {error}"))),
        };
        let row = C::TABLE.row(&entry.event, false);
        if let Some(gone) = self.gone_subject(row.map(|row| row.kind), &payload)? {
            return Ok(Fate::Drop(gone));
        }
        let Some(row) = row else {
            return Ok(Fate::Bury(format!("this revision of the charm has no event `{}`", entry.event)));
        };
        match row.handlers.iter().find(|handler| handler.is_known_as(&entry.handler)) {
            Some(handler) => Ok(Fate::Run(row, handler, payload)),
            None => Ok(Fate::Bury(format!(
                "this revision of the charm has no handler `{}` of {}; if it was renamed, say `was = \"{}\"` in its `#[on(..)]`",
                entry.handler, entry.event, entry.handler
            ))),
        }
    }

    /// What a payload is about, where that is gone.
    fn gone_subject(&self, kind: Option<Kind>, payload: &Payload) -> Result<Option<String>, Error> {
        Ok(match payload {
            Payload::Relation { id, .. } if !self.juju.relation_ids(id.endpoint())?.contains(id) => {
                Some(format!("relation {id} is gone"))
            }
            Payload::Storage { id, .. } => {
                let name = id.split_once('/').map_or(id.as_str(), |(name, _)| name);
                let is_there = self.juju.storage_ids(name)?.contains(id);
                (!is_there).then(|| format!("storage {id} is gone"))
            }
            Payload::Secret { id, .. } if kind == Some(Kind::SecretChanged) => {
                let is_there = self.juju.has_secret(id)?;
                (!is_there).then(|| format!("{id} is gone, or not granted any more"))
            }
            _ => None,
        })
    }

    fn run_again(
        &mut self,
        id: u64,
        entry: Entry,
        row: &'static Row<C>,
        handler: &'static Handler<C>,
        payload: Payload,
    ) -> Result<()> {
        // Counted before the handler runs, so that being killed in it counts too.
        let attempt = self.home.begin_attempt(id).map_err(Error::from)?;
        if attempt > MOST_ATTEMPTS {
            // Killed that often; or the dispatch that would have given it up failed for another reason.
            let cause = format!("its handler failed, or was killed, {MOST_ATTEMPTS} times");
            return self.bury(id, &entry, &cause);
        }
        let savepoint = self.savepoint()?;
        let halts = self.halts.len();
        let outcome = match (row.cause)(&self.juju, &payload) {
            Ok(cause) => {
                self.pause_before(handler.id, Runs::Besides);
                self.call(handler, &payload, &cause)
            }
            Err(error) => Err(anyhow!(error)),
        };
        self.ran.push((row.name, handler.id, payload));
        match outcome {
            Ok(outcome) => {
                let Some(reason) = outcome.deferred() else {
                    // The counterpart of the line that told of the deferral.
                    log::info(format_args!("handled deferred {} for `{}`", entry.event, handler.id));
                    return self.settle(id);
                };
                // It keeps its place; the record is rewritten only if it changes.
                let entry = Entry { handler: handler.id.to_owned(), reason: reason.to_owned(), ..entry };
                queue::update(&self.records, id, &entry)?;
                self.forget_attempts(id)
            }
            Err(error) => {
                let last = told(&error);
                let attempted = format!("attempt {attempt} of {MOST_ATTEMPTS}");
                let failure = Failure::of_deferred(&entry.event, error.context(attempted));
                log::error(format_args!("{failure:#}"));
                self.failures.push(failure);
                self.roll_back(savepoint)?;
                self.halts.truncate(halts);
                if attempt >= MOST_ATTEMPTS {
                    self.bury(id, &entry, &format!("failed {attempt} times, the last time: {last}"))?;
                }
                Ok(())
            }
        }
    }

    /// Takes an entry off the queue: nothing is to be done for it any more.
    fn settle(&self, id: u64) -> Result<()> {
        queue::remove(&self.records, id)?;
        self.forget_attempts(id)
    }

    /// Not left to the commit: a later failure of this dispatch is not this handler's.
    fn forget_attempts(&self, id: u64) -> Result<()> {
        Ok(self.home.forget_attempts(id).map_err(Error::from)?)
    }

    fn bury(&mut self, id: u64, entry: &Entry, cause: &str) -> Result<()> {
        log::error(format_args!(
            "deferred {} for `{}` is given up: {cause}; `./dispatch queue` shows it, `queue retry {id}` or `queue drop {id}` ends it",
            entry.event,
            entry.handler
        ));
        queue::bury(&self.records, id, entry, cause)?;
        self.buried.push(id);
        Ok(())
    }
}

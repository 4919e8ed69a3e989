//! The end of a dispatch: staged writes, status, commit, in that order.

use super::failure::InMethod;
use super::handling::{behind, caught};
use super::{queue, Dispatch};
use crate::argument::Call;
use crate::breakpoint::Runs;
use crate::charm::{Charm, StatusHandler};
use crate::error::Error;
use crate::event::{Kind, Payload};
use crate::halt::halted;
use crate::hook_command::StatusOf;
use crate::log;
use crate::status::Status;
use crate::Result;

/// Under which the status that Juju showed before a dead letter is kept.
const STATUS_BEFORE: &[u8] = b"status-before";

impl<C: Charm> Dispatch<'_, C> {
    pub(super) fn end(mut self) -> Result<()> {
        if self.juju.is_rebooting() {
            let problem =
                "a handler went on after it had rebooted the machine; nothing of this dispatch is kept";
            return Err(Error::invalid("reboot", problem).into());
        }
        self.records.check()?;
        self.juju.send_staged()?;
        let sent = self.juju.savepoint();
        let (unit, app) = self.statuses()?;
        if self.juju.savepoint() != sent {
            let problem =
                "it staged a write, and those have been sent by then: write in a handler or in `#[on(any)]`";
            return Err(Error::invalid("status method", problem).into());
        }
        // Immediate and never undone, so it comes after all that may fail, but for the commit: a secret that can't be
        // tracked fails the dispatch, which Juju then tries again, and nothing must have been committed by then.
        self.juju.send_tracking()?;
        self.commit()?;
        // Everything is kept from here on: a status that Juju refuses is no reason to fail.
        for (of, status) in [(StatusOf::App, app), (StatusOf::Unit, unit)] {
            let Some(status) = status else { continue };
            if let Err(error) = self.set_if_different(of, &status) {
                log::warn(format_args!("status not set: {error:#}"));
            }
        }
        Ok(())
    }

    fn set_if_different(&self, of: StatusOf, status: &Status) -> Result<(), Error> {
        if self.juju.status(of)?.as_ref() != Some(status) {
            self.juju.set_status(of, status)?;
        }
        Ok(())
    }

    /// The unit's and the application's status, where anything says what they are.
    fn statuses(&mut self) -> Result<(Option<Status>, Option<Status>)> {
        let mut candidates = std::mem::take(&mut self.halts);
        let mut app = Vec::new();
        if self.work.event.is_some_and(|row| !row.kind.wakes_status()) {
            return Ok((Status::most_urgent(candidates), None));
        }
        let before = match self.dead_letter_status(&mut candidates) {
            // An operator must be able to act where the store is the trouble.
            Err(error) if self.work.event.is_some_and(|row| row.kind == Kind::Action) => {
                log::warn(format_args!("no status is set: {error:#}"));
                return Ok((None, None));
            }
            before => before?,
        };
        let table = C::TABLE;
        // Without all of `#[on(any)]` nobody knows what halts it: a status method that says what is right if nothing does
        // would lie.
        let is_known = self.any_ran == table.any.len();
        if is_known && !(table.status.is_empty() && table.app_status.is_empty()) {
            let (payload, cause) = match self.work.event {
                Some(row) => (self.work.payload.clone(), (row.cause)(&self.juju, &self.work.payload)?),
                None => (Payload::Nothing, C::DEFERRED),
            };
            candidates.extend(self.ask(table.status, &payload, &cause)?);
            if !table.app_status.is_empty() && self.juju.leader()?.is_some() {
                app = self.ask(table.app_status, &payload, &cause)?;
            }
        }
        if candidates.is_empty() {
            candidates.extend(before);
        }
        Ok((Status::most_urgent(candidates), Status::most_urgent(app)))
    }

    /// Adds what a dead letter says. The last one gone, returns what Juju showed before the first: a charm that says
    /// nothing of its status must not stay blocked for ever.
    fn dead_letter_status(&mut self, candidates: &mut Vec<Status>) -> Result<Option<Status>> {
        if !(self.work.is_pending || self.has_used_queue) {
            return Ok(None);
        }
        let before = self.records.get(STATUS_BEFORE)?;
        self.has_used_queue = true;
        let first = queue::dead_letters(&self.records)?.into_iter().next();
        match (first, before) {
            (Some((id, letter)), before) => {
                if before.is_none() {
                    let before = self.juju.status(StatusOf::Unit).unwrap_or_else(|error| {
                        log::warn(format_args!("the status before is not known: {error}"));
                        None
                    });
                    let before = before.map(|status| (status.name().to_owned(), status.message().to_owned()));
                    self.records.put(STATUS_BEFORE, serde_json::to_vec(&before)?)?;
                }
                let (event, handler) = (letter.event, letter.handler);
                candidates.push(Status::blocked(format!(
                    "deferred {event} for {handler} was given up: run `./dispatch queue`, then `queue retry {id}` or `queue drop {id}`"
                )));
                Ok(None)
            }
            (None, Some(before)) => {
                self.records.delete(STATUS_BEFORE)?;
                let before: Option<(String, String)> = serde_json::from_slice(&before).unwrap_or_default();
                let before = before.and_then(|(name, message)| Status::parse(&name, message));
                // A unit that showed `unknown`, which no charm can set, or what can't be read, is at least not blocked.
                Ok(Some(before.unwrap_or_else(|| Status::active(""))))
            }
            (None, None) => Ok(None),
        }
    }

    fn ask(
        &mut self,
        handlers: &'static [StatusHandler<C>],
        payload: &Payload,
        cause: &C::Cause,
    ) -> Result<Vec<Status>> {
        let mut found = Vec::new();
        for handler in handlers {
            self.pause_before(handler.id, Runs::Besides);
            let call = Call::new(&self.juju, payload, cause);
            let charm = &mut self.charm;
            match caught(|| (handler.run)(charm, &call)) {
                Ok(status) => found.extend(status),
                // What it asked for can't be had: an option that can't be used, say.
                Err(error) => match halted(&error) {
                    Some(halt) => {
                        let status = halt.status();
                        log::info(format_args!("`{}` ended with {status}{}", handler.id, behind(&error)));
                        found.push(status);
                    }
                    None => return Err(error.context(InMethod { what: "status method", id: handler.id })),
                },
            }
        }
        self.charm.save()?;
        Ok(found)
    }

    /// The one commit, with the marker in step: up before a queue that is not empty, down after one that is.
    fn commit(&mut self) -> Result<(), Error> {
        let is_waiting = self.has_used_queue && !queue::is_empty(&self.records)?;
        // A marker that stands is looked at too: it may have been put up by a process that was killed before it was durable.
        if is_waiting {
            // The store first: a marker for a store that can't be opened would only be in the way.
            self.records.open_to_write()?;
            self.home.raise_pending()?;
        }
        if self.records.has_writes() {
            self.records.commit()?;
        }
        for id in std::mem::take(&mut self.buried) {
            if let Err(error) = self.home.forget_attempts(id) {
                log::warn(format_args!("{error}"));
            }
        }
        if self.work.is_pending && self.has_used_queue && !is_waiting {
            // A marker that stays costs one opening of the store.
            if let Err(error) = self.home.clear_pending() {
                log::warn(format_args!("{error}"));
            }
        }
        Ok(())
    }
}

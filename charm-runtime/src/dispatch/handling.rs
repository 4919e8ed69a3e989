//! Calling handlers.

use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};

use anyhow::{anyhow, Context as _};

use super::failure::{InMethod, Panicked};
use super::{queue, Dispatch};
use crate::argument::Call;
use crate::breakpoint::Runs;
use crate::charm::{AnyHandler, Charm, Handler, Row};
use crate::error::{logged, Error};
use crate::event::{Kind, Payload};
use crate::halt::{find, halted, ActionFailed, Halt};
use crate::log;
use crate::outcome::Outcome;
use crate::panics;
use crate::reboot::Rebooting;
use crate::Result;

impl<C: Charm> Dispatch<'_, C> {
    /// The event's own handlers, in order. A failure ends the dispatch; a halt ends its handler.
    pub(super) fn handle_event(
        &mut self,
        row: &'static Row<C>,
        payload: &Payload,
        cause: &C::Cause,
    ) -> Result<()> {
        for handler in row.handlers_of(payload) {
            if self.has_run(row, handler, payload) {
                continue;
            }
            self.pause_before(handler.id, Runs::ForTheHook);
            let outcome = if row.kind == Kind::Action {
                match self.act(handler, payload, cause)? {
                    Some(outcome) => outcome,
                    // The action has failed; who would have come after it has nothing to go on.
                    None => break,
                }
            } else {
                self.call(handler, payload, cause)?
            };
            if let Some(reason) = outcome.deferred() {
                log::info(format_args!("deferred {} for `{}`: {reason}", row.name, handler.id));
                queue::push(&self.records, &queue::Entry::new(row.name, handler.id, payload, reason)?)?;
                self.has_used_queue = true;
            }
        }
        Ok(())
    }

    /// Whether a deferred event with this payload was given to the handler in this dispatch.
    pub(super) fn has_run(&self, row: &Row<C>, handler: &Handler<C>, payload: &Payload) -> bool {
        self.ran.iter().any(|(event, id, ran)| *event == row.name && *id == handler.id && ran == payload)
    }

    /// The methods with `#[on(any)]`.
    pub(super) fn handle_any(
        &mut self,
        handlers: impl Iterator<Item = &'static AnyHandler<C>>,
        payload: &Payload,
        cause: &C::Cause,
    ) -> Result<()> {
        for any in handlers {
            self.pause_before(any.handler.id, Runs::Besides);
            // `any` has no event to defer, by its type.
            let _ = self.call(&any.handler, payload, cause)?;
            self.any_ran += 1;
        }
        Ok(())
    }

    /// One handler, to its end: what it stored is handed on, and a halt is taken as an end with a status.
    pub(super) fn call(
        &mut self,
        handler: &Handler<C>,
        payload: &Payload,
        cause: &C::Cause,
    ) -> Result<Outcome> {
        let call = Call::new(&self.juju, payload, cause);
        let charm = &mut self.charm;
        let outcome = match caught(|| (handler.run)(charm, &call)) {
            Ok(outcome) => outcome,
            Err(error) => match halted(&error) {
                Some(halt) => {
                    let status = halt.status();
                    log::info(format_args!("`{}` ended with {status}{}", handler.id, behind(&error)));
                    self.halts.push(status);
                    Outcome::done()
                }
                None => return Err(error).with_context(|| InMethod::handler(handler.id)),
            },
        };
        self.charm.save()?;
        Ok(outcome)
    }

    /// One handler of an action. `None` where it failed the action: then nothing of it is kept, unless it says so.
    fn act(&mut self, handler: &Handler<C>, payload: &Payload, cause: &C::Cause) -> Result<Option<Outcome>> {
        let mut savepoint = self.savepoint()?;
        let call = Call::new(&self.juju, payload, cause);
        let charm = &mut self.charm;
        let error = match caught(|| (handler.run)(charm, &call)) {
            Ok(outcome) => {
                self.charm.save()?;
                return Ok(Some(outcome));
            }
            Err(error) => error,
        };
        let failed = find::<ActionFailed>(&error);
        let parameter = find::<Error>(&error).filter(|error| error.is_parameter());
        let message = match (failed, halted(&error), parameter) {
            (Some(failed), _, _) => failed.to_string(),
            (_, Some(halt), _) => halt.to_string(),
            (_, _, Some(parameter)) => parameter.to_string(),
            _ => return Err(error).with_context(|| InMethod::handler(handler.id)),
        };
        // The operator is told the message; what of Juju's is behind it is for the log.
        if find::<Error>(&error).is_some() {
            log::info(format_args!("`{}` failed its action: {}", handler.id, logged(&error)));
        }
        if failed.is_some_and(ActionFailed::keeps) {
            self.charm.save()?;
        } else {
            // What the action reports is kept: it is for whoever ran it.
            savepoint.stage.action.results = self.juju.savepoint().action.results;
            if let Err(refused) = self.roll_back(savepoint) {
                return Err(error.context(refused));
            }
        }
        self.juju.stage_action_failure(message);
        Ok(None)
    }

    pub(super) fn savepoint(&self) -> Result<Savepoint> {
        Ok(Savepoint {
            stage: self.juju.savepoint(),
            records: self.records.savepoint()?,
            sent_buffered: self.juju.sent_buffered(),
        })
    }

    /// Back to a savepoint, with a new charm: what its fields hold may be half of something.
    ///
    /// Fails where a buffered command was sent past the stage: Juju would keep that half.
    pub(super) fn roll_back(&mut self, savepoint: Savepoint) -> Result<()> {
        if self.juju.sent_buffered() != savepoint.sent_buffered {
            return Err(anyhow!(
                "the handler failed after it had sent a command that Juju buffers; only failing the dispatch takes that back"
            ));
        }
        self.juju.roll_back(savepoint.stage);
        self.records.roll_back(savepoint.records);
        self.charm = C::default();
        self.charm.bind(&self.records);
        Ok(())
    }
}

/// What stands behind a halt, for the log: the status has no room for it.
pub(super) fn behind(error: &anyhow::Error) -> String {
    // A halt of the charm's own says it all.
    let is_alone = error.chain().count() == 1 && error.is::<Halt>();
    if is_alone {
        return String::new();
    }
    let logged = logged(error);
    // An error of the runtime's may say the same, and where.
    let halt = halted(error).map(Halt::status);
    match halt.as_ref().and_then(|status| logged.strip_prefix(status.message())) {
        Some(rest) => rest.to_owned(),
        None => format!(": {logged}"),
    }
}

/// Staged writes and stored records, as they were.
pub(super) struct Savepoint {
    stage: crate::stage::Stage,
    records: crate::stored::Savepoint,
    sent_buffered: usize,
}

/// Runs charm code; a panic becomes an error. A reboot goes on to whoever runs the dispatch.
pub(super) fn caught<T>(act: impl FnOnce() -> Result<T>) -> Result<T> {
    // What a panic leaves half done is thrown away: the caller rolls back, or fails the dispatch.
    panics::caught(act).unwrap_or_else(|(payload, said)| {
        if payload.is::<Rebooting>() {
            resume_unwind(payload);
        }
        Err(anyhow!(Panicked(said)))
    })
}

/// Runs a dispatch. `None` where a handler has rebooted the machine.
pub(super) fn caught_but_for_reboots<T>(act: impl FnOnce() -> Result<T>) -> Option<Result<T>> {
    // `caught` lets nothing else through.
    catch_unwind(AssertUnwindSafe(|| caught(act))).ok()
}

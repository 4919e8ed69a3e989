//! One dispatch, from the environment to the exit code.
//!
//! 1. The event is read from the environment, and its row found in the charm's table.
//! 2. *Has it work?* Without, nothing is opened, written or called.
//! 3. Deferred events come again, each in a savepoint; then the event; then `#[on(any)]`.
//! 4. The end, in an order that keeps Juju and the store in step: staged writes are sent, the status is found, the
//!    store is committed, the status is set. A failure before the status leaves store and status as they were, and
//!    exits 1: Juju then drops what it buffered, and tries a hook again.

pub(crate) mod queue;

mod deferred;
mod end;
mod failure;
mod handling;

pub use failure::Failure;

use std::fmt;
use std::rc::Rc;
use std::time::Instant;

use anyhow::Context as _;
use tracing::level_filters::LevelFilter;

use crate::breakpoint::{Breakpoints, Runs};
use crate::charm::{Charm, Row};
use crate::environment::Environment;
use crate::error::Error;
use crate::event::{Kind, Payload};
use crate::home::StateHome;
use crate::hook_command::{LogLevel, Transport};
use crate::juju::Juju;
use crate::log;
use crate::log::Log;
use crate::status::Status;
use crate::stored::Records;
use crate::Result;

/// What a dispatch is given: nothing in it is taken from the process behind the caller's back.
pub struct Host {
    /// The hook environment.
    pub environment: Environment,
    /// The way to Juju.
    pub transport: Box<dyn Transport>,
    /// The clock that leadership's age is measured by.
    pub clock: Box<dyn Fn() -> Instant>,
    /// Where the unit's state lives.
    pub home: Rc<dyn StateHome>,
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("environment", &self.environment).finish_non_exhaustive()
    }
}

/// How a dispatch ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Exit {
    /// Exit code 0: Juju keeps what was written.
    Success,
    /// Exit code 1: Juju drops what it buffered and, for a hook, tries again.
    Failure,
}

/// A dispatch that has ended, and the store that it may hold open.
#[derive(Debug)]
pub struct Finished {
    /// How it ended.
    pub exit: Exit,
    /// What failed: handlers of deferred events, which were rolled back, and at last what ended the dispatch.
    pub failures: Vec<Failure>,
    records: Option<Records>,
}

impl Finished {
    /// For a process that exits now: the store is not closed. Closing would sync once more, and panics where that
    /// fails, although everything that was acknowledged is durable already.
    pub(crate) fn leave(self) -> Exit {
        std::mem::forget(self.records);
        self.exit
    }
}

/// Runs one dispatch of the charm `C`.
///
/// It never stops the process: `JUJU_DEBUG_AT` has a meaning only where the process is the charm's own.
pub fn dispatch<C: Charm>(host: Host) -> Finished {
    dispatch_as::<C>(host, None)
}

/// Runs one dispatch in the charm's own process; where it has work, after `prepare`.
pub(crate) fn dispatch_in_process<C: Charm>(host: Host, prepare: fn()) -> Finished {
    dispatch_as::<C>(host, Some(prepare))
}

fn dispatch_as<C: Charm>(host: Host, prepare: Option<fn()>) -> Finished {
    match Work::<C>::of(&host) {
        Ok(None) => Finished { exit: Exit::Success, failures: Vec::new(), records: None },
        Ok(Some(work)) => {
            if let Some(prepare) = prepare {
                prepare();
            }
            work.run(host, prepare.is_some())
        }
        Err(error) => refuse(&host, error),
    }
}

/// A log as the environment asks for it, and whether it shows everything.
fn log_of(environment: &Environment) -> (Log, bool) {
    // Any value will do, readable or not.
    let is_debugging = !matches!(environment.get("JUJU_DEBUG"), Ok(None));
    (Log::new(is_debugging), is_debugging)
}

/// Nothing can be done: says why.
#[cold]
fn refuse(host: &Host, error: Error) -> Finished {
    let path = host.environment.dispatch_path().ok();
    if path.is_some_and(|path| path.is_action) {
        log::stderr(&error.to_string());
    }
    let (log, _) = log_of(&host.environment);
    log.add(LogLevel::Error, error.to_string());
    log.flush(&*host.transport);
    let failure = Failure::new(path.map_or("dispatch", |path| path.name), error.into());
    Finished { exit: Exit::Failure, failures: vec![failure], records: None }
}

/// What there is to do.
struct Work<C: Charm> {
    /// The event's row; none for an event that this revision doesn't know.
    event: Option<&'static Row<C>>,
    name: String,
    payload: Payload,
    /// The marker stands: something may wait in the store.
    is_pending: bool,
}

impl<C: Charm> Work<C> {
    /// The work of this dispatch, if it has any. Reads the variables that the event needs, and does one `stat`.
    fn of(host: &Host) -> Result<Option<Self>, Error> {
        let path = host.environment.dispatch_path()?;
        let event = C::TABLE.row(path.name, path.is_action);
        let is_pending = host.home.is_pending()?;
        let reemits = event.map_or(!path.is_action, |row| row.kind.reemits());
        if !(asks::<C>(event) || answers::<C>(event) || is_pending && reemits) {
            return Ok(None);
        }
        let payload = match event {
            Some(row) => Payload::parse(row.kind, &host.environment)?,
            None => Payload::Nothing,
        };
        Ok(Some(Self { event, name: path.name.to_owned(), payload, is_pending }))
    }

    // Apart from the path of an event without work, whose cost is the pages it touches.
    #[inline(never)]
    fn run(self, host: Host, has_process: bool) -> Finished {
        let (log, is_debugging) = log_of(&host.environment);
        let level = if is_debugging { LevelFilter::DEBUG.max(C::LOG_LEVEL) } else { C::LOG_LEVEL };
        tracing::subscriber::with_default(log.subscriber(level), || {
            let breakpoints =
                if has_process { Breakpoints::of::<C>(&host.environment) } else { Breakpoints::default() };
            self.run_logged(host, &log, breakpoints)
        })
    }

    fn run_logged(self, host: Host, log: &Log, breakpoints: Breakpoints) -> Finished {
        let is_action = self.event.is_some_and(|row| row.kind == Kind::Action);
        let juju = Juju::new(host.environment, host.transport, host.clock, log.clone());
        let records = Records::new(Rc::clone(&host.home), C::SCHEMA);
        let name = self.name.clone();
        let mut failures = Vec::new();
        let result = handling::caught_but_for_reboots(|| {
            let (juju, records) = (juju.clone(), records.clone());
            let mut dispatch = Dispatch::new(self, juju, records, host.home, breakpoints, &mut failures);
            dispatch.handle()?;
            dispatch.end()
        });
        let exit = match result {
            Some(Ok(())) => Exit::Success,
            // Juju runs the event again after the reboot, and keeps nothing of a process that fails.
            None => Exit::Failure,
            Some(Err(error)) => {
                let failure = Failure::new(&name, error);
                if is_action {
                    // What an action prints is among its results: whoever ran it sees why.
                    log::stderr(&failure.to_string());
                }
                log::error(format_args!("{failure:#}"));
                failures.push(failure);
                Exit::Failure
            }
        };
        juju.flush_log();
        Finished { exit, failures, records: Some(records) }
    }
}

/// Whether the framework has something to do for an event although the charm has not: a secret's obsolete revision is
/// removed.
fn answers<C: Charm>(event: Option<&'static Row<C>>) -> bool {
    event.is_some_and(|row| row.kind == Kind::SecretRemove)
}

/// Whether the charm itself asks for an event: a handler, an `#[on(any)]`, or a `#[status]`.
fn asks<C: Charm>(event: Option<&'static Row<C>>) -> bool {
    event.is_some_and(|row| {
        let table = C::TABLE;
        let has_status = !table.status.is_empty() || !table.app_status.is_empty();
        let any = table.any_for(row).count();
        // A status is asked for only where all of `any` has run.
        row.has_handlers() || any > 0 || has_status && row.kind.wakes_status() && table.any.is_empty()
    })
}

/// A dispatch with work, under way.
struct Dispatch<'f, C: Charm> {
    work: Work<C>,
    juju: Juju,
    records: Records,
    home: Rc<dyn StateHome>,
    charm: C,
    /// What halts, so far, say the status is.
    halts: Vec<Status>,
    /// How many methods with `#[on(any)]` have run.
    any_ran: usize,
    /// Handlers that deferred events were given to: a handler runs once for one equal payload.
    ran: Vec<(&'static str, &'static str, Payload)>,
    /// The queue has been read or written: the marker is brought in step at the end.
    has_used_queue: bool,
    /// Entries that became dead letters; their attempts are forgotten once that is durable.
    buried: Vec<u64>,
    /// What failed so far and was rolled back.
    failures: &'f mut Vec<Failure>,
    breakpoints: Breakpoints,
}

impl<'f, C: Charm> Dispatch<'f, C> {
    fn new(
        work: Work<C>,
        juju: Juju,
        records: Records,
        home: Rc<dyn StateHome>,
        breakpoints: Breakpoints,
        failures: &'f mut Vec<Failure>,
    ) -> Self {
        let mut charm = C::default();
        charm.bind(&records);
        Self {
            work,
            juju,
            records,
            home,
            charm,
            halts: Vec::new(),
            any_ran: 0,
            ran: Vec::new(),
            has_used_queue: false,
            buried: Vec::new(),
            failures,
            breakpoints,
        }
    }

    fn pause_before(&self, method: &'static str, runs: Runs) {
        self.breakpoints.pause_before(method, runs, &self.juju);
    }

    /// Everything before the end.
    fn handle(&mut self) -> Result<()> {
        let kind = self.work.event.map(|row| row.kind);
        let reemitted = if self.work.is_pending && kind.is_none_or(Kind::reemits) {
            self.reemit().context("deferred events")?
        } else {
            0
        };
        match self.work.event {
            Some(row) => {
                let payload = self.work.payload.clone();
                let cause = (row.cause)(&self.juju, &payload)?;
                self.handle_event(row, &payload, &cause)?;
                if let (Kind::SecretRemove, Payload::Secret { id, revision: Some(revision), .. }) =
                    (row.kind, &payload)
                {
                    self.juju.remove_obsolete_revision(id, *revision)?;
                }
                self.handle_any(C::TABLE.any_for(row), &payload, &cause)
            }
            // An event that this revision doesn't know has woken the deferred ones.
            None if reemitted > 0 => self.handle_any(C::TABLE.any.iter(), &Payload::Nothing, &C::DEFERRED),
            None => Ok(()),
        }
    }
}

//! Leadership.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::hook_command::is_leader;
use crate::juju::Juju;

/// Juju promises a lease of 30 s from the answer; an answer older than this is not relied on when writes go out.
pub(crate) const LEADERSHIP_FRESH: Duration = Duration::from_secs(20);
const LEADERSHIP_LEASE: Duration = Duration::from_secs(30);

/// Proof that Juju said, in this dispatch, that this unit is the leader.
///
/// It can be neither cloned nor stored: leadership is a lease of at least 30 seconds (Juju 3.6 and 4), and no hook
/// tells of its loss. A handler takes an `Option<Leader>`; [`Juju::leader`](crate::Juju::leader) asks for one.
/// When writes to an application's databag go out and the proof is older than 20 seconds, Juju is asked again; if
/// leadership is lost by then nothing is sent and the dispatch fails, to be retried.
pub struct Leader<'dispatch> {
    dispatch: PhantomData<&'dispatch ()>,
}

impl Leader<'_> {
    pub(crate) fn new() -> Self {
        Self { dispatch: PhantomData }
    }
}

impl fmt::Debug for Leader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Leader")
    }
}

/// What Juju has said, and when it was asked.
#[derive(Default)]
pub(crate) struct Kept {
    said: Cell<Option<(bool, Instant)>>,
}

impl Juju {
    /// Proof of leadership, or `None` for a unit that is not the leader.
    #[track_caller]
    pub fn leader(&self) -> Result<Option<Leader<'_>>, Error> {
        Ok(self.leads_within(LEADERSHIP_LEASE)?.then(Leader::new))
    }

    /// Asks again where the last answer is older than `age`. A `false` holds for the hook: so Juju does itself.
    #[track_caller]
    pub(crate) fn leads_within(&self, age: Duration) -> Result<bool, Error> {
        // The clock is read before the question: the lease runs from some moment after it.
        let now = (self.0.clock)();
        match self.0.leader.said.get() {
            Some((false, _)) => Ok(false),
            Some((true, since)) if now.saturating_duration_since(since) < age => Ok(true),
            _ => {
                let leads = is_leader(self)?;
                self.0.leader.said.set(Some((leads, now)));
                Ok(leads)
            }
        }
    }
}

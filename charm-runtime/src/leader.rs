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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hook_command::fake::Fake;
    use crate::log::Log;
    use crate::prelude::*;
    use std::rc::Rc;

    #[charm(metadata_str = "{name: a, summary: s, description: d, peers: {cluster: {interface: c}}}")]
    #[derive(Default)]
    struct Subject;

    /// Whoever reads that leadership is lost reads what comes next: Juju tries a hook again, and an action never.
    #[test]
    fn what_to_do_where_leadership_is_lost_depends_on_what_runs() {
        for (path, next) in
            [("hooks/update-status", "Juju retries"), ("actions/work", "run the action again")]
        {
            let fake = Fake::default()
                .says("is-leader --format=json", "true")
                .says("relation-ids --format=json cluster", r#"["cluster:0"]"#)
                .says("relation-get -r cluster:0 --format=json --app - a", "{}");
            let variables = [("JUJU_UNIT_NAME", "a/0"), ("JUJU_DISPATCH_PATH", path)];
            let (start, late) = (Instant::now(), Rc::new(Cell::new(Duration::ZERO)));
            let clock = Rc::clone(&late);
            let clock = Box::new(move || start + clock.get());
            let juju =
                Juju::new(variables.into_iter().collect(), Box::new(fake.clone()), clock, Log::new(false));
            let leader = juju.leader().unwrap().unwrap();
            let relations = juju.relations::<endpoint::Cluster>().unwrap();
            relations.iter().next().unwrap().local_app(&leader).insert("a", "1").unwrap();
            late.set(LEADERSHIP_FRESH);
            let fake = fake.says("is-leader --format=json", "false");
            fake.calls();
            let error = juju.send_staged().unwrap_err().to_string();
            assert!(error.contains(next) && error.contains("nothing was sent"), "{error}");
            assert_eq!(fake.calls(), ["is-leader --format=json"]);
        }
    }
}

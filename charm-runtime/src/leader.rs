//! Leadership.

use std::fmt;
use std::marker::PhantomData;

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

//! A relation that is over.

use std::fmt;

use super::{Endpoint, Relation, RelationId, RelationIdOf};
use crate::databag::{Own, Owner, ReadOnlyDatabag};
use crate::error::Error;
use crate::hook_command;
use crate::juju::Juju;
use crate::leader::Leader;
use crate::log;

/// A relation of the endpoint `E` that is over for this unit: its relation-broken is being handled.
///
/// What was written in it can be read for the last time; what would be written reaches nobody, so nothing can be. It is
/// not among the endpoint's [`Relations`](super::Relations) any more, and has no units.
pub struct BrokenRelation<E> {
    juju: Juju,
    relation: Relation<E>,
}

/// Why a relation broke.
///
/// Juju doesn't say it in relation-broken. It is found by asking for the goal state, in which a unit that goes away is
/// `dying`: Juju makes it so before it runs the unit's last hooks, and breaks the relations of a unit that stays only if
/// they themselves are removed or suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrokenReason {
    /// The relation was removed, or is suspended, and this unit stays.
    RelationRemoved,
    /// This unit goes away. The relation may live on for other units of the application, so what it created for all of
    /// them must stay.
    UnitGoing,
    /// Juju didn't answer the question. To be on the safe side, do as for [`Self::UnitGoing`].
    Unknown,
}

impl<E: Endpoint> BrokenRelation<E> {
    pub(crate) fn new(juju: &Juju, id: RelationId, app: Option<String>) -> Self {
        Self { juju: juju.clone(), relation: Relation::new(juju, id, app) }
    }

    /// Its id.
    pub fn id(&self) -> &RelationIdOf<E> {
        self.relation.id()
    }

    /// The remote application's name; `None` where Juju doesn't say, as older than 2.9 here.
    #[track_caller]
    pub fn remote_app_name(&self) -> Result<Option<String>, Error> {
        self.relation.remote_app_name()
    }

    /// What is last known of the remote application's databag; absent where Juju has dropped it already.
    pub fn remote_app(&self) -> ReadOnlyDatabag<'_, E::RemoteApp> {
        self.relation.remote_app()
    }

    /// What is last known of a remote unit's databag, by its name.
    pub fn remote_unit(&self, unit: &str) -> ReadOnlyDatabag<'_, E::RemoteUnit> {
        self.relation.remote_unit(unit)
    }

    /// What this unit wrote; absent where Juju has dropped it already.
    pub fn local_unit(&self) -> ReadOnlyDatabag<'_, E::LocalUnit> {
        ReadOnlyDatabag::new(&self.juju, self.id(), Owner::Own(Own::Unit))
    }

    /// What this application wrote; absent where Juju has dropped it already. Only the leader reads it.
    pub fn local_app(&self, _proof: &Leader<'_>) -> ReadOnlyDatabag<'_, E::LocalApp> {
        ReadOnlyDatabag::new(&self.juju, self.id(), Owner::Own(Own::App))
    }

    /// Why it broke: asks Juju for the goal state, each time.
    pub fn reason(&self) -> BrokenReason {
        match self.juju.is_dying() {
            Ok(Some(true)) => BrokenReason::UnitGoing,
            Ok(Some(false)) => BrokenReason::RelationRemoved,
            Ok(None) => BrokenReason::Unknown,
            Err(error) => {
                log::debug(format_args!("why {} broke is not known: {error}", self.id()));
                BrokenReason::Unknown
            }
        }
    }
}

impl<E: Endpoint> AsRef<RelationIdOf<E>> for BrokenRelation<E> {
    fn as_ref(&self) -> &RelationIdOf<E> {
        self.id()
    }
}

impl<E> Clone for BrokenRelation<E> {
    fn clone(&self) -> Self {
        Self { juju: self.juju.clone(), relation: self.relation.clone() }
    }
}

impl<E> fmt::Debug for BrokenRelation<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BrokenRelation({})", self.relation.id)
    }
}

impl Juju {
    /// The relation of this endpoint that is over with this dispatch's relation-broken, for handlers of other events of
    /// the same dispatch, such as `#[on(any)]`.
    pub fn broken_relation<E: Endpoint>(&self) -> Option<BrokenRelation<E>> {
        let id = self.breaking_id().filter(|id| id.endpoint() == E::NAME)?;
        let app = self.environment().get("JUJU_REMOTE_APP").ok().flatten().map(str::to_owned);
        Some(BrokenRelation::new(self, id, app))
    }

    /// The relation that this dispatch's relation-broken is about.
    pub(crate) fn breaking_id(&self) -> Option<RelationId> {
        let path = self.environment().dispatch_path().ok().filter(|path| !path.is_action)?;
        let endpoint = path.name.strip_suffix("-relation-broken")?;
        let id = self.environment().get("JUJU_RELATION_ID").ok().flatten()?;
        RelationId::parse(id).filter(|id| id.endpoint() == endpoint)
    }

    /// Whether this unit goes away; `None` where the goal state doesn't have it.
    #[track_caller]
    fn is_dying(&self) -> Result<Option<bool>, Error> {
        let state = hook_command::goal_state(self)?;
        Ok(state.units.get(self.unit_name()?).map(|unit| unit.status == "dying"))
    }
}

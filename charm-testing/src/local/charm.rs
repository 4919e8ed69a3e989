//! Charms by their types.

use std::any::TypeId;
use std::fmt;
use std::sync::Arc;

use charm_meta::Metadata;
use charm_runtime::{Charm, Finished, Host};

use crate::transition::metadata_of;

/// A charm that is linked into the test: what it declares, and how one event is given to it.
#[derive(Clone)]
pub(super) struct LinkedCharm {
    pub(super) metadata: Arc<Metadata>,
    pub(super) dispatch: fn(Host) -> Finished,
    pub(super) id: TypeId,
    pub(super) type_name: &'static str,
}

impl LinkedCharm {
    pub(super) fn of<C: Charm>() -> Result<Self, String> {
        Ok(Self {
            metadata: metadata_of::<C>()?,
            dispatch: charm_runtime::dispatch::<C>,
            id: TypeId::of::<C>(),
            type_name: std::any::type_name::<C>(),
        })
    }
}

impl fmt::Debug for LinkedCharm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.type_name)
    }
}

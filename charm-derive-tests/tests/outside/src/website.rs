//! The endpoint `website`.

use juju::prelude::*;

use crate::endpoint;
use crate::Outside;

#[charm(crate = juju)]
impl Outside {
    #[on(relation_joined = "website")]
    fn joined(&mut self, event: RelationJoined<endpoint::Website>) -> Result<Outcome> {
        if !*self.started.get()? {
            return Ok(Outcome::defer("not started"));
        }
        event.relation.local_unit().insert("port", "80")?;
        Ok(Outcome::done())
    }
}

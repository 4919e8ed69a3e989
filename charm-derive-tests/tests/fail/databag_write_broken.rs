//! Writing in a relation that is over.

use charm_runtime::prelude::*;

/// What the other side writes.
#[derive(Databag)]
struct Service {
    host: String,
}

/// What this side writes.
#[derive(Databag)]
struct Request {
    database: String,
}

#[charm(metadata = "machine.yaml", endpoint(database, remote = Service, local = Request, local_unit = Request))]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(relation_broken = "database")]
    fn database(&mut self, event: RelationBroken<endpoint::Database>) -> Result<()> {
        let (service, request) = (Service { host: String::new() }, Request { database: String::new() });
        event.relation.local_unit().set(&request);
        drop((service.host, request.database));
        Ok(())
    }
}

fn main() {
    charm_runtime::run::<Hello>();
}

//! `Relation` where the event is not about a relation.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _database: Relation<endpoint::Database>) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

//! `Option<Relation>` of an endpoint that may have several relations.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _database: Option<Relation<endpoint::Database>>) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.install(None);
    charm_runtime::run::<Hello>();
}

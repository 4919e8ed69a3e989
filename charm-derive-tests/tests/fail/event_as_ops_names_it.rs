//! The subject within the event, as ops and the hooks name it.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(database_relation_changed)]
    fn database(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.database();
    charm_runtime::run::<Hello>();
}

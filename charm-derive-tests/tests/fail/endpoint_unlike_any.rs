//! An endpoint that is like none that charmcraft.yaml declares.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(relation_changed = "logging")]
    fn logging(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.logging();
    charm_runtime::run::<Hello>();
}

//! `also` names an endpoint that charmcraft.yaml does not declare.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any(also(relation_broken = "databaze")))]
    fn reconcile(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.reconcile();
    charm_runtime::run::<Hello>();
}

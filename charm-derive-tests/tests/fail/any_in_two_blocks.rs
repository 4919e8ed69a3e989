//! `#[on(any)]` in two impl blocks.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any)]
    fn reconcile(&mut self) {}
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any)]
    fn more(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.reconcile();
    hello.more();
    charm_runtime::run::<Hello>();
}

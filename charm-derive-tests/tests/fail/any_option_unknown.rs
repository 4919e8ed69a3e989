//! An option that `any` does not have.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any(exept(update_status)))]
    fn reconcile(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.reconcile();
    charm_runtime::run::<Hello>();
}

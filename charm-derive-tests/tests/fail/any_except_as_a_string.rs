//! `except` names an event in quotes.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any(except("update_status")))]
    fn reconcile(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.reconcile();
    charm_runtime::run::<Hello>();
}

//! `except` names an event that Juju does not send.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any(except(update_statuz)))]
    fn reconcile(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.reconcile();
    charm_runtime::run::<Hello>();
}

//! Deferring `any` through an alias.

use charm_runtime::prelude::*;

type Later = Outcome;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any)]
    fn reconcile(&mut self) -> Later {
        Outcome::defer("busy")
    }
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.reconcile();
    charm_runtime::run::<Hello>();
}

//! Deferring `any`, which runs again by itself.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any)]
    fn reconcile(&mut self) -> Result<Outcome> {
        Ok(Outcome::done())
    }
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.reconcile();
    charm_runtime::run::<Hello>();
}

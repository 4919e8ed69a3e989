//! Deferring several events of which one cannot wait.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    #[on(relation_broken = "database")]
    fn reconcile(&mut self) -> Result<Outcome> {
        Ok(Outcome::done())
    }
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.reconcile();
    charm_runtime::run::<Hello>();
}

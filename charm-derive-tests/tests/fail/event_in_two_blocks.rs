//! Handlers of one event in two impl blocks: their order would be nowhere to be seen.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self) {}
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn prepare(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.install();
    hello.prepare();
    charm_runtime::run::<Hello>();
}

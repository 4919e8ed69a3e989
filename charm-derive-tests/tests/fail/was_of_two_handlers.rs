//! A former name of two handlers.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install, was = "setup")]
    fn install(&mut self) {}

    #[on(start, was = "setup")]
    fn start(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.start();
    charm_runtime::run::<Hello>();
}

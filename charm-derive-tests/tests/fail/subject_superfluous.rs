//! A subject for an event that has none.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install = "database")]
    fn install(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.install();
    charm_runtime::run::<Hello>();
}

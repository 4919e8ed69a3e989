//! An option that belongs on the struct.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml", log = debug)]
impl Hello {
    #[on(install)]
    fn install(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.install();
    charm_runtime::run::<Hello>();
}

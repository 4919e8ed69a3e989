//! An `unsafe` handler.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    unsafe fn install(&mut self) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

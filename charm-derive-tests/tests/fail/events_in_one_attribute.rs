//! Two events in one attribute.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install, start)]
    fn begin(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.begin();
    charm_runtime::run::<Hello>();
}

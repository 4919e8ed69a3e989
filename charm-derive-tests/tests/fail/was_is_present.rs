//! A former name that another handler has now.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self) {}

    #[on(start, was = "install")]
    fn start(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.start();
    charm_runtime::run::<Hello>();
}

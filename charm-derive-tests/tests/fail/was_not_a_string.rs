//! A former name that is not a string.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install, was = setup)]
    fn install(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.install();
    charm_runtime::run::<Hello>();
}

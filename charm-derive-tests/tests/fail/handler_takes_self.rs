//! A handler that takes the charm itself.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(self) {}
}

fn main() {
    let hello = Hello::default();
    hello.install();
    charm_runtime::run::<Hello>();
}

//! The struct names its metadata, and the block looks for a charmcraft.yaml that is not there.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm]
impl Hello {
    #[on(install)]
    fn install(&mut self) {}
}

fn main() {
    Hello.install();
    charm_runtime::run::<Hello>();
}

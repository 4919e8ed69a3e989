//! The event of another hook.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _event: Start) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

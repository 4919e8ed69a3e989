//! An event, where a method handles several.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    #[on(start)]
    fn begin(&mut self, _event: Install) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

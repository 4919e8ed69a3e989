//! `#[charm]` on a generic impl block.

use charm_runtime::prelude::*;

#[derive(Default)]
struct Hello<T>(T);

#[charm(metadata = "machine.yaml")]
impl<T> Hello<T> {
    #[on(install)]
    fn install(&mut self) {}
}

fn main() {
    Hello(1).install();
}

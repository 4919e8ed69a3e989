//! `#[charm]` on the impl block and not on the struct.

use charm_runtime::prelude::*;

#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self) {}
}

fn main() {
    Hello.install();
}

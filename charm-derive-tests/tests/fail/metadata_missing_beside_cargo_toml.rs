//! No charmcraft.yaml beside Cargo.toml. The block says nothing more about it.

use charm_runtime::prelude::*;

#[charm]
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

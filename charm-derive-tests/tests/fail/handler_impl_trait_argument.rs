//! A handler that is generic by `impl Trait`.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _name: impl Into<String>) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.install("x");
    charm_runtime::run::<Hello>();
}

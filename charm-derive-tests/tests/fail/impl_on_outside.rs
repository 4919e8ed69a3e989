//! `#[on(..)]` in an impl block without `#[charm]`.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

impl Hello {
    #[on(install)]
    fn install(&mut self) {}
}

fn main() {
    Hello.install();
    charm_runtime::run::<Hello>();
}

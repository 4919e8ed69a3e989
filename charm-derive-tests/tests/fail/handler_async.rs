//! An `async` handler, and the runtime's feature for it is off.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    async fn install(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    drop(hello.install());
    charm_runtime::run::<Hello>();
}

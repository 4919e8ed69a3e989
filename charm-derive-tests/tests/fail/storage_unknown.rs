//! A storage that charmcraft.yaml does not declare.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(storage_attached = "date")]
    fn attached(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.attached();
    charm_runtime::run::<Hello>();
}

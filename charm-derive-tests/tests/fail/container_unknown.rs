//! A container that charmcraft.yaml does not declare.

use charm_runtime::prelude::*;

#[charm(metadata = "kubernetes.yaml", state = sled)]
#[derive(Default)]
struct Hello;

#[charm(metadata = "kubernetes.yaml")]
impl Hello {
    #[on(pebble_ready = "wob")]
    fn ready(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.ready();
    charm_runtime::run::<Hello>();
}

//! The struct and the block name different metadata: the event of the block is none of the struct's.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "kubernetes.yaml")]
impl Hello {
    #[on(pebble_ready = "web")]
    fn ready(&mut self) {}
}

fn main() {
    Hello.ready();
    charm_runtime::run::<Hello>();
}

//! relation-broken of a peer endpoint, which Juju never sends.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(relation_broken = "cluster")]
    fn alone(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.alone();
    charm_runtime::run::<Hello>();
}

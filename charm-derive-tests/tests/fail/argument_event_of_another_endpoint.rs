//! The event of another endpoint.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(relation_changed = "database")]
    fn database(&mut self, _event: RelationChanged<endpoint::Ingress>) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

//! Names that Juju tells apart and Rust does not.

use charm_runtime::prelude::*;

#[charm(metadata = "metadata_clash.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "metadata_clash.yaml")]
impl Hello {
    #[on(relation_changed = "my-db")]
    fn database(&mut self, _event: RelationChanged<endpoint::MyDb>, _config: &Config) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

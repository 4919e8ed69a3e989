//! `Leader`, where the unit may not be the leader.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _leader: Leader<'_>) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

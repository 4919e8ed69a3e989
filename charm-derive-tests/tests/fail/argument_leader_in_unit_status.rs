//! `Leader` in a unit's `#[status]`.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[status]
    fn status(&self, _leader: Leader<'_>) -> Status {
        Status::active("")
    }
}

fn main() {
    charm_runtime::run::<Hello>();
}

//! `#[status]` in two impl blocks.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[status]
    fn other(&self) -> Status {
        Status::active("")
    }
}

fn main() {
    let hello = Hello::default();
    let _ = (hello.status(), hello.other());
    charm_runtime::run::<Hello>();
}

//! `#[status]` in an impl block without `#[charm]`.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

impl Hello {
    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

fn main() {
    let _ = Hello.status();
    charm_runtime::run::<Hello>();
}

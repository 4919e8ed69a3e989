//! `#[status]` of something else than the application.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[status(machine)]
    fn status(&self) -> Status {
        Status::active("")
    }
}

fn main() {
    let hello = Hello::default();
    let _ = hello.status();
    charm_runtime::run::<Hello>();
}

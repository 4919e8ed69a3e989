//! A method with `#[status]` that handles an event as well.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[status]
    #[on(install)]
    fn status(&mut self) -> Status {
        Status::active("")
    }
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.status();
    charm_runtime::run::<Hello>();
}

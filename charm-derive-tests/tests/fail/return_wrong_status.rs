//! A `#[status]` method that returns nothing.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[status]
    fn status(&self) {}
}

fn main() {
    let hello = Hello::default();
    hello.status();
    charm_runtime::run::<Hello>();
}

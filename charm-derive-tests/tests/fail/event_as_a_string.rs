//! A string instead of a name.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on("config-changed")]
    fn configure(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.configure();
    charm_runtime::run::<Hello>();
}

//! The runtime's name in quotes.

use charm_runtime::prelude::*;

#[charm(crate = "charm_runtime", metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

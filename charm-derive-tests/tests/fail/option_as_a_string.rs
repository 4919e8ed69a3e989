//! A name in quotes.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml", log = "debug")]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

//! A level that does not exist.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml", log = warning)]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

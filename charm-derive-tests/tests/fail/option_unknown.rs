//! An option that `#[charm]` does not have.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml", stat = sled)]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

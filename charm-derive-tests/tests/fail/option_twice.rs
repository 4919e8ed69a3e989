//! An option that is given twice.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml", log = info, log = debug)]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

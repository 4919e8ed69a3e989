//! A charm that does not implement `Default`.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

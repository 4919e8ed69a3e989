//! `#[charm]` on a function.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
fn hello() {}

fn main() {
    hello();
}

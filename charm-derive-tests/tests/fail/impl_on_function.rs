//! `#[on(..)]` on a function outside of any block.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[on(install)]
fn install() {}

fn main() {
    install();
    charm_runtime::run::<Hello>();
}

//! A version of the state, and nothing that brings older state to it.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml", state_version = 1)]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

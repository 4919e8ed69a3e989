//! Metadata that is not named by a string.

use charm_runtime::prelude::*;

#[charm(metadata_str = hello)]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

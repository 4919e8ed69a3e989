//! Metadata within the attribute that Juju refuses.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets., requires: {db: {}}}")]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

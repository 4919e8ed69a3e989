//! Metadata from a file and from a text.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml", metadata_str = "{name: hello, summary: Greets., description: Greets.}")]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

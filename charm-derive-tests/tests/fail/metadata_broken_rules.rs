//! Metadata that Juju refuses, in several places. The use of an endpoint adds nothing.

use charm_runtime::prelude::*;

#[charm(metadata = "metadata_broken_rules.yaml")]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

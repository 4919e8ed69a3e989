//! Metadata that is no YAML.

use charm_runtime::prelude::*;

#[charm(metadata = "metadata_broken_yaml.yaml")]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

//! A store that does not exist.

use charm_runtime::prelude::*;

#[charm(metadata = "kubernetes.yaml", state = sledge)]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

//! A charm with containers that does not say where its state lives.

use charm_runtime::prelude::*;

#[charm(metadata = "kubernetes.yaml")]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

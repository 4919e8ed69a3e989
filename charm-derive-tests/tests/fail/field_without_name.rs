//! A stored field without a name.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello(Stored<u32>);

fn main() {
    let _ = Hello::default().0.get();
    charm_runtime::run::<Hello>();
}

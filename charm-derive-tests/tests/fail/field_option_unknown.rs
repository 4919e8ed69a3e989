//! An option that fields do not have.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello {
    #[charm(store)]
    greeted: Stored<u32>,
}

fn main() {
    let _ = Hello::default().greeted.get();
    charm_runtime::run::<Hello>();
}

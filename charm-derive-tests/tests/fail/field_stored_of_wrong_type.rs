//! `#[charm(stored)]` on a field that cannot be stored.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello {
    #[charm(stored)]
    greeted: u32,
}

fn main() {
    let _ = Hello::default().greeted;
    charm_runtime::run::<Hello>();
}

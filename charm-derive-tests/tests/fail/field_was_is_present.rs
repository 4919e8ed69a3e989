//! A former name that another field has now.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello {
    #[charm(was = "seen")]
    greeted: Stored<u32>,
    seen: Stored<u32>,
}

fn main() {
    let _ = (Hello::default().greeted.get(), Hello::default().seen.get());
    charm_runtime::run::<Hello>();
}

//! A former name of two fields.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello {
    #[charm(was = "count")]
    greeted: Stored<u32>,
    #[charm(was = "count")]
    seen: Stored<u32>,
}

fn main() {
    let _ = (Hello::default().greeted.get(), Hello::default().seen.get());
    charm_runtime::run::<Hello>();
}

//! An option on a field that is not stored.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello {
    #[charm(was = "count")]
    greeted: u32,
}

fn main() {
    let _ = Hello::default().greeted;
    charm_runtime::run::<Hello>();
}

//! A generic charm.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello<T>(T);

fn main() {
    let _ = Hello::<u8>::default();
}

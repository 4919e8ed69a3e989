//! `#[charm]` on an enum.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
enum Hello {
    #[default]
    Quiet,
}

fn main() {
    let _ = Hello::Quiet;
}

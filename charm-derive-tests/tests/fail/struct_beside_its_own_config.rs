//! A `Config` of the author beside the generated one.

use charm_runtime::prelude::*;

struct Config {
    retries: u8,
}

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

fn main() {
    let _ = Config { retries: 1 };
    charm_runtime::run::<Hello>();
}

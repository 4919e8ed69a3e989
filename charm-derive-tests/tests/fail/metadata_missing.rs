//! A file that is not there.

use charm_runtime::prelude::*;

#[charm(metadata = "nowhere.yaml")]
#[derive(Default)]
struct Hello;

fn main() {
    charm_runtime::run::<Hello>();
}

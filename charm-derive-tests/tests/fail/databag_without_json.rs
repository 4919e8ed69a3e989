//! JSON of a type that has none.

use charm_runtime::prelude::*;

struct Address;

#[derive(Databag)]
struct Service {
    host: Address,
}

fn main() {
    let _ = Service { host: Address }.to_entries();
}

//! A databag that is generic.

use charm_runtime::prelude::*;

#[derive(Databag)]
struct Service<T> {
    host: T,
}

fn main() {
    let _ = Service { host: String::new() }.to_entries();
}

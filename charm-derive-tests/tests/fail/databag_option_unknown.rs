//! An option that a field does not have.

use charm_runtime::prelude::*;

#[derive(Databag)]
struct Service {
    #[databag(renam = "hostname")]
    host: String,
}

fn main() {
    let _ = Service { host: String::new() }.to_entries();
}

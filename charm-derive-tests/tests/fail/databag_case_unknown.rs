//! A way to name keys that there is not.

use charm_runtime::prelude::*;

#[derive(Databag)]
#[databag(rename_all = "kebap-case")]
struct Service {
    host: String,
}

fn main() {
    let _ = Service { host: String::new() }.to_entries();
}

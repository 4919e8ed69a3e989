//! An option that the struct does not have.

use charm_runtime::prelude::*;

#[derive(Databag)]
#[databag(rename = "hostname")]
struct Service {
    host: String,
}

fn main() {
    let _ = Service { host: String::new() }.to_entries();
}

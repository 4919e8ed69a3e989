//! Two fields with one key.

use charm_runtime::prelude::*;

#[derive(Databag)]
struct Service {
    host_name: String,
    #[databag(rename = "host-name")]
    host: String,
}

fn main() {
    let _ = Service { host: String::new(), host_name: String::new() }.to_entries();
}

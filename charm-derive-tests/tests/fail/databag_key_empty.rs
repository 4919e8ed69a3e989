//! A key without a letter.

use charm_runtime::prelude::*;

#[derive(Databag)]
struct Service {
    #[databag(rename = "")]
    host: String,
}

fn main() {
    let _ = Service { host: String::new() }.to_entries();
}

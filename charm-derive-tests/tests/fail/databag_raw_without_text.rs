//! Plain text of a type that has none.

use charm_runtime::prelude::*;

#[derive(Databag)]
struct Service {
    #[databag(raw)]
    host: Vec<String>,
}

fn main() {
    let _ = Service { host: Vec::new() }.to_entries();
}

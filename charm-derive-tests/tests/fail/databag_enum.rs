//! A databag of an enum.

use charm_runtime::prelude::*;

#[derive(Databag)]
enum Service {
    Local,
}

fn main() {
    let _ = Service::Local.to_entries();
}

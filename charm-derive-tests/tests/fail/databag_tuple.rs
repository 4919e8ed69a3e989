//! A databag whose fields have no names.

use charm_runtime::prelude::*;

#[derive(Databag)]
struct Service(String);

fn main() {
    let _ = Service(String::new()).to_entries();
}

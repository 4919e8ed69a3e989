//! A type that is no databag.

use charm_runtime::prelude::*;

/// What the other side writes.
struct Service {
    host: String,
}

#[charm(metadata = "machine.yaml", endpoint(database, remote = Service))]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(relation_changed = "database")]
    fn database(&mut self) {}
}

fn main() {
    let service = Service { host: String::new() };
    let mut hello = Hello::default();
    hello.database();
    drop(service.host);
    charm_runtime::run::<Hello>();
}

//! A type that no handler can be given.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _name: String) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.install(String::new());
    charm_runtime::run::<Hello>();
}

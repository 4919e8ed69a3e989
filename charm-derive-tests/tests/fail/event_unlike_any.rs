//! An event that is like none that Juju sends.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(full_moon)]
    fn howl(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.howl();
    charm_runtime::run::<Hello>();
}

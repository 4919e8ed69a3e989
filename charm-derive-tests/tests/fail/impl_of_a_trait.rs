//! `#[charm]` on the implementation of a trait.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

trait Greets {
    fn greet(&mut self);
}

#[charm(metadata = "machine.yaml")]
impl Greets for Hello {
    #[on(install)]
    fn greet(&mut self) {}
}

fn main() {
    Hello.greet();
    charm_runtime::run::<Hello>();
}

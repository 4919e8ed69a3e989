//! A generic handler.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install<T: Default>(&mut self) {
        let _ = T::default();
    }
}

fn main() {
    let mut hello = Hello::default();
    hello.install::<u8>();
    charm_runtime::run::<Hello>();
}

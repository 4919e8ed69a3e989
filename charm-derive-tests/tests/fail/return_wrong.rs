//! A handler that returns a number.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self) -> u32 {
        0
    }
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.install();
    charm_runtime::run::<Hello>();
}

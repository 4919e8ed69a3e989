//! A type error in a body is the compiler's to report, once.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self) {
        let _: u32 = "one";
    }
}

fn main() {
    let mut hello = Hello::default();
    hello.install();
    charm_runtime::run::<Hello>();
}

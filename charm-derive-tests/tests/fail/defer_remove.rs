//! Deferring remove, which cannot wait.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(remove)]
    fn later(&mut self) -> Outcome {
        Outcome::done()
    }
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.later();
    charm_runtime::run::<Hello>();
}

//! Several mistakes that only the compiler can see.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _name: String) -> u32 {
        0
    }

    #[on(start)]
    fn start(&mut self, _start: Start, _number: u32) -> Result<()> {
        Ok(())
    }
}

fn main() {
    charm_runtime::run::<Hello>();
}

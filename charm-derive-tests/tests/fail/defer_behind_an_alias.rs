//! Deferring an event that cannot wait, through an alias that the macro cannot see through.

use charm_runtime::prelude::*;

type Later = Result<Outcome>;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(stop)]
    fn stop(&mut self) -> Later {
        Ok(Outcome::defer("busy"))
    }
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.stop();
    charm_runtime::run::<Hello>();
}

//! Deferring several events, of which one cannot wait, through an alias.

use charm_runtime::prelude::*;

type Later = Result<Outcome>;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    #[on(stop)]
    fn later(&mut self) -> Later {
        Ok(Outcome::defer("busy"))
    }
}

fn main() {
    let _ = Hello.later();
    charm_runtime::run::<Hello>();
}

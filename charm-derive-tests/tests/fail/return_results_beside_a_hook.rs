//! The results of an action from a method that handles a hook, too.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
struct Rotated {
    size: u32,
}

#[charm(metadata = "params.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "params.yaml")]
impl Hello {
    #[on(install)]
    #[on(action = "rotate")]
    #[on(action = "backup")]
    fn act(&mut self) -> Result<Rotated> {
        Ok(Rotated { size: 3 })
    }
}

fn main() {
    charm_runtime::run::<Hello>();
}

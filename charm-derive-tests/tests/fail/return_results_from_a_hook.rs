//! The results of an action from the handler of a hook.

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
    fn install(&mut self) -> Rotated {
        Rotated { size: 3 }
    }

    #[on(action = "rotate")]
    #[on(action = "backup")]
    fn act(&mut self) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

//! The parameters of an action in the handler of a hook.

use charm_runtime::prelude::*;

#[charm(metadata = "params.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "params.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _params: action::RotateParams) {}

    #[on(action = "rotate")]
    #[on(action = "backup")]
    fn act(&mut self) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

//! The parameters of one action in the handler of several.

use charm_runtime::prelude::*;

#[charm(metadata = "params.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "params.yaml")]
impl Hello {
    #[on(action = "rotate")]
    #[on(action = "backup")]
    fn act(&mut self, _params: action::RotateParams) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

//! The parameters of another action.

use charm_runtime::prelude::*;

#[charm(metadata = "params.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "params.yaml")]
impl Hello {
    #[on(action = "rotate")]
    fn rotate(&mut self, _params: action::BackupParams) {}

    #[on(action = "backup")]
    fn backup(&mut self) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

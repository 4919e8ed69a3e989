//! `Config`, where charmcraft.yaml declares no options.

use charm_runtime::prelude::*;

#[charm(metadata = "actions.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "actions.yaml")]
impl Hello {
    #[on(action = "backup")]
    fn backup(&mut self, _config: &Config) {}

    #[on(action = "restore-all")]
    fn restore(&mut self) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

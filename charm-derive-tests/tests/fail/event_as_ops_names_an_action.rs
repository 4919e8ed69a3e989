//! An action, as ops names its event.

use charm_runtime::prelude::*;

#[charm(metadata = "actions.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "actions.yaml")]
impl Hello {
    #[on(backup_action)]
    fn backup(&mut self) {}

    #[on(action = "restore-all")]
    fn restore(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.backup();
    charm_runtime::run::<Hello>();
}

//! A type made of options, where charmcraft.yaml declares none.

use charm_runtime::prelude::*;

struct Settings;

#[charm(metadata = "actions.yaml", config = Settings)]
#[derive(Default)]
struct Hello;

#[charm(metadata = "actions.yaml")]
impl Hello {
    #[on(action = "backup")]
    #[on(action = "restore-all")]
    fn act(&mut self) {}
}

fn main() {
    let _ = Settings;
    charm_runtime::run::<Hello>();
}

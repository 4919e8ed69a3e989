//! Deferring an action, for whose result somebody waits.

use charm_runtime::prelude::*;

#[charm(metadata = "actions.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "actions.yaml")]
impl Hello {
    #[on(action = "backup")]
    fn backup(&mut self) -> Result<Outcome> {
        Ok(Outcome::defer("busy"))
    }

    #[on(action = "restore-all")]
    fn restore(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.backup();
    charm_runtime::run::<Hello>();
}

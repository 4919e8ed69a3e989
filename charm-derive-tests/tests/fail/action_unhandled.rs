//! A declared action that no method handles.

use charm_runtime::prelude::*;

#[charm(metadata = "actions.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "actions.yaml")]
impl Hello {
    #[on(action = "backup")]
    fn backup(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.backup();
    charm_runtime::run::<Hello>();
}

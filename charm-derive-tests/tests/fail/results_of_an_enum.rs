//! An enum, which has no keys.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
enum Rotated {
    Size(u32),
}

fn main() {
    fn is_results<R: ActionResults>(_: &R) {}
    is_results(&Rotated::Size(3));
}

//! An option that a field does not have.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
struct Rotated {
    #[results(displayed)]
    size: u32,
}

fn main() {
    fn is_results<R: ActionResults>(_: &R) {}
    is_results(&Rotated { size: 3 });
}

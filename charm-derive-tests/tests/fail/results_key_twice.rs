//! Two fields with one key.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
struct Rotated {
    size: u32,
    #[results(key = "size")]
    other: u32,
}

fn main() {
    fn is_results<R: ActionResults>(_: &R) {}
    is_results(&Rotated { size: 3, other: 3 });
}

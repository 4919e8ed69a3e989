//! A key that Juju keeps for itself.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
struct Rotated {
    stdout: String,
}

fn main() {
    fn is_results<R: ActionResults>(_: &R) {}
    is_results(&Rotated { stdout: String::new() });
}

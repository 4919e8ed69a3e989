//! A key a part of which Juju keeps for itself.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
struct Rotated {
    #[results(key = "hook.stderr")]
    complaints: String,
}

fn main() {
    fn is_results<R: ActionResults>(_: &R) {}
    is_results(&Rotated { complaints: String::new() });
}

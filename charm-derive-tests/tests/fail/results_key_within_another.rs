//! A key that is a part of another.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
struct Rotated {
    backup: String,
    #[results(key = "backup.size")]
    size: u32,
}

fn main() {
    fn is_results<R: ActionResults>(_: &R) {}
    is_results(&Rotated { backup: String::new(), size: 3 });
}

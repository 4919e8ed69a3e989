//! A field whose name is no key of a result.

use charm_runtime::prelude::*;

#[derive(ActionResults)]
struct Rotated {
    _size: u32,
}

fn main() {
    fn is_results<R: ActionResults>(_: &R) {}
    is_results(&Rotated { _size: 3 });
}

//! A struct that is not said to be results.

use charm_runtime::prelude::*;

struct Rotated {
    size: u32,
}

#[charm(metadata = "params.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "params.yaml")]
impl Hello {
    #[on(action = "rotate")]
    #[on(action = "backup")]
    fn act(&mut self) -> Rotated {
        Rotated { size: 3 }
    }
}

fn main() {
    let _ = Hello.act().size;
    charm_runtime::run::<Hello>();
}

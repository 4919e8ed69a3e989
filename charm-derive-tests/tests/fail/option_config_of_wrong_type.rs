//! A type that is not made of the options.

use charm_runtime::prelude::*;

struct Settings;

#[charm(metadata = "params.yaml", config = Settings)]
#[derive(Default)]
struct Hello;

#[charm(metadata = "params.yaml")]
impl Hello {
    #[on(action = "rotate")]
    #[on(action = "backup")]
    fn act(&mut self, _config: &Config) {}
}

fn main() {
    charm_runtime::run::<Hello>();
}

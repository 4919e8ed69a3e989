//! A type that is not made of a number.

use charm_runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct Port;

#[charm(metadata = "params.yaml", option(port = Port))]
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

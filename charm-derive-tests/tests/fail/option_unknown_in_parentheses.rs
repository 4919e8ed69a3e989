//! An option that takes something in parentheses, misspelt.

use charm_runtime::prelude::*;

#[charm(metadata = "params.yaml", options(log_level = String))]
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

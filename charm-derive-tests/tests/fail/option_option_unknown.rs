//! A type for an option that is not declared.

use charm_runtime::prelude::*;

#[charm(metadata = "params.yaml", option(log_leve = u8))]
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

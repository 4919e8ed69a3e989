//! A type that is not made of a text.

use charm_runtime::prelude::*;

#[derive(Debug, Clone, PartialEq)]
struct LogLevel;

#[charm(metadata = "params.yaml", option(log_level = LogLevel))]
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

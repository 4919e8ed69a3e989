//! A handler that returns a text in a `Result`.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self) -> Result<String> {
        Ok(String::new())
    }
}

fn main() {
    let mut hello = Hello::default();
    let _ = hello.install();
    charm_runtime::run::<Hello>();
}

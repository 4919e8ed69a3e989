//! An `async` handler that defers what can't wait.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: s, description: d}")]
#[derive(Default)]
struct Hello;

#[charm(metadata_str = "{name: hello, summary: s, description: d}")]
impl Hello {
    #[on(stop)]
    async fn stop(&mut self) -> Result<Outcome> {
        Ok(Outcome::defer("not yet"))
    }
}

fn main() {
    let mut hello = Hello::default();
    drop(hello.stop());
    charm_runtime::run::<Hello>();
}

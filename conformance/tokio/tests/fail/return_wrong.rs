//! An `async` handler that returns what no handler does.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: s, description: d}")]
#[derive(Default)]
struct Hello;

#[charm(metadata_str = "{name: hello, summary: s, description: d}")]
impl Hello {
    #[on(install)]
    async fn install(&mut self) -> u32 {
        0
    }
}

fn main() {
    let mut hello = Hello::default();
    drop(hello.install());
    charm_runtime::run::<Hello>();
}

//! A network of what has none.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever stores., storage: {data: {type: filesystem}}}")]
#[derive(Default)]
struct Hello;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever stores., storage: {data: {type: filesystem}}}")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _data: Network<storage::Data>) {}
}

fn main() {
    let _ = Hello::install;
    charm_runtime::run::<Hello>();
}

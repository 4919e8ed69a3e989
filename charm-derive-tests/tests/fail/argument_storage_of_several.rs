//! `Option<Storage>` of a storage that a unit may have several times.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever stores., storage: {data: {type: filesystem, multiple: {range: 0-4}}}}")]
#[derive(Default)]
struct Hello;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever stores., storage: {data: {type: filesystem, multiple: {range: 0-4}}}}")]
impl Hello {
    #[on(install)]
    fn install(&mut self, _data: Option<Storage<storage::Data>>) {}
}

fn main() {
    let _ = Hello::install;
    charm_runtime::run::<Hello>();
}

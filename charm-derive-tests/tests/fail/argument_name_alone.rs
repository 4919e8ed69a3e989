//! A type that only names a storage, taken for the storage.

use charm_runtime::prelude::*;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever stores., storage: {data: {type: filesystem}}}")]
#[derive(Default)]
struct Hello;

#[charm(metadata_str = "{name: hello, summary: Greets., description: Greets whoever stores., storage: {data: {type: filesystem}}}")]
impl Hello {
    #[on(storage_attached = "data")]
    fn install(&mut self, _data: storage::Data) {}
}

fn main() {
    let _ = Hello::install;
    charm_runtime::run::<Hello>();
}

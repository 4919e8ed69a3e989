//! Types that stand for nothing that the event could be about.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(relation_changed = endpoint::Databse)]
    fn misspelt(&mut self) {}

    #[on(relation_changed = storage::Data)]
    fn of_another_kind(&mut self) {}

    #[on(storage_attached = Data)]
    fn alone(&mut self) {}
}

fn main() {
    let mut hello = Hello::default();
    hello.misspelt();
    hello.of_another_kind();
    hello.alone();
    charm_runtime::run::<Hello>();
}

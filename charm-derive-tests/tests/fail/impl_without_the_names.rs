//! A block in another module that has not imported the names that its events are made of.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

mod database {
    use super::Hello;
    use charm_runtime::prelude::*;

    #[charm(metadata = "machine.yaml")]
    impl Hello {
        #[on(relation_changed = "database")]
        pub fn database(&mut self) {}
    }
}

fn main() {
    Hello.database();
    charm_runtime::run::<Hello>();
}

//! Fields and handlers that had other names: what is stored under those is found.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
pub struct Hello {
    #[charm(was = "count", was = "seen")]
    greeted: Stored<u32>,
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install, was = "setup", was = "begin")]
    fn install(&mut self) -> Result<()> {
        self.greeted.set(1);
        Ok(())
    }
}

fn main() {
    let install = &<Hello as charm_runtime::Charm>::TABLE.events[0];
    assert_eq!((install.name, install.handlers[0].was), ("install", ["setup", "begin"].as_slice()));
}

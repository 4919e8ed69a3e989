//! A charm without a status, without `any`, and with hardly a handler.

use charm_conformance_dispatch::script::{Hands, play};
use charm_runtime::prelude::*;

/// The charm.
#[charm(state = sled)]
#[derive(Default)]
pub struct Bare {
    count: Stored<u32>,
    notes: StoredMap<String, String>,
    scratch: String,
}

#[charm]
impl Bare {
    #[on(config_changed)]
    fn config_changed(&mut self, juju: &Juju) -> Result<Outcome> {
        let Self { count, notes, scratch } = self;
        play("config_changed", Hands { juju, count, notes, scratch })
    }

    #[on(action = "backup")]
    fn backup(&mut self) {}

    #[on(action = "restore")]
    fn restore(&mut self) {}
}

charm_runtime::main!(Bare);

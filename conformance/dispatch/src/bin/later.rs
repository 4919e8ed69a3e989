//! A later revision of the charm under test: handlers renamed and gone, the endpoint `db` gone.

use charm_conformance_dispatch::script::{Hands, play};
use charm_runtime::prelude::*;

/// The charm, under another name: its state is the same.
#[charm(metadata = "later.yaml")]
#[derive(Default)]
pub struct Later {
    #[charm(was = "count")]
    counted: Stored<u32>,
    notes: StoredMap<String, String>,
    scratch: String,
}

impl Later {
    fn play(&mut self, handler: &str, juju: &Juju) -> Result<Outcome> {
        let Self { counted: count, notes, scratch } = self;
        play(handler, Hands { juju, count, notes, scratch })
    }
}

#[charm(metadata = "later.yaml")]
impl Later {
    /// Was `config_changed`, and says so.
    #[on(config_changed, was = "config_changed")]
    fn configure(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("configure", juju)
    }

    /// Was `start`, and forgot to say so.
    #[on(start)]
    fn begin(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("begin", juju)
    }

    #[on(update_status)]
    fn update_status(&mut self, juju: &Juju) -> Result<Outcome> {
        self.play("update_status", juju)
    }
}

charm_runtime::main!(Later);

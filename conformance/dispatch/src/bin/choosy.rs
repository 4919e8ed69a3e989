//! A charm whose `#[on(any)]` chooses its events.

use charm_conformance_dispatch::script::note;
use charm_runtime::prelude::*;

/// The charm.
#[charm(metadata_str = "{name: choosy, summary: s, description: d, actions: {backup: {}, restore: {}}}")]
#[derive(Debug, Default)]
pub struct Choosy;

#[charm(metadata_str = "{name: choosy, summary: s, description: d, actions: {backup: {}, restore: {}}}")]
impl Choosy {
    #[on(any(also(stop, action = "backup"), except(update_status)))]
    fn any(&mut self, juju: &Juju) -> Result<()> {
        note(juju, "any")
    }

    #[on(update_status)]
    fn update_status(&mut self, juju: &Juju) -> Result<()> {
        note(juju, "update_status")
    }

    #[on(action = "backup")]
    fn backup(&mut self, juju: &Juju) -> Result<()> {
        note(juju, "backup")
    }

    #[on(action = "restore")]
    fn restore(&mut self, juju: &Juju) -> Result<()> {
        note(juju, "restore")
    }
}

charm_runtime::main!(Choosy);

//! Several mistakes in one block are all reported, each in its place.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(instal)]
    fn install(&mut self) {}

    #[on(relation_changed = "databse")]
    fn database(&mut self) {}

    #[on(stop)]
    fn stop(&mut self) -> Result<Outcome> {
        Ok(Outcome::done())
    }

    #[on(start)]
    fn start(self) {}

    #[on(config_changed)]
    fn configure(&mut self, _config: &Config) -> Result<()> {
        Ok(())
    }
}

fn main() {
    charm_runtime::run::<Hello>();
}

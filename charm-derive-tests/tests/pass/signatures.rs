//! The forms that a handler's signature can have.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    const GREETING: &'static str = "hello";

    #[on(install)]
    fn by_shared_reference(&self) {}

    #[on(install)]
    fn without_the_charm() {}

    #[on(install)]
    pub(crate) fn typed_receiver(self: &mut Self) {}

    #[on(install)]
    fn names_of_generated_code(&mut self, charm: &Unit, call: &App) -> Result<()> {
        info!("{} {} {}", Self::GREETING, charm.name()?, call.name()?);
        Ok(())
    }

    #[on(install)]
    fn patterns(&mut self, _: &Unit, mut config: Config, Install { .. }: Install) {
        config.greeting.clear();
    }

    #[on(install)]
    fn lifetimes<'a>(&'a mut self, unit: &'a Unit, leader: Option<Leader<'a>>) -> Result<Outcome> {
        let _ = (unit, leader);
        Ok(Outcome::done())
    }

    #[on(install)]
    fn another_error(&mut self) -> std::result::Result<Outcome, std::io::Error> {
        Ok(Outcome::done())
    }

    #[on(install)]
    #[doc(hidden)]
    #[allow(clippy::unnecessary_wraps)]
    #[must_use]
    fn other_attributes(&mut self, unit: Unit, app: App, juju: Juju) -> Outcome {
        let _ = (unit, app, juju);
        self.helper();
        Outcome::done()
    }

    fn helper(&self) {}
}

fn main() {
    assert_eq!(<Hello as charm_runtime::Charm>::TABLE.events[0].handlers.len(), 8);
}

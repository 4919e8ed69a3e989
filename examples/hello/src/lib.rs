//! A charm that greets, and counts whom it greeted.

use charm_runtime::prelude::*;

/// The charm.
#[charm]
#[derive(Default)]
pub struct Hello {
    /// Whether the unit has been started.
    started: Stored<bool>,
    /// How many were greeted.
    greeted: Stored<u32>,
}

/// What the action `greet` answers.
#[derive(ActionResults)]
pub struct Greeted {
    greeting: String,
    count: u32,
}

#[charm]
impl Hello {
    #[on(install)]
    fn install(&mut self, unit: &Unit) -> Result<()> {
        info!("installing {}", unit.name()?);
        Ok(())
    }

    #[on(start)]
    fn start(&mut self) {
        self.started.set(true);
    }

    /// A new leader speaks up once it runs; Juju elects one before that, so the event may have to wait.
    #[on(leader_elected)]
    fn announce(&mut self, unit: &Unit) -> Result<Outcome> {
        if !*self.started.get()? {
            return Ok(Outcome::defer("the unit is not started yet"));
        }
        info!("{} speaks for the application", unit.name()?);
        Ok(Outcome::done())
    }

    #[on(config_changed)]
    fn configure(&mut self, config: &Config, unit: &Unit) -> Result<()> {
        info!("the greeting is {:?}", config.greeting);
        unit.set_workload_version(env!("CARGO_PKG_VERSION"))?;
        Ok(())
    }

    #[on(action = "greet")]
    fn greet(&mut self, params: action::GreetParams, config: &Config) -> Result<Greeted> {
        let greeted = self.greeted.get_mut()?;
        *greeted += 1;
        Ok(Greeted { greeting: format!("{}, {}!", config.greeting, params.name), count: *greeted })
    }

    #[status]
    fn status(&self, config: &Config) -> Status {
        if config.greeting.trim().is_empty() {
            return Status::blocked("set the option greeting");
        }
        Status::active("")
    }
}

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
    fn configure(&mut self, config: &Config, app: &App) -> Result<()> {
        info!("the greeting is {:?}", config.greeting);
        app.set_workload_version(env!("CARGO_PKG_VERSION"))?;
        Ok(())
    }

    #[on(action = "greet")]
    fn greet(&mut self, action: Action<action::Greet>, config: &Config) -> Result<()> {
        let name: String = action.parameter("name")?.ok_or_else(|| ActionFailed::new("whom? give a name"))?;
        let greeted = self.greeted.get_mut()?;
        *greeted += 1;
        action.set_result("greeting", format!("{}, {name}!", config.greeting))?;
        action.set_result("count", *greeted)?;
        Ok(())
    }

    #[status]
    fn status(&self, config: &Config) -> Status {
        if config.greeting.trim().is_empty() {
            return Status::blocked("set the option greeting");
        }
        Status::active("")
    }
}

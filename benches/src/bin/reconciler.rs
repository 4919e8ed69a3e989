//! A charm with state, a status and a reconciler that reads no stored field.

use charm_runtime::prelude::*;

/// The charm.
#[charm(metadata = "reconciler.yaml")]
#[derive(Default)]
pub struct Reconciler {
    round: Stored<u32>,
    value: Stored<String>,
}

#[charm(metadata = "reconciler.yaml")]
impl Reconciler {
    #[on(any(except(start, collect_metrics, config_changed)))]
    fn reconcile(&mut self, config: &Config) {
        debug!("size {}", config.size);
    }

    /// One write, of as many bytes as the option says.
    #[on(config_changed)]
    fn write(&mut self, config: &Config) -> Result<()> {
        let round = self.round.get_mut()?;
        *round += 1;
        let letter = char::from(b'a' + u8::try_from(*round % 26)?);
        self.value.set(letter.to_string().repeat(usize::try_from(config.size)?));
        Ok(())
    }

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

charm_runtime::main!(Reconciler);

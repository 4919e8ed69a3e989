//! The charm that the crash programs drive: it keeps the contract of this package's library.

use charm_runtime::prelude::*;

/// The charm.
#[charm(metadata = "crash_charm.yaml")]
#[derive(Default)]
pub struct Crash {
    generation: Stored<u64>,
    value: Stored<String>,
    /// The handlers whose event waits.
    waiting: StoredMap<String, bool>,
}

/// What a generation stores: told by its number.
fn value(generation: u64, size: usize) -> String {
    format!("{generation} ").chars().cycle().take(size).collect()
}

#[charm(metadata = "crash_charm.yaml")]
impl Crash {
    #[on(config_changed)]
    fn next(&mut self, config: &Config) -> Result<()> {
        let generation = *self.generation.get()?;
        let stored = self.value.get()?;
        ensure!(
            generation == 0 && stored.is_empty() || *stored == value(generation, stored.len()),
            "the value that is stored is not generation {generation}'s"
        );
        self.generation.set(generation + 1);
        self.value.set(value(generation + 1, usize::try_from(config.size)?));
        Ok(())
    }

    #[on(config_changed)]
    fn first(&mut self, config: &Config) -> Result<Outcome> {
        self.wait("first", config)
    }

    #[on(config_changed)]
    fn second(&mut self, config: &Config) -> Result<Outcome> {
        self.wait("second", config)
    }

    #[on(config_changed)]
    fn third(&mut self, config: &Config) -> Result<Outcome> {
        self.wait("third", config)
    }

    /// Defers, and is done when it comes again. A few entries with long reasons weigh as much as many: what sled does
    /// with them depends on the bytes.
    fn wait(&mut self, handler: &str, config: &Config) -> Result<Outcome> {
        let handler = handler.to_owned();
        if self.waiting.get(&handler)?.is_some() {
            self.waiting.remove(&handler)?;
            return Ok(Outcome::done());
        }
        if config.defer == 0 {
            return Ok(Outcome::done());
        }
        self.waiting.insert(&handler, &true)?;
        Ok(Outcome::defer("not yet ".repeat(usize::try_from(config.defer)? * 8)))
    }

    #[status]
    fn status(&self) -> Result<Status> {
        Ok(Status::active(format!("generation {}", self.generation.get()?)))
    }
}

charm_runtime::main!(Crash);

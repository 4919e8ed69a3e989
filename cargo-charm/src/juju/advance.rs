//! `cargo charm juju advance`: time that passes at once.

use std::time::Duration;

use anyhow::{Result, bail};

use super::{Client, time};

/// By how much a model can be ahead: 100 years. Dates beyond any use are those of a slip of the finger.
const MAX_AHEAD: Duration = Duration::from_secs(100 * 366 * 86_400);

/// Let the model's time pass, and run what becomes due by it (no command of Juju's)
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How long, such as 5s, 10m or 1day
    duration: String,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let duration = time::duration(&options.duration)?;
    let mut session = client.open()?;
    let ahead = session.record.ahead.saturating_add(duration);
    if ahead > MAX_AHEAD {
        bail!("{} is too long: a model can be ahead of this machine's time by 100 years", options.duration);
    }
    session.record.ahead = ahead;
    session.follow_the_clock();
    session.settle()
}

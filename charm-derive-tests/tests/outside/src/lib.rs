//! A charm of another edition, which knows the runtime by another name.
#![deny(warnings, missing_docs, unreachable_pub)]

mod website;

use juju::prelude::*;

/// The charm.
#[charm(crate = juju)]
#[derive(Default)]
pub struct Outside {
    started: Stored<bool>,
}

#[charm(crate = juju)]
impl Outside {
    #[on(start)]
    fn start(&mut self) {
        self.started.set(true);
    }

    #[on(config_changed)]
    fn configure(&mut self, config: &Config) -> Result<()> {
        let gen = config.r#gen;
        info!("{gen}");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_blocks_are_in_the_table() {
        let rows = <Outside as juju::Charm>::TABLE.events;
        let handled: Vec<_> =
            rows.iter().filter(|row| !row.handlers.is_empty()).map(|row| row.name).collect();
        assert_eq!(handled, ["start", "config-changed", "website-relation-joined"]);
    }
}

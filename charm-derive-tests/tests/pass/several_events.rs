//! One method for several events: it learns from the cause which one it was, and may defer if all of them can wait.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    #[on(upgrade_charm)]
    fn prepare(&mut self, cause: &Cause) -> Result<Outcome> {
        match cause {
            Cause::Install(_) => Ok(Outcome::done()),
            Cause::UpgradeCharm(_) => Ok(Outcome::defer("later")),
            other => bail!("unexpected: {other:?}"),
        }
    }

    #[on(relation_changed = "database")]
    #[on(relation_broken = "database")]
    fn database(&mut self, cause: &Cause) -> Result<()> {
        if let Cause::DatabaseRelationChanged(event) = cause {
            info!("{} of {:?}", event.relation.id(), event.unit);
        }
        Ok(())
    }
}

fn main() {
    let table = <Hello as charm_runtime::Charm>::TABLE;
    for event in ["install", "upgrade-charm"] {
        let row = table.events.iter().find(|row| row.name == event).expect("an event");
        assert_eq!(row.handlers[0].id, "prepare");
    }
}

//! The shape that the first page of the documentation shows.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
pub struct Hello {
    greeted: Stored<u32>,
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, unit: &Unit) -> Result<()> {
        *self.greeted.get_mut()? += 1;
        info!("hello, {}", unit.name()?);
        Ok(())
    }

    #[on(relation_changed = "k8s-service")]
    fn service(&mut self, event: RelationChanged<endpoint::K8sService>) -> Result<Outcome> {
        if event.relation.remote_app().entries()?.is_empty() {
            return Ok(Outcome::defer("no address yet"));
        }
        Ok(Outcome::done())
    }
}

fn main() {
    let handled = handled::<Hello>();
    assert_eq!(handled, [("install", vec!["install"]), ("k8s-service-relation-changed", vec!["service"])]);
}

/// The events that have handlers, and their names.
fn handled<C: charm_runtime::Charm>() -> Vec<(&'static str, Vec<&'static str>)> {
    let rows = C::TABLE.events.iter().filter(|row| !row.handlers.is_empty());
    rows.map(|row| (row.name, row.handlers.iter().map(|handler| handler.id).collect())).collect()
}

//! What an event is about, named by its type.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(relation_changed = endpoint::K8sService)]
    fn service(&mut self, event: RelationChanged<endpoint::K8sService>) -> Result<()> {
        event.relation.remote_app_name().map(drop).map_err(Into::into)
    }

    #[on(storage_attached = crate::storage::Data)]
    fn data(&mut self) {}

    #[on(any(except(relation_broken = endpoint::Database)))]
    fn reconcile(&mut self) {}
}

fn main() {
    let table = <Hello as charm_runtime::Charm>::TABLE;
    let handled = |name: &str| table.events.iter().any(|row| row.name == name && !row.handlers.is_empty());
    assert!(handled("k8s-service-relation-changed") && handled("data-storage-attached"));
    assert_eq!(table.any[0].except, ["hooks/database-relation-broken"]);
}

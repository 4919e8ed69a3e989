//! `any` for more events than usual, and for fewer.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any(also(stop, relation_departed = "database"), except(update_status, storage_attached)))]
    fn reconcile(&mut self, cause: &Cause) -> Result<()> {
        if matches!(cause, Cause::Deferred) {
            return Ok(());
        }
        Err(Halt::Waiting("more".into()).into())
    }

    #[on(any(except(relation_changed)))]
    fn unless_changed(&self) {}
}

fn main() {
    let any = <Hello as charm_runtime::Charm>::TABLE.any;
    assert_eq!(any[0].also, ["hooks/database-relation-departed", "hooks/stop"]);
    assert_eq!(any[0].except, ["hooks/data-storage-attached", "hooks/update-status"]);
    let changed = ["cluster", "database", "k8s-service"].map(|name| format!("hooks/{name}-relation-changed"));
    assert_eq!(any[1].except, changed);
}

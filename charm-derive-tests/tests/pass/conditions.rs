//! Handlers under a condition: what is generated stands under the same one.

use charm_runtime::prelude::*;

#[charm(metadata = "plain.yaml")]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "plain.yaml")]
impl Hello {
    #[cfg(target_os = "plan9")]
    #[on(install)]
    fn install(&mut self, missing: Missing) {}

    #[cfg(not(target_os = "plan9"))]
    #[on(install)]
    fn install(&mut self) {}

    #[cfg(target_os = "plan9")]
    #[on(start)]
    fn start(&mut self) {}

    #[cfg(target_os = "plan9")]
    #[on(any)]
    fn reconcile(&mut self) {}

    #[cfg(target_os = "plan9")]
    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

#[cfg(target_os = "plan9")]
#[charm(metadata = "plain.yaml")]
impl Hello {
    #[on(stop)]
    fn stop(&mut self) {}
}

fn main() {
    let table = <Hello as charm_runtime::Charm>::TABLE;
    let handled: Vec<_> = table.events.iter().filter(|row| !row.handlers.is_empty()).collect();
    assert_eq!(handled.len(), 1);
    assert_eq!((handled[0].name, handled[0].handlers.len()), ("install", 1));
    assert!(table.any.is_empty() && table.status.is_empty());
}

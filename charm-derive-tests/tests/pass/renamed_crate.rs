//! A charm that knows the runtime by another name.

extern crate charm_runtime as juju;

use juju::prelude::*;

#[derive(Databag)]
#[databag(crate = juju)]
pub struct Request {
    pub database: String,
}

#[charm(crate = juju, metadata = "machine.yaml", endpoint(database, local = Request))]
#[derive(Default)]
pub struct Hello {
    greeted: Stored<u32>,
}

#[charm(crate = juju, metadata = "machine.yaml")]
impl Hello {
    #[on(install)]
    fn install(&mut self, config: &Config, cause: &Cause) -> Result<Outcome> {
        let _ = (config, cause);
        self.greeted.set(1);
        Ok(Outcome::done())
    }

    #[on(relation_changed = "k8s-service")]
    fn service(&mut self, _event: RelationChanged<endpoint::K8sService>) {}

    #[on(storage_attached = "data")]
    fn storage(&mut self, _event: StorageAttached<storage::Data>) {}

    #[on(any)]
    fn reconcile(&mut self) {}

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }

    #[status(app)]
    fn app_status(&self, _leader: Leader) -> Status {
        Status::active("")
    }
}

mod by_path {
    use juju::prelude::*;

    mod runtime {
        pub use juju::*;
    }

    #[charm(crate = crate::by_path::runtime, metadata = "machine.yaml")]
    #[derive(Default)]
    pub struct Nested;

    #[charm(crate = crate::by_path::runtime, metadata = "machine.yaml")]
    impl Nested {
        #[on(start)]
        fn start(&mut self, _event: Start) {}
    }
}

fn main() {
    assert_eq!(<Hello as juju::Charm>::NAME, "hello");
    assert_eq!(<by_path::Nested as juju::Charm>::NAME, "hello");
}

//! Impl blocks in modules of their own: they reach the charm by path or by import.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
pub struct Hello;

mod lifecycle {
    use super::{Config, Hello};
    use charm_runtime::prelude::*;

    #[charm(metadata = "machine.yaml")]
    impl Hello {
        #[on(install)]
        fn install(&mut self) {}

        #[on(install)]
        fn then(&mut self) {}

        #[on(config_changed)]
        fn configure(&mut self, _config: &Config) {}
    }
}

mod relations {
    use super::*;

    #[charm(metadata = "machine.yaml")]
    impl Hello {
        #[on(relation_changed = "database")]
        fn database(&mut self, _event: RelationChanged<endpoint::Database>) {}
    }

    pub mod deeper {
        use charm_runtime::prelude::*;

        #[charm(metadata = "machine.yaml")]
        impl crate::Hello {
            #[on(relation_broken = "database")]
            fn database_gone(&mut self) {}
        }
    }
}

#[charm(metadata = "machine.yaml")]
impl self::Hello {
    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

fn main() {
    let table = <Hello as charm_runtime::Charm>::TABLE;
    let ids = |event: &str| -> Vec<&str> {
        let row = table.events.iter().find(|row| row.name == event).expect("an event");
        row.handlers.iter().map(|handler| handler.id).collect()
    };
    assert_eq!(ids("install"), ["install", "then"]);
    assert_eq!(ids("config-changed"), ["configure"]);
    assert_eq!(ids("database-relation-changed"), ["database"]);
    assert_eq!(ids("database-relation-broken"), ["database_gone"]);
    assert_eq!(table.status.len(), 1);
}

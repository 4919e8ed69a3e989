//! Methods that find the unit's status and the application's.

use charm_runtime::prelude::*;

#[charm(metadata = "machine.yaml")]
#[derive(Default)]
pub struct Hello {
    ready: Stored<bool>,
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[status]
    fn status(&self, config: &Config) -> Result<Status> {
        config.port.or_blocked("set port")?;
        Ok(if *self.ready.get()? { Status::active("") } else { Status::waiting("ready") })
    }

    #[status]
    fn sometimes(&self, databases: Relations<endpoint::Database>) -> Option<Status> {
        databases.is_empty().then(|| Status::blocked("relate a database"))
    }

    #[status(app)]
    fn of_the_app(leader: Leader, cause: &Cause) -> Result<Option<Status>> {
        let _ = (leader, cause);
        Ok(None)
    }
}

fn main() {
    let table = <Hello as charm_runtime::Charm>::TABLE;
    assert_eq!(table.status.iter().map(|status| status.id).collect::<Vec<_>>(), ["status", "sometimes"]);
    assert_eq!(table.app_status[0].id, "of_the_app");
}

//! One method for everything, which is what most charms come down to.

use charm_runtime::prelude::*;

/// What this charm asks for.
#[derive(Databag)]
pub struct Request {
    greeting: String,
}

#[charm(metadata = "machine.yaml", log = debug, endpoint(k8s_service, local = Request))]
#[derive(Default)]
pub struct Hello {
    greeted: StoredMap<String, u32>,
}

#[charm(metadata = "machine.yaml")]
impl Hello {
    #[on(any)]
    fn reconcile(
        &mut self,
        config: Config,
        service: Option<Relation<endpoint::K8sService>>,
        databases: Relations<endpoint::Database>,
        leader: Option<Leader>,
        juju: &Juju,
    ) -> Result<()> {
        let service = service.or_blocked("relate a k8s-service")?;
        if let Some(leader) = &leader {
            service.local_app(leader).set(&Request { greeting: config.greeting })?;
        }
        let port = config.port.or_blocked("set port")?;
        for database in &databases {
            self.greeted.insert(&database.id().to_string(), &u32::try_from(port)?)?;
        }
        let _ = juju;
        Ok(())
    }
}

fn main() {
    let table = <Hello as charm_runtime::Charm>::TABLE;
    assert_eq!(table.any.len(), 1);
    assert!(table.events.iter().all(|row| row.handlers.is_empty()));
}

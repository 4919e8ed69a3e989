//! The requiring side of the interface k8s-service: uses a service that another application provides.

use charm_runtime::prelude::*;
use serde::{Deserialize, Serialize};

/// The charm.
#[charm]
#[derive(Default)]
pub struct Requirer {
    service: Stored<Option<Service>>,
}

/// Where the service is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Service {
    name: String,
    port: u16,
}

#[charm]
impl Requirer {
    #[on(install)]
    fn install(&mut self, unit: &Unit) -> Result<()> {
        info!("{} is here", unit.name()?);
        Ok(())
    }

    #[on(relation_changed = "k8s-service")]
    fn service(&mut self, event: RelationChanged<endpoint::K8sService>) -> Result<()> {
        let databag = event.relation.remote_app()?;
        // Both keys come together; until then there is nothing to use.
        let (Some(name), Some(port)) = (databag.get("service-name"), databag.get("service-port")) else {
            return Ok(());
        };
        let port = port.parse().with_context(|| format!("service-port of {:?}", event.relation))?;
        let service = Some(Service { name: name.clone(), port });
        if *self.service.get()? != service {
            info!("the service is {name}:{port}");
            self.service.set(service);
        }
        Ok(())
    }

    #[on(relation_broken = "k8s-service")]
    fn gone(&mut self) {
        self.service.set(None);
    }

    #[status]
    fn status(&self, relation: Option<Relation<endpoint::K8sService>>) -> Result<Status> {
        let service = self.service.get()?.as_ref();
        Ok(match (relation, service) {
            (_, Some(service)) => Status::active(format!("using {}:{}", service.name, service.port)),
            (Some(_), None) => Status::waiting("the service's address"),
            (None, None) => Status::blocked("relate a k8s-service"),
        })
    }
}

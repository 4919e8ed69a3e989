//! The requiring side of the interface k8s-service: uses a service that another application provides.

use charm_runtime::prelude::*;
use serde::{Deserialize, Serialize};

/// Where the service is: plain text in the other application's databag. The same is kept here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Databag)]
#[databag(raw)]
pub struct Service {
    /// The key `service-name`.
    pub service_name: String,
    /// The key `service-port`.
    pub service_port: u16,
}

/// The charm.
#[charm(endpoint(k8s_service, remote = Service))]
#[derive(Default)]
pub struct Requirer {
    service: Stored<Option<Service>>,
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
        // Both keys come together; until then there is nothing to use.
        let Some(service) = event.relation.remote_app().load()? else { return Ok(()) };
        if self.service.get()?.as_ref() != Some(&service) {
            info!("the service is {}:{}", service.service_name, service.service_port);
            self.service.set(Some(service));
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
            (_, Some(service)) => {
                Status::active(format!("using {}:{}", service.service_name, service.service_port))
            }
            (Some(_), None) => Status::waiting("the service's address"),
            (None, None) => Status::blocked("relate a k8s-service"),
        })
    }
}

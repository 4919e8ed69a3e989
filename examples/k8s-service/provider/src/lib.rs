//! The providing side of the interface k8s-service: tells related applications where a service is.

use charm_runtime::prelude::*;

/// What the leader tells of the service: plain text, as the interface has had it from its beginning.
#[derive(Debug, Databag)]
#[databag(raw)]
pub struct Service {
    /// The key `service-name`.
    pub service_name: String,
    /// The key `service-port`.
    pub service_port: u16,
}

/// The charm. It keeps no state: all that it says follows from its options.
#[charm(endpoint(k8s_service, local = Service), option(service_port = u16))]
#[derive(Default)]
pub struct Provider;

#[charm]
impl Provider {
    #[on(install)]
    fn install(&mut self, unit: &Unit) -> Result<()> {
        info!("{} is here", unit.name()?);
        Ok(())
    }

    /// Whatever may change what is published: a new relation, new options, a new leader.
    #[on(relation_created = "k8s-service")]
    #[on(config_changed)]
    #[on(leader_elected)]
    fn publish(
        &mut self,
        relations: Relations<endpoint::K8sService>,
        leader: Option<Leader>,
        app: &App,
        config: &Config,
    ) -> Result<()> {
        // Only the leader may write for the application.
        let Some(leader) = leader else { return Ok(()) };
        let service = Service { service_name: app.name()?.to_owned(), service_port: config.service_port };
        for relation in &relations {
            relation.local_app(&leader).set(&service)?;
        }
        Ok(())
    }

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

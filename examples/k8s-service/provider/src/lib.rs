//! The providing side of the interface k8s-service: tells related applications where a service is.

use charm_runtime::prelude::*;

/// The charm. It keeps no state: all that it says follows from its options.
#[charm]
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
        services: Relations<endpoint::K8sService>,
        leader: Option<Leader>,
        app: &App,
        config: &Config,
    ) -> Result<()> {
        // Only the leader may write for the application.
        let Some(leader) = leader else { return Ok(()) };
        for relation in services {
            let databag = relation.local_app(&leader)?;
            databag.set("service-name", app.name()?)?;
            databag.set("service-port", config.service_port.to_string())?;
        }
        Ok(())
    }

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

//! Both sides of the interface in one model, in every order that can be thought of.

use charm_runtime::Status;
use charm_testing::LocalJuju;
use charm_testing::explore::{Act, Explore, FindingKind};
use charm_testing::local::JujuError;
use charm_testing::transition::ShownStatus;
use k8s_service_provider::Provider;
use k8s_service_requirer::Requirer;

/// A provider as one writes it on the first day: it tells of its service when an application comes, or when its options
/// change. That no unit may lead while it runs one of these hooks, it doesn't think of.
mod forgetful {
    use charm_runtime::prelude::*;
    use k8s_service_provider::Service;

    #[charm(
        metadata = "../../provider/charmcraft.yaml",
        endpoint(k8s_service, local = Service),
        option(service_port = u16)
    )]
    #[derive(Default)]
    pub struct Provider;

    #[charm(metadata = "../../provider/charmcraft.yaml")]
    impl Provider {
        #[on(relation_created = "k8s-service")]
        #[on(config_changed)]
        fn publish(
            &mut self,
            relations: Relations<endpoint::K8sService>,
            leader: Option<Leader>,
            app: &App,
            config: &Config,
        ) -> Result<()> {
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
}

fn explore<P: charm_runtime::Charm>() -> Explore<'static> {
    let setup = |juju: &mut LocalJuju| -> Result<(), JujuError> {
        juju.deploy::<P>("store", 2)?;
        juju.deploy::<Requirer>("web", 2)?;
        juju.integrate("store", "web")?;
        Ok(())
    };
    Explore::new(setup)
        .acts([
            Act::configure("store", "service-port", "8080"),
            Act::configure("store", "service-port", "9090"),
            Act::add_unit("store"),
            Act::remove_unit("store"),
            Act::add_unit("web"),
            Act::remove_unit("web"),
            Act::remove_relation("store", "web"),
            Act::integrate("store", "web"),
        ])
        .at_rest("requirers know the service", knows_the_service)
}

fn knows_the_service(juju: &LocalJuju) -> Result<(), String> {
    let is_related = juju.model().relations().next().is_some();
    let is_provided = juju.units("store").next().is_some();
    let port = juju.model().config("store")["service-port"].clone().map(|port| port.to_string());
    let expected = match (is_related, is_provided, port) {
        (false, ..) => Status::blocked("relate a k8s-service"),
        (true, true, Some(port)) => Status::active(format!("using store:{port}")),
        // Without a unit nobody says anything new.
        _ => return Ok(()),
    };
    match juju.units("web").find(|unit| unit.status() != expected) {
        Some(unit) => Err(format!(
            "{} shows {}, not {}",
            unit.name(),
            unit.status(),
            ShownStatus::from(expected.clone())
        )),
        None => Ok(()),
    }
}

#[test]
fn whatever_happens_requirers_know_the_service() {
    explore::<Provider>().run(0..40);
}

#[test]
fn hooks_can_be_run_once_more() {
    explore::<Provider>().twice().run(0..30);
}

#[test]
fn a_provider_that_forgets_new_leaders_is_found_out() {
    let finding = explore::<forgetful::Provider>().find(0..100).expect("it has a fault that shows by chance");

    assert_eq!(*finding.kind(), FindingKind::AtRest("requirers know the service".to_owned()));
    assert!(finding.steps().len() <= 8, "{finding}");
    assert!(finding.steps().any(|step| step.contains("leadership")), "{finding}");
    // The same steps break it again, and not the one that is right.
    let again = explore::<forgetful::Provider>().find([finding.seed()]).unwrap();
    assert_eq!(again.to_string(), finding.to_string());
    explore::<Provider>().replay(&finding.replay());
}

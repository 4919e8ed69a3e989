//! The web application with its database, in one model.

use charm_runtime::Status;
use charm_testing::local::JujuError;
use charm_testing::{LocalJuju, on};
use example_database::Database;
use example_webapp::{Webapp, action, endpoint};

fn site() -> Result<LocalJuju, JujuError> {
    let mut juju = LocalJuju::new();
    juju.deploy::<Webapp>("webapp", 2)?;
    juju.deploy::<Database>("database", 2)?;
    juju.integrate("webapp", "database")?;
    juju.configure("webapp", [("external-hostname", "webapp.example")])?;
    juju.settle()?;
    Ok(juju)
}

#[test]
fn all_units_serve_once_the_database_has_answered() -> Result<(), JujuError> {
    let juju = site()?;

    assert!(juju.units("webapp").all(|unit| unit.status() == Status::active("")));
    assert_eq!(juju.unit("database/0").status(), Status::active("clients: 1"));
    let offer = juju.unit("webapp/1").relation::<endpoint::Database>().remote_app().unwrap();
    assert!(offer.endpoint.ends_with(":5432"), "{}", offer.endpoint);
    assert!(juju.logged("as webapp"));
    Ok(())
}

#[test]
fn another_port_of_the_database_reaches_the_site() -> Result<(), JujuError> {
    let mut juju = site()?;
    juju.configure("database", [("port", "5433")])?;
    juju.settle()?;

    let offer = juju.unit("webapp/0").relation::<endpoint::Database>().remote_app().unwrap();
    assert!(offer.endpoint.ends_with(":5433"), "{}", offer.endpoint);
    Ok(())
}

#[test]
fn a_site_without_its_database_says_so() -> Result<(), JujuError> {
    let mut juju = site()?;
    juju.remove_relation("webapp", "database")?;
    juju.settle()?;

    assert!(juju.units("webapp").all(|unit| unit.status() == Status::blocked("relate a database")));
    assert_eq!(juju.model().secrets().filter(|secret| secret.label.starts_with("account")).count(), 0);
    Ok(())
}

#[test]
fn the_leader_makes_a_new_key_and_counts() -> Result<(), JujuError> {
    let mut juju = site()?;
    let leader = juju.leader("webapp").unwrap().name().to_string();

    let run = juju.run_action(&leader, on::action::<action::Rotate>().param("reason", "test"))?;

    assert_eq!((run.failure.as_deref(), run.result("times")), (None, Some("1")));
    Ok(())
}

#[test]
fn a_unit_that_goes_forgets() -> Result<(), JujuError> {
    let mut juju = site()?;
    let leader = juju.leader("webapp").unwrap().name().to_string();
    juju.run_action(&leader, on::action::<action::Rotate>())?;
    juju.remove_unit(&leader)?;
    juju.settle()?;

    let next = juju.leader("webapp").unwrap();
    assert_ne!(next.name().to_string(), leader);
    assert_eq!(next.status(), Status::active(""));
    Ok(())
}

#[test]
fn secrets_that_come_due_are_renewed() -> Result<(), JujuError> {
    let mut juju = site()?;
    let account = |juju: &LocalJuju| {
        juju.model().secrets().find(|secret| secret.label.starts_with("account")).cloned().unwrap()
    };
    let before = account(&juju);
    juju.rotate_secret(&before.id)?;
    juju.settle()?;
    assert_eq!(account(&juju).latest, before.latest + 1);

    juju.expire_secret(&before.id)?;
    let told = std::iter::from_fn(|| juju.step()).any(|ran| ran.hook.name() == "secret-expired");
    assert!(told, "its owner is told");
    Ok(())
}

//! The web application and its database, in every order that can be thought of.

use std::time::Duration;

use charm_runtime::Status;
use charm_testing::explore::{Act, Expectation, Explore};
use charm_testing::local::{JujuError, UnitView};
use charm_testing::model::JujuVersion;
use charm_testing::transition::ShownStatus;
use charm_testing::{LocalJuju, on};
use example_database::Database;
use example_webapp::{Webapp, action, endpoint};

fn explore() -> Explore<'static> {
    let setup = |juju: &mut LocalJuju| -> Result<(), JujuError> {
        juju.deploy::<Webapp>("webapp", 2)?;
        juju.deploy::<Database>("database", 2)?;
        juju.configure("webapp", [("external-hostname", "webapp.example")])?;
        juju.integrate("webapp", "database")?;
        Ok(())
    };
    Explore::new(setup)
        .acts([
            Act::configure("database", "port", "5433"),
            Act::configure("webapp", "port", "8081"),
            Act::add_unit("webapp"),
            Act::remove_unit("webapp"),
            Act::add_unit("database"),
            Act::remove_unit("database"),
            Act::remove_relation("webapp", "database"),
            Act::integrate("webapp", "database"),
            Act::run_action("webapp", on::action::<action::Rotate>()),
            Act::advance(Duration::from_secs(31 * 24 * 60 * 60)),
        ])
        .without(Expectation::NoError)
        .at_rest("no unit is in error", no_unit_is_in_error)
        .at_rest("every unit serves", every_unit_serves)
        .at_rest("an account goes with its relation", |juju: &LocalJuju| {
            // Without a unit nobody removes anything.
            let has_units = juju.units("database").next().is_some();
            if !has_units || juju.all_units().any(|unit| waits_for_the_operator(&unit)) {
                return Ok(());
            }
            let accounts = juju.model().secrets().filter(|secret| secret.label.starts_with("account"));
            let relations = juju.model().relations().count();
            let accounts = accounts.count();
            if accounts <= relations {
                Ok(())
            } else {
                Err(format!("{accounts} accounts for {relations} relations"))
            }
        })
        .always("one key for sessions", |juju: &LocalJuju| {
            juju.model().secrets().filter(|secret| secret.label == "session-key").count() <= 1
        })
}

/// Juju refuses the first grant over a relation that has been removed, of which it tells no charm before the hook that is
/// refused has succeeded: such a unit waits for `juju resolved --no-retry`, whoever wrote its charm.
fn waits_for_the_operator(unit: &UnitView<'_>) -> bool {
    unit.unit().failure.as_ref().is_some_and(|failure| failure.cause.ends_with("relation not alive"))
}

fn no_unit_is_in_error(juju: &LocalJuju) -> Result<(), String> {
    let failed = |unit: &UnitView<'_>| unit.unit().failure.is_some() && !waits_for_the_operator(unit);
    juju.all_units()
        .find(failed)
        .map_or(Ok(()), |unit| Err(format!("{} shows {}", unit.name(), unit.status())))
}

fn every_unit_serves(juju: &LocalJuju) -> Result<(), String> {
    if juju.all_units().any(|unit| waits_for_the_operator(&unit)) {
        return Ok(());
    }
    let is_related = juju.model().relations().next().is_some();
    let is_answered = juju.units("database").next().is_some();
    for unit in juju.units("webapp") {
        let expected = match (is_related, is_answered) {
            (false, _) => Status::blocked("relate a database"),
            (true, true) => Status::active(""),
            // Without a unit the database says nothing new.
            (true, false) => continue,
        };
        if unit.status() != expected {
            return Err(format!(
                "{} shows {}, not {}",
                unit.name(),
                unit.status(),
                ShownStatus::from(expected.clone())
            ));
        }
        if is_related && is_answered {
            let offer = unit.relation::<endpoint::Database>().remote_app();
            let port = juju.model().config("database")["port"].clone().map(|port| format!(":{port}"));
            if !offer.is_some_and(|offer| port.is_some_and(|port| offer.endpoint.ends_with(&port))) {
                return Err(format!("{} is told of another port", unit.name()));
            }
        }
    }
    Ok(())
}

#[test]
fn whatever_happens_the_site_is_served() {
    explore().run(0..40);
}

#[test]
fn so_it_is_with_juju_4() {
    explore().version(JujuVersion::V4_0).run(0..40);
}

#[test]
fn hooks_can_be_run_once_more() {
    // Who rotates twice has rotated twice.
    explore().twice_except(["secret-rotate"]).run(0..20);
}

/// What was found once, and is mended: each a seed's steps, shortened.
#[test]
fn what_was_found_stays_mended() {
    // The leader lost its leadership before it had removed the account of a relation that broke.
    explore().replay("0: rest act6 act4 database/1!lead0");
    // A leader that was removed took the accounts of those who stayed with it.
    explore().replay("22: rest act5 database/0 lead:database/0");
    // An action made a unit active whose database was gone.
    explore().replay("4: act6 rest act8");
    // A unit in error that leads no more has nothing to try again.
    explore().replay("328: act4 rest lead:database/2 database/2!lead2");
}

//! Who and where a unit is, and what is around it: identity, resources, networks, plans.

mod agent_support;

use agent_support::Agent;
use charm_runtime::prelude::*;
use charm_runtime::{Exit, JujuVersion, ResourceKind, ResourceName};

#[charm(metadata_str = "{name: a, summary: s, description: d, extra-bindings: {admin: null},
    requires: {db: {interface: pg, limit: 1}},
    resources: {tool: {type: file, filename: t.tar}, app-image: {type: oci-image}}}")]
#[derive(Default)]
struct Charm;

#[charm(metadata_str = "{name: a, summary: s, description: d, extra-bindings: {admin: null},
    requires: {db: {interface: pg, limit: 1}},
    resources: {tool: {type: file, filename: t.tar}, app-image: {type: oci-image}}}")]
impl Charm {
    #[on(install)]
    fn who(&mut self, unit: &Unit, app: App, model: &Model, owned: Model, juju: &Juju) -> Result<()> {
        ensure!(
            unit.name()? == "a/0" && unit.number()? == 0 && unit.app_name()? == "a" && app.name()? == "a"
        );
        ensure!(model.name()? == "lab" && owned.uuid()? == "1-2-3");
        info!(
            "machine {:?} zone {:?} principal {:?}",
            unit.machine_id()?,
            unit.availability_zone()?,
            unit.principal()?
        );
        ensure!(juju.version()? == JujuVersion::new(3, 6, 11));
        Ok(())
    }

    #[on(start)]
    fn fetch(&mut self, tool: Resource<resource::Tool>, image: Resource<resource::AppImage>) -> Result<()> {
        let tool = tool.path()?.or_blocked("attach the resource `tool`")?;
        info!("{} {:?}", tool.display(), image.path()?);
        Ok(())
    }

    #[on(config_changed)]
    fn reach(
        &mut self,
        db: Option<Relation<endpoint::Db>>,
        at: Network<endpoint::Db>,
        admin: Network<binding::Admin>,
    ) -> Result<()> {
        let relation = db.context("related")?;
        info!("{:?}", at.info_for(&relation)?.ingress_address());
        // Asked anew each time: it may have changed.
        at.info()?;
        at.info()?;
        info!("{:?}", admin.info()?.bind_address());
        Ok(())
    }

    #[on(update_status)]
    fn plan(&mut self, app: &App, unit: &Unit, leader: Option<Leader>) -> Result<()> {
        info!("{} planned, {:?}", app.planned_units()?, unit.status()?.name);
        unit.set_status(&Status::active("up"))?;
        ensure!(unit.status()?.as_status() == Some(Status::active("up")));
        let leader = leader.context("a leader")?;
        info!("{:?}", app.status(&leader)?.units["a/1"].message);
        unit.set_workload_version("1.2")?;
        Ok(())
    }
}

#[test]
fn the_environment_says_who_and_where() {
    let agent = Agent::default();
    let model = [("JUJU_MODEL_NAME", "lab"), ("JUJU_MODEL_UUID", "1-2-3"), ("JUJU_VERSION", "3.6.11")];
    let places =
        [("JUJU_MACHINE_ID", "0/lxd/1"), ("JUJU_AVAILABILITY_ZONE", "z1"), ("JUJU_PRINCIPAL_UNIT", "b/7")];
    let variables: Vec<_> = model.into_iter().chain(places).collect();
    assert_eq!(agent.dispatch::<Charm>("hooks/install", &variables), Exit::Success, "{}", agent.log());
    assert!(agent.log().contains(r#"machine Some("0/lxd/1") zone Some("z1") principal Some("b/7")"#));
    assert_eq!(agent.calls(), [""; 0]);

    let places = [("JUJU_MACHINE_ID", ""), ("JUJU_PRINCIPAL_UNIT", "")];
    let variables: Vec<_> = model.into_iter().chain(places).collect();
    assert_eq!(agent.dispatch::<Charm>("hooks/install", &variables), Exit::Success);
    assert!(agent.log().contains("machine None zone None principal None"));

    assert_eq!(agent.dispatch::<Charm>("hooks/install", &model[1..]), Exit::Failure);
    assert!(agent.log().contains("JUJU_MODEL_NAME"), "{}", agent.log());
}

#[test]
fn a_resource_is_a_file_or_absent() {
    assert_eq!((resource::AppImage::NAME, resource::AppImage::KIND), ("app-image", ResourceKind::OciImage));
    assert_eq!(resource::Tool::KIND, ResourceKind::File);
    let agent = Agent::default()
        .answer("resource-get tool", "/r/t.tar")
        .refuse("resource-get app-image", "could not download resource: resource#a/app-image not found");
    assert_eq!(agent.dispatch::<Charm>("hooks/start", &[]), Exit::Success, "{}", agent.log());
    assert!(agent.log().contains("/r/t.tar None"), "{}", agent.log());
    let agent = agent.refuse("resource-get tool", "could not download resource: connection is shut down");
    assert_eq!(agent.dispatch::<Charm>("hooks/start", &[]), Exit::Failure);
}

#[test]
fn networks_are_asked_for_anew() {
    let of_relation = "network-get --format=json -r db:1 db";
    let of_endpoint = "network-get --format=json db";
    let agent = Agent::default()
        .answer("relation-ids --format=json db", r#"["db:1"]"#)
        .answer(of_relation, r#"{"ingress-addresses":["lb.example.com"]}"#)
        .answer(of_endpoint, "{}")
        .answer(
            "network-get --format=json admin",
            r#"{"bind-addresses":[{"addresses":[{"value":"10.0.0.1"}]}]}"#,
        );
    assert_eq!(agent.dispatch::<Charm>("hooks/config-changed", &[]), Exit::Success, "{}", agent.log());
    let asked = [of_relation, of_endpoint, of_endpoint, "network-get --format=json admin"];
    assert_eq!(agent.calls()[1..], asked);
    assert!(agent.log().contains("lb.example.com") && agent.log().contains("10.0.0.1"), "{}", agent.log());
}

#[test]
fn plans_and_statuses_are_read() {
    let units =
        r#"{"units":{"a/0":{"status":"active"},"a/1":{"status":"allocating"},"a/2":{"status":"dying"}}}"#;
    let agent = Agent::default()
        .answer("goal-state --format=json", units)
        .answer("status-get --include-data --format=json", r#"{"status":"unknown"}"#)
        .answer("is-leader --format=json", "true")
        .answer(
            "status-get --include-data --format=json --application",
            r#"{"application-status":{"status":"active","units":{"a/1":{"status":"waiting","message":"for db"}}}}"#,
        );
    assert_eq!(agent.dispatch::<Charm>("hooks/update-status", &[]), Exit::Success, "{}", agent.log());
    assert!(
        agent.log().contains("2 planned, \"unknown\"") && agent.log().contains("for db"),
        "{}",
        agent.log()
    );
    assert!(agent.calls().contains(&"application-version-set -- 1.2".to_owned()));
}

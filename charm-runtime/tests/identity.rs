//! Who and where a unit is, and what is around it: identity, resources, networks, plans.

mod agent;

use agent::Agent;
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
    let ran = agent.hook_with::<Charm>("install", &variables);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert!(ran.log().contains(r#"machine Some("0/lxd/1") zone Some("z1") principal Some("b/7")"#));
    assert_eq!(ran.asked(), [""; 0]);

    let places = [("JUJU_MACHINE_ID", ""), ("JUJU_PRINCIPAL_UNIT", "")];
    let variables: Vec<_> = model.into_iter().chain(places).collect();
    let ran = agent.hook_with::<Charm>("install", &variables);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert!(ran.log().contains("machine None zone None principal None"));

    let ran = agent.hook_with::<Charm>("install", &model[1..]);
    assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
    assert!(ran.log().contains("JUJU_MODEL_NAME"), "{}", ran.log());
}

#[test]
fn a_resource_is_a_file_or_absent() {
    assert_eq!((resource::AppImage::NAME, resource::AppImage::KIND), ("app-image", ResourceKind::OciImage));
    assert_eq!(resource::Tool::KIND, ResourceKind::File);
    let agent = Agent::default()
        .says("resource-get tool", "/r/t.tar")
        .refuses("resource-get app-image", "could not download resource: resource#a/app-image not found");
    let ran = agent.hook::<Charm>("start");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert!(ran.log().contains("/r/t.tar None"), "{}", ran.log());
    let agent = agent.refuses("resource-get tool", "could not download resource: connection is shut down");
    let ran = agent.hook::<Charm>("start");
    assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
}

#[test]
fn networks_are_asked_for_anew() {
    let of_relation = "network-get --format=json -r db:1 db";
    let of_endpoint = "network-get --format=json db";
    let agent = Agent::default()
        .says("relation-ids --format=json db", r#"["db:1"]"#)
        .says(of_relation, r#"{"ingress-addresses":["lb.example.com"]}"#)
        .says(of_endpoint, "{}")
        .says(
            "network-get --format=json admin",
            r#"{"bind-addresses":[{"addresses":[{"value":"10.0.0.1"}]}]}"#,
        );
    let ran = agent.hook::<Charm>("config-changed");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    let asked = [of_relation, of_endpoint, of_endpoint, "network-get --format=json admin"];
    assert_eq!(ran.asked()[1..], asked);
    assert!(ran.log().contains("lb.example.com") && ran.log().contains("10.0.0.1"), "{}", ran.log());
}

#[test]
fn plans_and_statuses_are_read() {
    let units =
        r#"{"units":{"a/0":{"status":"active"},"a/1":{"status":"allocating"},"a/2":{"status":"dying"}}}"#;
    let agent = Agent::default()
        .says("goal-state --format=json", units)
        .says("status-get --include-data --format=json", r#"{"status":"unknown"}"#)
        .says("is-leader --format=json", "true")
        .says(
            "status-get --include-data --format=json --application",
            r#"{"application-status":{"status":"active","units":{"a/1":{"status":"waiting","message":"for db"}}}}"#,
        );
    let ran = agent.hook::<Charm>("update-status");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert!(ran.log().contains("2 planned, \"unknown\"") && ran.log().contains("for db"), "{}", ran.log());
    assert!(ran.asked().contains(&"application-version-set -- 1.2".to_owned()));
}

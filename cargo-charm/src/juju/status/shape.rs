//! What `juju status --format json` says.

use std::collections::{BTreeMap, BTreeSet};

use charm_testing::model::{Application, Life, Model, Moment, Storage, Unit};
use serde::Serialize;

use crate::juju::controller::CONTROLLER;
use crate::juju::place::Place;
use crate::juju::record::{Deployed, Record};
use crate::juju::{cloud, output, time};

type Map<T> = BTreeMap<String, T>;

/// All of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Status {
    model: ModelStatus,
    machines: Map<Machine>,
    applications: Map<ApplicationStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<Storages>,
    controller: Controller,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "they are Juju's names")]
struct ModelStatus {
    name: String,
    r#type: &'static str,
    controller: &'static str,
    cloud: String,
    region: String,
    version: String,
    model_status: Info,
    #[serde(skip_serializing_if = "str::is_empty")]
    sla: &'static str,
}

/// A status with its time.
#[derive(Debug, Default, Clone, Serialize)]
struct Info {
    current: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    since: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    version: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "they are Juju's names")]
struct Machine {
    juju_status: Info,
    hostname: String,
    dns_name: String,
    ip_addresses: Vec<String>,
    instance_id: String,
    machine_status: Info,
    modification_status: Info,
    base: Base,
    constraints: String,
    hardware: String,
}

#[derive(Debug, Clone, Serialize)]
struct Base {
    name: String,
    channel: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(clippy::struct_field_names, reason = "they are Juju's names")]
struct ApplicationStatus {
    charm: String,
    base: Base,
    charm_origin: &'static str,
    charm_name: String,
    charm_rev: u32,
    /// Only on Kubernetes.
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<usize>,
    exposed: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    life: &'static str,
    application_status: Info,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    relations: Map<Vec<RelationStatus>>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    subordinate_to: BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    units: Map<UnitStatus>,
    #[serde(skip_serializing_if = "String::is_empty")]
    version: String,
    endpoint_bindings: Map<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct RelationStatus {
    related_application: String,
    interface: String,
    scope: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct UnitStatus {
    workload_status: Info,
    juju_status: Info,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    leader: bool,
    #[serde(flatten)]
    place: Place,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    open_ports: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    subordinates: Map<UnitStatus>,
}

#[derive(Debug, Serialize)]
struct Storages {
    storage: Map<StorageStatus>,
}

#[derive(Debug, Serialize)]
struct StorageStatus {
    kind: String,
    life: &'static str,
    status: Info,
    persistent: bool,
    attachments: Attachments,
}

#[derive(Debug, Serialize)]
struct Attachments {
    units: Map<Attachment>,
}

#[derive(Debug, Serialize)]
struct Attachment {
    #[serde(skip_serializing_if = "String::is_empty")]
    machine: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    life: &'static str,
}

#[derive(Debug, Serialize)]
struct Controller {
    timestamp: String,
}

impl Info {
    fn new(current: impl Into<String>, message: impl Into<String>, since: Moment) -> Self {
        Self {
            current: current.into(),
            message: message.into(),
            since: time::since(since),
            version: String::new(),
        }
    }

    fn running(self, version: &str) -> Self {
        Self { version: version.to_owned(), ..self }
    }
}

impl Status {
    /// The status of what the selectors name, or of all if there is none.
    pub(super) fn of(record: &Record, selectors: &[String]) -> Self {
        let model = &record.model;
        let selected = |unit: &Unit| {
            let machine = unit.machine.to_string();
            let names = [&unit.name.to_string(), unit.name.application(), &machine];
            selectors.is_empty() || selectors.iter().any(|selector| names.contains(&selector.as_str()))
        };
        let applications = model.applications().filter(|application| {
            selectors.is_empty()
                || selectors.contains(&application.name)
                || model.units_of(&application.name).any(selected)
        });
        let applications: Map<_> = applications
            .map(|application| {
                (application.name.clone(), ApplicationStatus::of(record, application, &selected))
            })
            .collect();
        let machines = model
            .units()
            .filter(|unit| !cloud::is_kubernetes(model) && unit.principal.is_none() && selected(unit))
            .map(|unit| (unit.machine.to_string(), Machine::of(record, unit)));
        let storage: Map<_> = model
            .units()
            .filter(|unit| selected(unit))
            .flat_map(|unit| {
                model
                    .storages_of(&unit.name)
                    .map(|storage| (storage.id.to_string(), StorageStatus::of(model, unit, storage)))
            })
            .collect();
        Self {
            model: ModelStatus {
                name: model.name().to_owned(),
                r#type: cloud::model_type(model),
                controller: CONTROLLER,
                cloud: model.cloud().name.clone(),
                region: model.cloud().region.clone(),
                version: model.version().to_string(),
                model_status: Info::new("available", "", Moment::default()),
                sla: if model.version().major < 4 { "unsupported" } else { "" },
            },
            machines: machines.collect(),
            applications,
            storage: (!storage.is_empty()).then_some(Storages { storage }),
            controller: Controller { timestamp: time::of_day(model.now()) },
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.applications.is_empty()
    }

    /// The applications and units that were selected, for people.
    pub(super) fn lines(&self) -> String {
        let mut rows =
            vec![output::row(["Name", "Workload", "Agent", "Machine", "Public address", "Message"])];
        for (name, application) in &self.applications {
            let status = &application.application_status;
            rows.push(output::row([name, &status.current, "", "", "", &status.message]));
            for (name, unit) in &application.units {
                let name = format!("{name}{}", if unit.leader { "*" } else { "" });
                let workload = &unit.workload_status;
                rows.push(output::row([
                    &name,
                    &workload.current,
                    &unit.juju_status.current,
                    unit.place.machine(),
                    unit.place.address(),
                    &workload.message.replace('\n', " "),
                ]));
            }
        }
        output::table(&rows)
    }
}

fn life(life: Life) -> &'static str {
    match life {
        Life::Alive => "",
        Life::Dying => "dying",
    }
}

impl Machine {
    fn of(record: &Record, unit: &Unit) -> Self {
        let model = &record.model;
        let name = format!("juju-{}-{}", &model.uuid()[model.uuid().len() - 6..], unit.machine);
        let base = Base::of(record.applications.get(unit.name.application()));
        Self {
            juju_status: Info::new("started", "", Moment::default()).running(&model.version().to_string()),
            hostname: name.clone(),
            dns_name: unit.address.to_string(),
            ip_addresses: vec![unit.address.to_string()],
            instance_id: name,
            machine_status: Info::new("running", "Running", Moment::default()),
            modification_status: Info::new("applied", "", Moment::default()),
            base,
            constraints: "arch=amd64".to_owned(),
            hardware: "arch=amd64".to_owned(),
        }
    }
}

impl Base {
    fn of(deployed: Option<&Deployed>) -> Self {
        let base = deployed.and_then(|deployed| deployed.base.split_once('@')).unwrap_or(("ubuntu", "24.04"));
        Self { name: base.0.to_owned(), channel: base.1.trim_end_matches("/stable").to_owned() }
    }
}

impl ApplicationStatus {
    fn of(record: &Record, application: &Application, selected: &dyn Fn(&Unit) -> bool) -> Self {
        let (model, name) = (&record.model, &application.name);
        let deployed = record.applications.get(name);
        let mut relations: Map<Vec<RelationStatus>> = Map::new();
        let mut subordinate_to = BTreeSet::new();
        for relation in model.relations() {
            let (Some(own), Some(remote)) = (relation.end_of(name), relation.remote_of(name)) else {
                continue;
            };
            relations.entry(own.endpoint.clone()).or_default().push(RelationStatus {
                related_application: remote.application.clone(),
                interface: relation.interface.clone(),
                scope: if relation.container_scoped { "container" } else { "global" },
            });
            if relation.container_scoped && application.charm.metadata.subordinate {
                subordinate_to.insert(remote.application.clone());
            }
        }
        let endpoints = application.charm.metadata.endpoints.keys();
        Self {
            charm: deployed.map(Deployed::url).unwrap_or_default(),
            base: Base::of(deployed),
            charm_origin: "local",
            charm_name: application.charm.metadata.name.clone(),
            charm_rev: deployed.map_or(0, |deployed| deployed.revision),
            scale: cloud::is_kubernetes(model).then(|| model.units_of(name).count()),
            exposed: false,
            life: life(application.life),
            application_status: application_status(model, name),
            relations,
            subordinate_to,
            // Those of a subordinate stand with their principals.
            units: model
                .units_of(name)
                .filter(|unit| unit.principal.is_none())
                .filter(|unit| selected(unit) || model.subordinates_of(&unit.name).any(selected))
                .map(|unit| (unit.name.to_string(), UnitStatus::of(record, unit)))
                .collect(),
            version: application.version.clone(),
            endpoint_bindings: std::iter::once(String::new())
                .chain(endpoints.cloned())
                .map(|endpoint| (endpoint, "alpha"))
                .collect(),
        }
    }
}

/// An application with a unit in error shows the error, unless its leader has said something itself.
fn application_status(model: &Model, name: &str) -> Info {
    let status = model.application_status(name);
    let failed = model.units_of(name).find(|unit| unit.failure.is_some()).map(Unit::shown_status);
    let (kind, message) = failed.unwrap_or((status.kind, status.message));
    Info::new(kind.as_str(), message, status.since)
}

impl UnitStatus {
    fn of(record: &Record, unit: &Unit) -> Self {
        let model = &record.model;
        let (kind, message) = unit.shown_status();
        let idle_since = record.agents.get(&unit.name).copied().unwrap_or_default();
        let agent = Info::new(unit.agent.to_string(), "", idle_since);
        Self {
            workload_status: Info::new(kind.as_str(), message, unit.workload.since),
            juju_status: agent.running(&model.version().to_string()),
            leader: model.leader(unit.name.application()) == Some(&unit.name),
            place: Place::of(model, unit),
            open_ports: unit.ports().map(ToString::to_string).collect(),
            subordinates: model
                .subordinates_of(&unit.name)
                .map(|unit| (unit.name.to_string(), Self::of(record, unit)))
                .collect(),
        }
    }
}

impl StorageStatus {
    fn of(model: &Model, unit: &Unit, storage: &Storage) -> Self {
        let life = if storage.life == Life::Alive { "alive" } else { "dying" };
        let machine = if cloud::is_kubernetes(model) { String::new() } else { unit.machine.to_string() };
        let attachment = Attachment { machine, location: storage.location.clone(), life };
        let current = if storage.location.is_some() { "attached" } else { "pending" };
        Self {
            kind: match storage.kind {
                charm_meta::StorageKind::Block => "block",
                charm_meta::StorageKind::Filesystem => "filesystem",
            }
            .to_owned(),
            life,
            status: Info::new(current, "", model.now()),
            persistent: false,
            attachments: Attachments { units: Map::from([(unit.name.to_string(), attachment)]) },
        }
    }
}

//! `juju show-unit`.

use std::collections::BTreeMap;

use anyhow::Result;
use charm_testing::model::{Life, Relation, Unit, UnitName};
use serde::Serialize;

use super::output::Output;
use super::place::Place;
use super::record::{Deployed, Record};
use super::{Client, unit};

/// Show units with the databags of their relations
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(required = true)]
    units: Vec<String>,
    /// Leave out the databags
    #[arg(long)]
    app: bool,
    /// Only relations at this endpoint
    #[arg(long, value_name = "ENDPOINT")]
    endpoint: Option<String>,
    /// Only relations with this unit
    #[arg(long, value_name = "UNIT")]
    related_unit: Option<String>,
    #[command(flatten)]
    output: Output,
}

type Bag = BTreeMap<String, String>;

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Shown {
    #[serde(skip_serializing_if = "String::is_empty")]
    workload_version: String,
    #[serde(flatten)]
    place: Place,
    opened_ports: Vec<String>,
    charm: String,
    leader: bool,
    life: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relation_info: Vec<RelationInfo>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct RelationInfo {
    relation_id: u32,
    endpoint: String,
    related_endpoint: String,
    application_data: Bag,
    #[serde(skip_serializing_if = "Option::is_none")]
    local_unit: Option<UnitData>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    related_units: BTreeMap<String, UnitData>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct UnitData {
    in_scope: bool,
    data: Bag,
}

impl Shown {
    fn of(record: &Record, unit: &Unit, options: &Options) -> Self {
        let (model, application) = (&record.model, unit.name.application());
        let known = model.application(application);
        let relations =
            model.relations().filter_map(|relation| RelationInfo::of(record, relation, unit, options));
        Self {
            workload_version: known.map(|known| known.version.clone()).unwrap_or_default(),
            place: Place::of(model, unit),
            opened_ports: unit.ports().map(ToString::to_string).collect(),
            charm: record.applications.get(application).map(Deployed::url).unwrap_or_default(),
            leader: model.leader(application) == Some(&unit.name),
            life: if unit.life == Life::Alive { "alive" } else { "dying" },
            relation_info: if options.app { Vec::new() } else { relations.collect() },
        }
    }
}

impl RelationInfo {
    fn of(record: &Record, relation: &Relation, unit: &Unit, options: &Options) -> Option<Self> {
        let application = unit.name.application();
        let (own, remote) = (relation.end_of(application)?, relation.remote_of(application)?);
        if options.endpoint.as_ref().is_some_and(|endpoint| *endpoint != own.endpoint) {
            return None;
        }
        let data = |name: &UnitName| {
            let data = relation.unit_data(name).cloned();
            Some(UnitData { in_scope: relation.has_member(name), data: data? })
        };
        let related: BTreeMap<String, UnitData> = record
            .model
            .units_of(&remote.application)
            .filter(|other| other.name != unit.name)
            .filter_map(|other| Some((other.name.to_string(), data(&other.name)?)))
            .collect();
        if options.related_unit.as_ref().is_some_and(|other| !related.contains_key(other)) {
            return None;
        }
        Some(Self {
            relation_id: relation.id.0,
            endpoint: own.endpoint.clone(),
            related_endpoint: remote.endpoint.clone(),
            application_data: relation.application_data(&remote.application).cloned().unwrap_or_default(),
            local_unit: data(&unit.name),
            related_units: related,
        })
    }
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let mut shown = BTreeMap::new();
    for name in &options.units {
        let name = unit::find(&record.model, name)?;
        if let Some(unit) = record.model.unit(&name) {
            shown.insert(name.to_string(), Shown::of(&record, unit, options));
        }
    }
    options.output.show_yaml(client.out, &shown)
}

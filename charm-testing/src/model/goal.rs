//! The goal state: what the model will look like once all that was asked for is done.

use std::collections::BTreeMap;

use super::View;
use super::life::Life;
use super::unit::{Stage, Unit};

/// A unit or an application, and how far it is on its way.
pub type Goals = BTreeMap<String, GoalStatus>;

/// How far something is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalStatus {
    /// Juju's word for it.
    pub status: String,
    /// Since when, as Juju prints it; empty where Juju leaves it so.
    pub since: String,
}

/// The units of the application and, by endpoint, what it is related to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoalState {
    /// The application's own units.
    pub units: Goals,
    /// By endpoint, the applications and units at the other end.
    pub relations: BTreeMap<String, Goals>,
}

fn of_unit(unit: &Unit) -> GoalStatus {
    let status = match unit.life {
        Life::Dying => "dying".to_owned(),
        Life::Alive if unit.stage == Stage::New => "allocating".to_owned(),
        Life::Alive => unit.shown_status().0.to_string(),
    };
    GoalStatus { status, since: unit.workload.since.to_string() }
}

impl View<'_> {
    /// The goal state, read live at each call.
    pub fn goal_state(&self) -> GoalState {
        let application = self.context.unit().application();
        let own = self.model.units_of(application);
        let mut goals = GoalState {
            units: own.map(|unit| (unit.name.to_string(), of_unit(unit))).collect(),
            relations: BTreeMap::new(),
        };
        for relation in self.model.relations_of(application).filter(|relation| !relation.is_peer()) {
            let (Some(end), Some(remote)) = (relation.end_of(application), relation.remote_of(application))
            else {
                continue;
            };
            let at_endpoint = goals.relations.entry(end.endpoint.clone()).or_default();
            let joined = relation.scope.iter().any(|unit| unit.application() == remote.application);
            let status = match relation.life {
                Life::Dying => "broken",
                Life::Alive if joined => "joined",
                Life::Alive => "joining",
            };
            let since = self.model.now().to_string();
            at_endpoint.insert(remote.application.clone(), GoalStatus { status: status.to_owned(), since });
            let units = self.model.units_of(&remote.application);
            at_endpoint.extend(units.map(|unit| (unit.name.to_string(), of_unit(unit))));
        }
        goals
    }
}

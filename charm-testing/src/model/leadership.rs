//! Leadership of an application: a lease that the leader's agent renews as long as it lives.

use std::time::Duration;

use super::error::ModelError;
use super::life::Life;
use super::name::UnitName;
use super::resolve::unknown_unit;
use super::status::AgentStatus;
use super::{Model, View};

/// For how long a lease is claimed. Juju's agents renew it after half of that, so what `is-leader` says holds for 30 s.
const LEASE: Duration = Duration::from_secs(60);

impl Model {
    /// The leader of `application`.
    pub fn leader(&self, application: &str) -> Option<&UnitName> {
        self.applications.get(application)?.leader.as_ref()
    }

    /// Gives an application without a leader one of its units; which one, the seed says.
    pub(crate) fn elect_leader(&mut self, application: &str) {
        let led = self.leader(application).is_some_and(|leader| self.units.contains_key(leader));
        let Some(known) = self.applications.get_mut(application).filter(|_| !led) else { return };
        let units = self.units.range(UnitName::all_of(application)).map(|(_, unit)| unit);
        let can_claim = units.filter(|unit| unit.life == Life::Alive && unit.agent != AgentStatus::Lost);
        let mut candidates: Vec<&UnitName> = can_claim.map(|unit| &unit.name).collect();
        self.random.shuffle(&mut candidates);
        known.leader = candidates.first().map(|name| (*name).clone());
        if let Some(leader) = known.leader.clone() {
            self.wake(&leader);
        }
    }

    /// Loses the agent of a unit between two hooks, as when its machine can't be reached: it runs nothing until
    /// [`Model::find_agent`]. A leader stays one until its lease runs out, 60 s later; then another unit is elected.
    pub fn lose_agent(&mut self, unit: &UnitName) -> Result<(), ModelError> {
        let lease = self.now.after(LEASE);
        let found = self.units.get_mut(unit).ok_or_else(|| unknown_unit(unit))?;
        if found.is_running() {
            return Err(ModelError::new(format!(
                "unit \"{unit}\" runs a hook: hand its context to `finish` first"
            )));
        }
        found.agent = AgentStatus::Lost;
        if self.leader(unit.application()) == Some(unit) {
            self.leases.set(unit, Some(lease));
        }
        Ok(())
    }

    /// Has the agent of a unit be heard of again. It goes on where it was.
    pub fn find_agent(&mut self, unit: &UnitName) -> Result<(), ModelError> {
        let found = self.units.get_mut(unit).ok_or_else(|| unknown_unit(unit))?;
        if found.agent == AgentStatus::Lost {
            found.agent = match &found.failure {
                Some(_) => AgentStatus::Error,
                None if found.charm_revision.is_none() => AgentStatus::Allocating,
                None => AgentStatus::Idle,
            };
            self.leases.set(unit, None);
            self.elect_leader(unit.application());
            self.wake(unit);
        }
        Ok(())
    }

    /// Elects others where a leader has not renewed its lease.
    pub(crate) fn end_leases(&mut self) {
        while let Some(unit) = self.leases.due(self.now) {
            if let Some(application) = self.applications.get_mut(unit.application()) {
                application.leader.take_if(|leader| *leader == unit);
                self.elect_leader(unit.application());
            }
        }
    }

    /// Makes `unit` the leader of its application, as if the last one had lost its lease. False if there is no such
    /// unit.
    pub fn set_leader(&mut self, unit: &UnitName) -> bool {
        let known = self.units.contains_key(unit);
        if let Some(application) = self.applications.get_mut(unit.application()).filter(|_| known) {
            application.leader = Some(unit.clone());
            self.wake_application(unit.application());
        }
        known
    }
}

impl View<'_> {
    /// Whether the unit leads its application. A no holds for the whole hook, as in Juju.
    pub fn is_leader(&mut self) -> bool {
        let unit = self.context.unit();
        let leads = self.model.leader(unit.application()) == Some(unit);
        self.context.denied_leadership |= !leads;
        !self.context.denied_leadership
    }
}

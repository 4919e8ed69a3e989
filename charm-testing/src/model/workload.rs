//! The workload containers of a unit's pod, and the hooks that their Pebbles make due.
//!
//! The containers themselves aren't modelled: they start, and what else happens in them an operator says.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Model;
use super::clock::Moment;
use super::error::ModelError;
use super::hook::Hook;
use super::log::Level;
use super::name::UnitName;
use super::pebble::{PebbleHook, PebbleHookKind};
use super::resolve::unknown_unit;

/// When a workload hook that failed comes again.
const AGAIN: Duration = Duration::from_secs(5);

/// What a unit's agent knows of its containers. All of it is gone when the agent restarts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Workload {
    /// The containers whose Pebble doesn't answer yet.
    starting: BTreeSet<String>,
    events: VecDeque<Event>,
    /// What failed and when it comes again.
    again: Vec<(Moment, Event)>,
    /// The notices so far, for their ids.
    notices: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Event {
    hook: PebbleHook,
    /// How often its hook has failed.
    failures: u32,
}

impl Workload {
    fn queue(&mut self, container: &str, kind: PebbleHookKind) {
        let hook = PebbleHook { container: container.to_owned(), kind };
        self.events.push_back(Event { hook, failures: 0 });
    }

    /// When what failed comes again.
    pub(crate) fn retries(&self) -> impl Iterator<Item = Moment> {
        self.again.iter().map(|(moment, _)| *moment)
    }

    /// Queues what comes again by `now`.
    fn queue_again(&mut self, now: Moment) {
        let due = |(moment, _): &mut (Moment, Event)| *moment <= now;
        self.events.extend(self.again.extract_if(.., due).map(|(_, event)| event));
    }
}

impl Model {
    /// Has a Pebble leave a notice of an own type in a container, as `pebble notify KEY` does there. The unit runs
    /// pebble-custom-notice. Juju 3.4.
    pub fn notify(&mut self, unit: &UnitName, container: &str, key: &str) -> Result<(), ModelError> {
        let workload = self.workload_of(unit, container)?;
        workload.notices += 1;
        let id = workload.notices.to_string();
        let (kind, key) = ("custom".to_owned(), key.to_owned());
        workload.queue(container, PebbleHookKind::CustomNotice { id, kind, key });
        Ok(())
    }

    /// Has a check in a container fail as often as it may. The unit runs pebble-check-failed. Juju 3.6.
    pub fn fail_check(&mut self, unit: &UnitName, container: &str, check: &str) -> Result<(), ModelError> {
        let kind = PebbleHookKind::CheckFailed { check: check.to_owned() };
        self.workload_of(unit, container)?.queue(container, kind);
        Ok(())
    }

    /// Has a check in a container succeed again. The unit runs pebble-check-recovered. Juju 3.6.
    pub fn recover_check(&mut self, unit: &UnitName, container: &str, check: &str) -> Result<(), ModelError> {
        let kind = PebbleHookKind::CheckRecovered { check: check.to_owned() };
        self.workload_of(unit, container)?.queue(container, kind);
        Ok(())
    }

    /// Has a container start anew, as Kubernetes does with one that ended. The unit runs pebble-ready: its Pebble is
    /// another one.
    pub fn restart_container(&mut self, unit: &UnitName, container: &str) -> Result<(), ModelError> {
        self.workload_of(unit, container)?.starting.insert(container.to_owned());
        Ok(())
    }

    fn workload_of(&mut self, name: &UnitName, container: &str) -> Result<&mut Workload, ModelError> {
        let charm = self.charm_of(name).ok_or_else(|| unknown_unit(name))?;
        if !charm.metadata.containers.contains_key(container) {
            let names: Vec<&str> = charm.metadata.containers.keys().map(String::as_str).collect();
            return Err(ModelError::new(format!(
                "unit \"{name}\" has no container {container:?} (its charm has: {})",
                if names.is_empty() { "none".to_owned() } else { names.join(", ") }
            )));
        }
        if !self.is_kubernetes() {
            return Err(ModelError::new(format!(
                "unit \"{name}\" runs on a machine and has no containers: make the model one of Kubernetes"
            )));
        }
        self.wake(name);
        let unit = self.units.get_mut(name).ok_or_else(|| unknown_unit(name))?;
        Ok(&mut unit.workload_events)
    }

    /// Forgets what an agent that has ended knew of its containers: it finds each of them anew, on Kubernetes.
    pub(crate) fn find_containers(&mut self, name: &UnitName) {
        let kubernetes = self.is_kubernetes();
        let charm = self.charm_of(name).filter(|_| kubernetes);
        let starting =
            charm.map(|charm| charm.metadata.containers.keys().cloned().collect()).unwrap_or_default();
        if let Some(unit) = self.units.get_mut(name) {
            let notices = unit.workload_events.notices;
            unit.workload_events = Workload { starting, notices, ..Workload::default() };
        }
    }

    /// The next hook because of a container. Whether one that starts answers by now is the seed's choice.
    pub(crate) fn next_workload_hook(&mut self, name: &UnitName) -> Option<Hook> {
        let now = self.now;
        let workload = &mut self.units.get_mut(name)?.workload_events;
        let mut starting: Vec<String> = workload.starting.iter().cloned().collect();
        self.random.shuffle(&mut starting);
        if let Some(container) = starting.first().filter(|_| self.random.next().is_multiple_of(2)) {
            workload.starting.remove(container);
            workload.queue(container, PebbleHookKind::Ready);
        }
        workload.queue_again(now);
        workload.events.front().map(|event| Hook::Pebble(event.hook.clone()))
    }

    /// Has all containers have started, and says what that makes due.
    pub(crate) fn start_containers(&mut self, name: &UnitName) -> Option<Hook> {
        let workload = &mut self.units.get_mut(name)?.workload_events;
        let mut started: Vec<String> = std::mem::take(&mut workload.starting).into_iter().collect();
        self.random.shuffle(&mut started);
        for container in started {
            workload.queue(&container, PebbleHookKind::Ready);
        }
        workload.events.front().map(|event| Hook::Pebble(event.hook.clone()))
    }

    /// Takes an event off the queue whose hook has been run. It was tried, well or not: what failed puts no unit into
    /// error, and comes again.
    pub(crate) fn end_workload_hook(&mut self, name: &UnitName, hook: &PebbleHook, failed: bool) {
        let (moment, retries) = (self.now.after(AGAIN), self.retries);
        let Some(unit) = self.units.get_mut(name) else { return };
        let workload = &mut unit.workload_events;
        let at = workload.events.iter().position(|event| event.hook == *hook);
        let event = at.and_then(|at| workload.events.remove(at));
        let failures = event.map_or(0, |event| event.failures) + 1;
        if !failed {
            return;
        }
        if failures <= retries {
            workload.again.push((moment, Event { hook: hook.clone(), failures }));
            self.set_retry_alarm(name);
        }
        let kind = hook.kind.to_string();
        let message = format!("failed to send pebble-{kind} event: hook failed");
        self.log(name, Level::Error, "juju.worker.uniter", message);
    }
}

//! The state that a run begins with.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use charm_meta::{ConfigValue, EventKind, Metadata, Role};
use charm_runtime::event::{Kind, Payload};
use charm_runtime::{Charm, Endpoint, Environment, Port};

use super::consistency::{self, Inconsistent, one_of};
use super::fault::Faults;
use super::metadata;
use super::on::Event;
use super::relation::{Relation, RelationState};
use super::resolve::resolve;
use super::run;
use super::secret::Secret;
use super::status::ShownStatus;
use super::transition::Transition;
use super::unit::UnitState;
use crate::environment;
use crate::model::{JujuVersion, PortRange};

/// A unit of the charm `C` between two events, and what it is related to.
///
/// Made step by step with the charm's own types, and run with one event as often as a test likes: running borrows the
/// state and changes nothing in it. It reads as the plain data of [`UnitState`], to which it derefs.
///
/// What can't be (an option that the charm doesn't declare, a relation event without the relation) is refused by
/// [`run`](Self::run), all of it at once.
pub struct State<C> {
    pub(super) unit: UnitState,
    /// What could not be put into `unit` at all.
    pub(super) problems: Vec<String>,
    charm: PhantomData<fn() -> C>,
}

impl<C: Charm> Default for State<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Charm> State<C> {
    /// A unit that has just been set up: it is `name/0` of an application with the charm's name, doesn't lead, has the
    /// options' defaults, its peer relations without other units, and no stored state.
    pub fn new() -> Self {
        let mut state = Self { unit: UnitState::new(C::NAME), problems: Vec::new(), charm: PhantomData };
        if let Ok(metadata) = metadata::of::<C>() {
            let peers = metadata.endpoints.iter().filter(|(_, endpoint)| endpoint.role == Role::Peers);
            for (endpoint, _) in peers {
                let peers = RelationState {
                    endpoint: endpoint.clone(),
                    remote_app: C::NAME.to_owned(),
                    ..RelationState::default()
                };
                let id = state.free_relation_id();
                state.unit.relations.insert(id, peers);
            }
        }
        state
    }

    /// Names the unit, such as `web/3`. Before secrets and storages are added, which know it by its name.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        if !self.unit.secrets.is_empty() {
            self.problems
                .push(format!("the state has secrets of {} already: name the unit first", self.unit.name));
        }
        match name.parse() {
            Ok(name) => {
                let old = std::mem::replace(&mut self.unit.name, name);
                // Peer relations are between the units of one application.
                for relation in self.unit.relations.values_mut() {
                    if relation.remote_app == old.application() {
                        self.unit.name.application().clone_into(&mut relation.remote_app);
                    }
                }
            }
            Err(_) => self.problems.push(format!("{name:?} is no unit's name, such as \"{}/0\"", C::NAME)),
        }
        self
    }

    /// Says whether the unit leads its application.
    #[must_use]
    pub fn leader(mut self, leads: bool) -> Self {
        self.unit.leader = leads;
        self
    }

    /// Sets an option, as an operator does. The name is that in `charmcraft.yaml`; one that isn't there, or a value of
    /// another type, is refused by [`run`](Self::run).
    #[must_use]
    pub fn config(mut self, option: &str, value: impl Into<ConfigValue>) -> Self {
        self.unit.config.insert(option.to_owned(), value.into());
        self
    }

    /// Adds a relation. A peer relation takes the place of the one that the state has.
    #[must_use]
    pub fn relation<E: Endpoint>(mut self, relation: Relation<E>) -> Self {
        let Relation { id: wanted, state: mut added, problems, .. } = relation;
        self.problems.extend(problems);
        let mut free = None;
        if E::ROLE == charm_runtime::Role::Peers {
            self.unit.name.application().clone_into(&mut added.remote_app);
            let old = self.unit.relations_at(E::NAME).next().map(|(id, _)| id);
            if let Some(old) = old {
                self.unit.relations.remove(&old);
                free = Some(old);
            }
        }
        let id = wanted.or(free).unwrap_or_else(|| self.free_relation_id());
        if let Some(other) = self.unit.relations.get(&id) {
            let (name, other) = (E::NAME, &other.endpoint);
            self.problems.push(format!(
                "the relation of endpoint `{name}` has the id {id}, and one of `{other}` has it already: give it another"
            ));
        } else {
            self.unit.relations.insert(id, added);
        }
        self
    }

    fn free_relation_id(&self) -> u32 {
        self.unit.relations.last_key_value().map_or(0, |(id, _)| id.saturating_add(1))
    }

    /// Adds a secret.
    #[must_use]
    pub fn secret(mut self, secret: Secret) -> Self {
        let secret = secret.into_model(&self.unit.name);
        if let Some(other) = self.unit.secrets.insert(secret.id.clone(), secret) {
            self.problems
                .push(format!("two secrets have the id {}: give one another by `.id(..)`", other.id));
        }
        self
    }

    /// Says which Juju the unit's model has; 3.6 otherwise.
    #[must_use]
    pub fn juju(mut self, version: JujuVersion) -> Self {
        self.unit.juju = version;
        self
    }

    /// The unit's status before the event.
    #[must_use]
    pub fn unit_status(mut self, status: impl Into<ShownStatus>) -> Self {
        self.unit.unit_status = status.into();
        self
    }

    /// The application's status before the event, as a leader has set it.
    #[must_use]
    pub fn app_status(mut self, status: impl Into<ShownStatus>) -> Self {
        self.unit.app_status = Some(status.into());
        self
    }

    /// The ports that the unit has opened before the event, for all its endpoints.
    #[must_use]
    pub fn ports(mut self, ports: impl IntoIterator<Item = Port>) -> Self {
        self.unit.ports = ports.into_iter().map(PortRange::from).collect();
        self
    }

    /// The version of the workload, as a unit has reported it before the event.
    #[must_use]
    pub fn workload_version(mut self, version: impl Into<String>) -> Self {
        self.unit.workload_version = version.into();
        self
    }

    /// What `state-get` reads.
    #[must_use]
    pub fn charm_state(mut self, state: BTreeMap<String, String>) -> Self {
        self.unit.charm_state = state;
        self
    }

    /// Has `change` write the charm's stored fields, as a handler would have before the event.
    ///
    /// ```
    /// # use charm_runtime::prelude::*;
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A.}")]
    /// # #[derive(Default)]
    /// # pub struct Web {
    /// #     visits: Stored<u32>,
    /// # }
    /// # #[charm(metadata_str = "{name: web, summary: A., description: A.}")]
    /// # impl Web {
    /// #     #[status]
    /// #     fn status(&self) -> Status {
    /// #         Status::active("")
    /// #     }
    /// # }
    /// use charm_testing::State;
    ///
    /// let state = State::<Web>::new().stored(|web| web.visits.set(41));
    /// # assert_eq!(state.memory.read(|web: &Web| Ok(*web.visits.get()?)).unwrap(), 41);
    /// ```
    #[must_use]
    pub fn stored<R: Written>(mut self, change: impl FnOnce(&mut C) -> R) -> Self {
        let written = self.unit.memory.write::<C, ()>(|charm| change(charm).into_result());
        if let Err(error) = written {
            self.problems.push(format!("the stored fields can't be written: {error:#}"));
        }
        self
    }

    /// Puts an event into the queue, as if `handler` had deferred it. The state has what the event is about already.
    #[must_use]
    pub fn deferred(mut self, event: impl Into<Event>, handler: &str) -> Self {
        if let Err(problem) = self.defer(&event.into(), handler) {
            self.problems.push(problem);
        }
        self
    }

    fn defer(&mut self, event: &Event, handler: &str) -> Result<(), String> {
        let metadata = metadata::of::<C>()?;
        let hook = resolve(&self.unit, &metadata, event).map_err(|problems| problems.join("; "))?;
        let name = hook.name();
        let known = C::TABLE.events.iter().find(|row| row.name == name && row.kind != Kind::Action);
        let Some(row) = known else {
            return Err(format!("`{name}` can't be deferred: {}", cannot_wait(EventKind::Action)));
        };
        let kind = EventKind::ALL.iter().find(|kind| name.ends_with(kind.name()));
        if let Some(Err(why)) = kind.map(|kind| kind.deferrable()) {
            return Err(format!("`{name}` can't be deferred: {why}"));
        }
        if !row.handlers.iter().any(|known| known.id == handler || known.was.contains(&handler)) {
            let names = row.handlers.iter().map(|known| known.id);
            return Err(format!("{name} has no handler `{handler}`{}", one_of(handler, names)));
        }
        let variables: Environment = environment::about(&hook).into_iter().collect();
        let payload = Payload::parse(row.kind, &variables).map_err(|error| error.to_string())?;
        let deferred = self.unit.memory.defer(row.name, handler, &payload, "deferred before this test");
        deferred.map_err(|error| error.to_string())
    }

    /// Runs the charm with one event, and returns what came of it. The state itself stays as it is.
    ///
    /// # Panics
    ///
    /// Panics if the state and the event don't fit together, naming everything that is wrong with them.
    #[track_caller]
    #[must_use = "a charm that failed goes unnoticed: look at what came of it, or call `succeeded`"]
    pub fn run(&self, event: impl Into<Event>) -> Transition<C> {
        self.run_with(event, Faults::new())
    }

    /// Runs the charm with one event while something goes wrong.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    #[track_caller]
    #[must_use = "a charm that failed goes unnoticed: look at what came of it, or call `succeeded`"]
    pub fn run_with(&self, event: impl Into<Event>, faults: Faults) -> Transition<C> {
        match self.try_run(event, faults) {
            Ok(transition) => transition,
            Err(inconsistent) => super::stop_test(&inconsistent.to_string()),
        }
    }

    /// Runs the charm with one event, or says what is wrong with the state, the event or the faults.
    pub fn try_run(&self, event: impl Into<Event>, faults: Faults) -> Result<Transition<C>, Inconsistent> {
        let mut problems = self.problems.clone();
        let metadata: Arc<Metadata> = metadata::of::<C>().map_err(|error| Inconsistent::new(vec![error]))?;
        consistency::check(&self.unit, &metadata, &faults, &mut problems);
        let event = event.into();
        match resolve(&self.unit, &metadata, &event) {
            Ok(hook) if problems.is_empty() => run::run::<C>(self, &metadata, &event, hook, faults),
            Ok(_) => Err(Inconsistent::new(problems)),
            Err(more) => {
                problems.extend(more);
                Err(Inconsistent::new(problems))
            }
        }
    }

    pub(super) fn with(unit: UnitState) -> Self {
        Self { unit, problems: Vec::new(), charm: PhantomData }
    }
}

fn cannot_wait(kind: EventKind) -> &'static str {
    kind.deferrable().err().unwrap_or_default()
}

/// What a closure that writes stored fields may return: nothing, or a result without a value.
pub trait Written {
    /// As a result.
    fn into_result(self) -> charm_runtime::Result<()>;
}

impl Written for () {
    fn into_result(self) -> charm_runtime::Result<()> {
        Ok(())
    }
}

impl<E: Into<anyhow::Error>> Written for Result<(), E> {
    fn into_result(self) -> charm_runtime::Result<()> {
        self.map_err(Into::into)
    }
}

impl<C> Deref for State<C> {
    type Target = UnitState;

    fn deref(&self) -> &UnitState {
        &self.unit
    }
}

impl<C> DerefMut for State<C> {
    fn deref_mut(&mut self) -> &mut UnitState {
        &mut self.unit
    }
}

// By hand: a derive would ask it of the charm's type too.
impl<C> Clone for State<C> {
    fn clone(&self) -> Self {
        Self { unit: self.unit.clone(), problems: self.problems.clone(), charm: PhantomData }
    }
}

impl<C> PartialEq for State<C> {
    fn eq(&self, other: &Self) -> bool {
        self.unit == other.unit && self.problems == other.problems
    }
}

impl<C> fmt::Debug for State<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.unit.fmt(f)
    }
}

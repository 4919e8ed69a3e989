//! One dispatch's view of Juju: what has been read, what is staged, and the way to the agent.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use crate::config::Options;
use crate::databag::BagOwner;
use crate::environment::{application_of, Environment};
use crate::error::Error;
use crate::hook_command::{self as hook, HookCommand, Output, StatusOf, Transport};
use crate::leader::Leader;
use crate::log::Log;
use crate::relation::{Endpoint, Relation, RelationId, Relations};
use crate::stage::Stage;
use crate::status::Status;

/// Juju promises a lease of 30 s from the answer; an answer older than this is not relied on.
const LEADERSHIP_FRESH: Duration = Duration::from_secs(20);
const LEADERSHIP_LEASE: Duration = Duration::from_secs(30);

/// The handle through which a charm asks Juju and writes to it.
///
/// What it reads is kept for the dispatch, so a handler sees one consistent view, its own writes included, and no
/// command runs twice. Cloning it clones the handle.
#[derive(Clone)]
pub struct Juju(Rc<Inner>);

struct Inner {
    environment: Environment,
    transport: Box<dyn Transport>,
    clock: Box<dyn Fn() -> Instant>,
    log: Log,
    stage: RefCell<Stage>,
    options: OnceCell<Map<String, Value>>,
    relation_ids: RefCell<BTreeMap<String, Vec<RelationId>>>,
    units: RefCell<BTreeMap<RelationId, Vec<String>>>,
    remote_apps: RefCell<BTreeMap<RelationId, Option<String>>>,
    bags: RefCell<BTreeMap<(RelationId, BagOwner), Rc<Bag>>>,
    leadership: Cell<Option<(bool, Instant)>>,
    /// What this dispatch has set by itself: Juju's own answer doesn't show it until the next hook.
    unit_status: RefCell<Option<Status>>,
    action: OnceCell<Map<String, Value>>,
    /// A buffered command went past the stage: it can't be rolled back within the dispatch.
    sent_buffered: Cell<bool>,
}

/// A databag, as Juju has it.
type Bag = BTreeMap<String, String>;

impl Transport for Juju {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        if command.is_immediate() {
            self.flush_log();
        }
        if command.is_buffered() {
            self.0.sent_buffered.set(true);
        }
        tracing::trace!("{command}");
        self.0.transport.run(command)
    }
}

impl Juju {
    pub(crate) fn new(
        environment: Environment,
        transport: Box<dyn Transport>,
        clock: Box<dyn Fn() -> Instant>,
        log: Log,
    ) -> Self {
        Self(Rc::new(Inner {
            environment,
            transport,
            clock,
            log,
            stage: RefCell::default(),
            options: OnceCell::new(),
            relation_ids: RefCell::default(),
            units: RefCell::default(),
            remote_apps: RefCell::default(),
            bags: RefCell::default(),
            leadership: Cell::new(None),
            unit_status: RefCell::new(None),
            action: OnceCell::new(),
            sent_buffered: Cell::new(false),
        }))
    }

    /// The environment of this dispatch.
    pub fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// This unit's name, such as `hello/0`.
    pub fn unit_name(&self) -> Result<&str, Error> {
        self.0.environment.unit_name()
    }

    /// This unit's application.
    pub fn app_name(&self) -> Result<&str, Error> {
        let unit = self.unit_name()?;
        Ok(application_of(unit).unwrap_or(unit))
    }

    /// The options, read once per dispatch. Charms take their generated `Config` as an argument instead.
    pub fn options(&self) -> Result<Options<'_>, Error> {
        if self.0.options.get().is_none() {
            let options = hook::config_get(self)?;
            // Nobody else has set it: this is one thread, and config_get doesn't come back here.
            let _ = self.0.options.set(options);
        }
        Ok(Options(self.0.options.get_or_init(Map::new)))
    }

    /// Proof of leadership, or `None` for a unit that is not the leader.
    pub fn leader(&self) -> Result<Option<Leader<'_>>, Error> {
        Ok(self.leads_within(LEADERSHIP_LEASE)?.then(Leader::new))
    }

    /// Asks again where the last answer is older than `age`. A `false` holds for the hook: so Juju does itself.
    fn leads_within(&self, age: Duration) -> Result<bool, Error> {
        // The clock is read before the question: the lease runs from some moment after it.
        let now = (self.0.clock)();
        match self.0.leadership.get() {
            Some((false, _)) => Ok(false),
            Some((true, since)) if now.saturating_duration_since(since) < age => Ok(true),
            _ => {
                let leads = hook::is_leader(self)?;
                self.0.leadership.set(Some((leads, now)));
                Ok(leads)
            }
        }
    }

    /// The relations of an endpoint.
    pub fn relations<E: Endpoint>(&self) -> Result<Relations<E>, Error> {
        Relations::of(self)
    }

    /// The one relation of an endpoint, or none; an error where there are several.
    pub fn relation<E: Endpoint>(&self) -> Result<Option<Relation<E>>, Error> {
        let mut relations = self.relations::<E>()?.into_iter();
        let first = relations.next();
        match relations.next() {
            None => Ok(first),
            Some(_) => Err(Error::invalid(
                format!("endpoint `{}`", E::NAME),
                "it has several relations where one was asked for: remove all but one, or handle each",
            )),
        }
    }

    /// Any hook command, as it stands: for what has no typed face here.
    ///
    /// A command that Juju buffers, sent this way, can't be taken back when a deferred event or an action fails;
    /// the whole dispatch fails then. Fails where the command refuses.
    pub fn hook_command(&self, command: &HookCommand) -> Result<Vec<u8>, Error> {
        hook::run(self, command)
    }

    pub(crate) fn has_sent_buffered(&self) -> bool {
        self.0.sent_buffered.get()
    }

    pub(crate) fn relation_ids(&self, endpoint: &str) -> Result<Vec<RelationId>, Error> {
        if let Some(ids) = self.0.relation_ids.borrow().get(endpoint) {
            return Ok(ids.clone());
        }
        let mut ids = hook::relation_ids(self, endpoint)?;
        // Juju sorts them as strings: db:10 before db:9.
        ids.sort();
        self.0.relation_ids.borrow_mut().insert(endpoint.to_owned(), ids.clone());
        Ok(ids)
    }

    pub(crate) fn relation_units(&self, relation: &RelationId) -> Result<Vec<String>, Error> {
        if let Some(units) = self.0.units.borrow().get(relation) {
            return Ok(units.clone());
        }
        let units = match hook::relation_list(self, relation) {
            // A relation that is gone has no units.
            Err(error) if error.is_relation_gone() => Vec::new(),
            units => units?,
        };
        self.0.units.borrow_mut().insert(relation.clone(), units.clone());
        Ok(units)
    }

    pub(crate) fn remote_app(&self, relation: &RelationId) -> Result<Option<String>, Error> {
        if let Some(app) = self.0.remote_apps.borrow().get(relation) {
            return Ok(app.clone());
        }
        let app = match hook::relation_remote_app(self, relation) {
            Err(error) if error.is_relation_gone() => None,
            app => app?,
        };
        self.0.remote_apps.borrow_mut().insert(relation.clone(), app.clone());
        Ok(app)
    }

    /// A databag as Juju has it, read once.
    fn juju_bag(&self, relation: &RelationId, owner: &BagOwner) -> Result<Rc<Bag>, Error> {
        let key = (relation.clone(), owner.clone());
        if let Some(bag) = self.0.bags.borrow().get(&key) {
            return Ok(Rc::clone(bag));
        }
        let bag = match owner {
            BagOwner::Unit(unit) => hook::relation_get(self, relation, unit),
            BagOwner::App(app) => hook::relation_get_app(self, relation, app),
        };
        let bag = Rc::new(match bag {
            // Data of a relation that is gone reads as absent. Juju 3.6 says `permission denied` then, as it does to a
            // unit that reads its own application's databag and doesn't lead; that one is an error.
            Err(error) if error.is_relation_gone() => Bag::new(),
            Err(error) if error.is_permission_denied() && !self.is_own(owner)? => Bag::new(),
            bag => bag?,
        });
        self.0.bags.borrow_mut().insert(key, Rc::clone(&bag));
        Ok(bag)
    }

    fn is_own(&self, owner: &BagOwner) -> Result<bool, Error> {
        Ok(match owner {
            BagOwner::Unit(unit) => unit == self.unit_name()?,
            BagOwner::App(app) => app == self.app_name()?,
        })
    }

    /// A databag with what is staged on it.
    pub(crate) fn bag(&self, relation: &RelationId, owner: &BagOwner) -> Result<Bag, Error> {
        let mut bag = Bag::clone(&*self.juju_bag(relation, owner)?);
        if let Some(staged) = self.0.stage.borrow().bags.get(&(relation.clone(), owner.clone())) {
            for (key, value) in staged {
                if value.is_empty() {
                    bag.remove(key);
                } else {
                    bag.insert(key.clone(), value.clone());
                }
            }
        }
        Ok(bag)
    }

    /// Stages one key of an own databag; staging what Juju has already takes it off the stage.
    pub(crate) fn stage_bag(
        &self,
        relation: &RelationId,
        owner: &BagOwner,
        key: &str,
        value: String,
    ) -> Result<(), Error> {
        hook::check_bag_key(relation, key)?;
        let current = self.juju_bag(relation, owner)?;
        let mut stage = self.0.stage.borrow_mut();
        let bag = (relation.clone(), owner.clone());
        if current.get(key).map_or("", String::as_str) != value {
            stage.bags.entry(bag).or_default().insert(key.to_owned(), value);
        } else if let Some(staged) = stage.bags.get_mut(&bag) {
            staged.remove(key);
        }
        Ok(())
    }

    pub(crate) fn savepoint(&self) -> Stage {
        self.0.stage.borrow().clone()
    }

    pub(crate) fn roll_back(&self, savepoint: Stage) {
        *self.0.stage.borrow_mut() = savepoint;
    }

    pub(crate) fn stage_action_result(&self, key: &str, value: String) -> Result<(), Error> {
        hook::check_result(key, &value)?;
        self.0.stage.borrow_mut().action_results.insert(key.to_owned(), value);
        Ok(())
    }

    pub(crate) fn stage_action_failure(&self, message: String) {
        self.0.stage.borrow_mut().action_failure = Some(message);
    }

    /// Sends what is staged. Nothing is sent where an application's databag would be and leadership is lost.
    pub(crate) fn send_staged(&self) -> Result<(), Error> {
        let stage = self.savepoint();
        if stage.writes_app_bags() && !self.leads_within(LEADERSHIP_FRESH)? {
            return Err(Error::invalid(
                "application databag",
                "leadership was lost after the write; nothing was sent, and Juju retries this event",
            ));
        }
        for ((relation, owner), values) in &stage.bags {
            if !values.is_empty() {
                hook::relation_set(self, relation, matches!(owner, BagOwner::App(_)), values)?;
            }
        }
        hook::action_set(self, &stage.action_results)?;
        if let Some(message) = &stage.action_failure {
            hook::action_fail(self, message)?;
        }
        Ok(())
    }

    /// The parameters of the action that runs.
    pub(crate) fn action_parameters(&self) -> Result<&Map<String, Value>, Error> {
        if self.0.action.get().is_none() {
            let parameters = hook::action_get(self)?;
            let _ = self.0.action.set(parameters);
        }
        Ok(self.0.action.get_or_init(Map::new))
    }

    pub(crate) fn set_status(&self, of: StatusOf, status: &Status) -> Result<(), Error> {
        hook::status_set(self, of, status)?;
        if of == StatusOf::Unit {
            *self.0.unit_status.borrow_mut() = Some(status.clone());
        }
        Ok(())
    }

    /// The status as it stands, own settings of this dispatch included.
    pub(crate) fn status(&self, of: StatusOf) -> Result<Option<Status>, Error> {
        if of == StatusOf::Unit {
            if let Some(status) = &*self.0.unit_status.borrow() {
                return Ok(Some(status.clone()));
            }
        }
        hook::status_get(self, of)
    }

    /// Sends the log lines that wait.
    pub(crate) fn flush_log(&self) {
        self.0.log.flush(&*self.0.transport);
    }
}

impl fmt::Debug for Juju {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Juju")
    }
}

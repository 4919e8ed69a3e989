//! One run, from a state to what came of it.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use charm_meta::Metadata;
use charm_runtime::{Charm, Environment, Exit, Finished, Host, MemoryHome};

use super::action::ActionRun;
use super::consistency::Inconsistent;
use super::fault::Faults;
use super::on::{Event, What};
use super::session::{InProcess, Session};
use super::state::State;
use super::transition::{LogLine, Transition};
use super::unit::UnitState;
use crate::environment::{self, Places};
use crate::model::{self, Hook, HookContext, Model};

/// Where the charm is told that things are. Nothing is there: a run touches no files.
fn places(unit: &UnitState) -> [String; 3] {
    let tag = unit.name.tag();
    let charm = format!("/var/lib/juju/agents/{tag}/charm");
    [charm, format!("/var/lib/juju/tools/{tag}"), format!("/var/lib/juju/agents/{tag}/agent.socket")]
}

/// The model at the moment when the hook begins.
fn begin(
    unit: &UnitState,
    metadata: &Arc<Metadata>,
    event: &Event,
    hook: Hook,
) -> Result<(Model, HookContext), Inconsistent> {
    let goes = match &event.0 {
        What::Stop | What::Remove => true,
        What::Relation(event) => event.this_unit_goes,
        _ => false,
    };
    let refused = |error: model::ModelError| Inconsistent::new(vec![error.to_string()]);
    let mut model = Model::around(unit, metadata, &hook, goes).map_err(refused)?;
    if let What::Action { name, params } = &event.0 {
        model.run_action(&unit.name, name, params.clone()).map_err(refused)?;
        // Taken off the queue again: it is what begins.
        model.next_action(&unit.name);
    }
    let context = model.begin(&unit.name, hook);
    Ok((model, context))
}

/// The parts of a run that don't depend on the charm's type.
struct Run {
    session: Rc<RefCell<Session>>,
    home: MemoryHome,
    hook: Hook,
}

impl Run {
    fn new(
        unit: &UnitState,
        metadata: &Arc<Metadata>,
        event: &Event,
        hook: Hook,
        faults: Faults,
    ) -> Result<Self, Inconsistent> {
        let (model, context) = begin(unit, metadata, event, hook.clone())?;
        let session = Rc::new(RefCell::new(Session::new(model, context, faults)));
        Ok(Self { session, home: MemoryHome::new(unit.memory.clone()), hook })
    }

    fn host(&self, unit: &UnitState) -> Host {
        let session = self.session.borrow();
        let variables = |places| match &session.context {
            Some(context) => environment::variables(&session.model, context, places),
            None => Vec::new(),
        };
        let [charm, tools, socket] = places(unit);
        let [charm, tools, socket] = [&charm, &tools, &socket].map(Path::new);
        let places = Places { charm, tools, socket };
        let environment: Environment = variables(&places).into_iter().collect();
        Host {
            environment,
            transport: Box::new(InProcess(Rc::clone(&self.session))),
            clock: Box::new(session.clock()),
            home: Rc::new(self.home.clone()),
        }
    }

    fn finish<C: Charm>(self, unit: &UnitState, finished: Finished) -> Transition<C> {
        let Finished { exit, failures, .. } = finished;
        let mut session = self.session.borrow_mut();
        session.exited();
        let code = model::Exit::Code(i32::from(exit != Exit::Success));
        let mut after = unit.clone();
        let reboot = session.context.as_ref().and_then(HookContext::reboot);
        let refused = session.finish(&code);
        let Session { model, calls, unit_statuses, app_statuses, .. } = &mut *session;
        model.update(&mut after);
        after.memory = self.home.memory();
        let action = match &self.hook {
            Hook::Action { id, .. } => model.action(*id).map(ActionRun::from),
            _ => None,
        };
        Transition {
            state: State::with(after),
            exit,
            failures,
            reboot,
            refused_commit: refused.filter(|_| exit == Exit::Success),
            log: log_lines(model, &self.hook),
            calls: std::mem::take(calls),
            unit_status_history: std::mem::take(unit_statuses),
            app_status_history: std::mem::take(app_statuses),
            action,
        }
    }
}

/// What the charm has logged; what Juju itself says is no concern of its tests.
fn log_lines(model: &mut Model, hook: &Hook) -> Vec<LogLine> {
    let prefix = hook.relation().map(|hook| format!("{}: ", hook.relation_key()));
    let mut lines = Vec::new();
    for line in model.take_log().into_iter().filter(|line| line.module.ends_with(".juju-log")) {
        let message = prefix.as_deref().and_then(|prefix| line.message.strip_prefix(prefix));
        let message = message.unwrap_or(&line.message);
        lines.extend(
            message.split('\n').map(|message| LogLine { level: line.level, message: message.to_owned() }),
        );
    }
    lines
}

pub(super) fn run<C: Charm>(
    state: &State<C>,
    metadata: &Arc<Metadata>,
    event: &Event,
    hook: Hook,
    faults: Faults,
) -> Result<Transition<C>, Inconsistent> {
    let run = Run::new(state, metadata, event, hook, faults)?;
    let finished = charm_runtime::dispatch::<C>(run.host(state));
    Ok(run.finish(state, finished))
}

//! One run, from a state to what came of it.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use charm_meta::Metadata;
use charm_runtime::{Charm, Exit, Finished};

use super::action::ActionRun;
use super::consistency::Inconsistent;
use super::fault::Faults;
use super::on::{Event, What};
use super::state::State;
use super::transition::{LogLine, Transition};
use super::unit::UnitState;
use crate::model::{self, Hook, HookContext, Model};
use crate::session::Session;

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

fn transition<C: Charm>(
    session: &mut Session,
    unit: &UnitState,
    hook: &Hook,
    ended: Option<Finished>,
) -> Transition<C> {
    let is_killed = ended.is_none();
    // Of a process that was killed, Juju knows no more than that.
    let (exit, failures) = ended.map_or((Exit::Failure, Vec::new()), |ended| (ended.exit, ended.failures));
    let code = match exit {
        _ if is_killed => model::Exit::Signal(9),
        Exit::Success => model::Exit::Code(0),
        Exit::Failure => model::Exit::Code(1),
    };
    let mut after = unit.clone();
    let reboot = session.context.as_ref().and_then(HookContext::reboot);
    let refused = session.finish(&code);
    session.model.update(&mut after);
    after.memory = session.memory();
    let action = match hook {
        Hook::Action { id, .. } => session.model.action(*id).map(ActionRun::from),
        _ => None,
    };
    Transition {
        state: State::with(after),
        exit,
        is_killed,
        failures,
        reboot,
        refused_commit: refused.filter(|_| exit == Exit::Success),
        log: log_lines(&mut session.model, hook),
        calls: std::mem::take(&mut session.calls),
        unit_status_history: std::mem::take(&mut session.unit_statuses),
        app_status_history: std::mem::take(&mut session.app_statuses),
        action,
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
    let (model, context) = begin(state, metadata, event, hook.clone())?;
    let session = Session::new(model, context, faults, state.memory.clone());
    let session = Rc::new(RefCell::new(session));
    let ended = Session::run(&session, charm_runtime::dispatch::<C>);
    let transition = transition(&mut session.borrow_mut(), state, &hook, ended);
    Ok(transition)
}

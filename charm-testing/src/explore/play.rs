//! Going through steps, and looking at the model after each.

use charm_runtime::panics;

use super::act::Undone;
use super::difference;
use super::fault::Fault;
use super::finding::Broken;
use super::step::Step;
use super::tally::Tally;
use super::{Expectation, Explore};
use crate::local::{Circumstances, LocalJuju};
use crate::model::{Hook, UnitName};

/// A run of an exploration, up to now.
pub(super) struct Play<'e, 'a> {
    explore: &'e Explore<'a>,
    pub(super) juju: LocalJuju,
    /// What has been done. A step that could not be taken is none.
    pub(super) steps: Vec<Step>,
    /// The same in words; several lines for a step of several hooks.
    pub(super) lines: Vec<Vec<String>>,
    pub(super) tally: Tally,
}

impl<'e, 'a> Play<'e, 'a> {
    /// Makes the model; fails in words where its setup does.
    pub(super) fn new(explore: &'e Explore<'a>, seed: u64) -> Result<Self, String> {
        let mut juju = LocalJuju::with_seed(seed).version(explore.version);
        match panics::caught(|| (explore.setup)(&mut juju)) {
            Ok(made) => made.map_err(|error| format!("{error:?}"))?,
            Err((_, said)) => return Err(said),
        }
        // What was made to fail must not count as a charm that never succeeds.
        juju.model_mut().set_retries(explore.most_faults.saturating_add(2));
        Ok(Self { explore, juju, steps: Vec::new(), lines: Vec::new(), tally: Tally::default() })
    }

    /// Takes a step. False if it can't be taken: then nothing has happened.
    pub(super) fn take(&mut self, step: Step) -> Result<bool, Broken> {
        let line = match &step {
            Step::Hook { unit, choice, fault } => return self.take_hook(unit, *choice, *fault),
            Step::Rest => {
                self.steps.push(step);
                self.lines.push(vec!["undisturbed, the model comes to rest".to_owned()]);
                self.rest()?;
                return Ok(true);
            }
            Step::Act { index, choice } => {
                let (index, choice) = (*index, *choice);
                let Some(act) = self.explore.acts.get(index) else { return Ok(false) };
                let line = format!("operator: {act}");
                match act.on(&self.juju, choice) {
                    Ok(after) => self.juju = after,
                    Err(Undone::Refused(why)) => {
                        self.tally.refused(index, why);
                        return Ok(false);
                    }
                    Err(Undone::Panicked(said)) => {
                        self.steps.push(step);
                        self.lines.push(vec![line]);
                        return Err(Broken::act(act.to_string(), said));
                    }
                }
                self.tally.done(index);
                line
            }
            Step::Lead(unit) => {
                let model = self.juju.model();
                if model.unit(unit).is_none() || model.leader(unit.application()) == Some(unit) {
                    return Ok(false);
                }
                self.juju.model_mut().set_leader(unit);
                format!("leadership of {} goes to {unit}", unit.application())
            }
            Step::UpdateStatus => {
                self.juju.request_update_status();
                "units at rest are to run update-status".to_owned()
            }
        };
        self.steps.push(step);
        self.lines.push(vec![line]);
        self.look()?;
        Ok(true)
    }

    fn take_hook(&mut self, unit: &UnitName, choice: u64, fault: Option<Fault>) -> Result<bool, Broken> {
        let Some((line, came_true, broken)) = self.hook(unit, choice, fault) else { return Ok(false) };
        let fault = fault.filter(|_| came_true);
        self.steps.push(Step::Hook { unit: unit.clone(), choice, fault });
        self.lines.push(vec![line]);
        broken.map_or(Ok(true), Err)
    }

    /// How many hook commands the unit's next hook calls if nothing goes wrong: what is to go wrong at one of them then
    /// does.
    pub(super) fn calls_of_next(&self, unit: &UnitName, choice: u64) -> usize {
        let mut copy = self.juju.clone();
        let Some(context) = copy.model_mut().next_of(unit, choice) else { return 0 };
        copy.run_in(context, Circumstances::default()).0.calls.len()
    }

    /// Runs the unit's next hook; none if it has none. Says so in words, whether the fault came true, and what is broken
    /// then.
    fn hook(
        &mut self,
        unit: &UnitName,
        choice: u64,
        fault: Option<Fault>,
    ) -> Option<(String, bool, Option<Broken>)> {
        // On a copy: asking a unit that has nothing to do changes what its agent has noticed, and the list of steps
        // doesn't tell who was asked.
        let mut model = self.juju.model().clone();
        let was_in_error = model.unit(unit).is_some_and(|unit| unit.failure.is_some());
        let Some(context) = model.next_of(unit, choice) else {
            let happened = match model.unit(unit) {
                None if self.juju.model().unit(unit).is_some() => "leaves the model",
                Some(known) if was_in_error && known.failure.is_none() => "skips its failed hook",
                _ => return None,
            };
            *self.juju.model_mut() = model;
            return Some((format!("{unit} {happened}"), false, self.look().err()));
        };
        *self.juju.model_mut() = model;
        let mut circumstances = fault.map_or_else(Circumstances::default, Fault::circumstances);
        if matches!(fault, Some(Fault::Leadership(_))) {
            if self.juju.model().leader(unit.application()) == Some(unit) {
                let fellows = self.juju.units(unit.application()).map(|fellow| fellow.name());
                let successor = fellows.filter(|fellow| *fellow != unit).max().cloned();
                circumstances.faults = circumstances.faults.successor(successor);
            } else {
                // It has none to lose.
                circumstances = Circumstances::default();
            }
        }
        // Whatever was to go wrong: if it didn't, the list of steps won't tell.
        circumstances.twice = self.explore.is_run_twice(context.hook());
        let (ran, forgotten) = self.juju.run_in(context, circumstances);
        self.juju.model_mut().elect_leader(unit.application());
        let mut broken = self.look().err();
        if let (None, Some(forgotten)) = (&broken, forgotten) {
            broken = difference::between(&self.juju, &forgotten)
                .map(|differs| Broken::twice(&ran.hook.name(), format!("{ran}, once more: {differs}")));
        }
        Some((ran.to_string(), !ran.mishaps.is_empty(), broken))
    }

    /// The units take turns, undisturbed, until none has anything to do; then what must hold at rest is looked at.
    pub(super) fn rest(&mut self) -> Result<(), Broken> {
        let mut hooks = 0;
        let mut rested = false;
        while !rested {
            rested = true;
            let units: Vec<UnitName> = self.juju.model().units().map(|unit| unit.name.clone()).collect();
            for unit in units {
                let Some((line, _, broken)) = self.hook(&unit, 0, None) else { continue };
                rested = false;
                hooks += 1;
                if let Some(lines) = self.lines.last_mut() {
                    lines.push(line);
                }
                if let Some(broken) = broken {
                    return Err(broken);
                }
            }
            if hooks > self.explore.limit {
                if !self.explore.expects(Expectation::Rest) {
                    return Ok(());
                }
                let why = format!("no rest after {} hooks: {}", self.explore.limit, self.juju.busy());
                return Err(Broken::no_rest(why));
            }
        }
        self.look_at_rest()
    }

    fn look(&self) -> Result<(), Broken> {
        if self.explore.expects(Expectation::NoDeadLetters) {
            for unit in self.juju.all_units() {
                if let Some(letter) = unit.dead_letters().into_iter().next() {
                    let why = format!(
                        "{}: {} deferred for `{}` was given up: {}",
                        unit.name(),
                        letter.event.event,
                        letter.event.handler,
                        letter.cause
                    );
                    return Err(Broken::dead_letter(why));
                }
            }
        }
        self.explore.always.iter().try_for_each(|invariant| match invariant.broken(&self.juju) {
            Some(why) => Err(Broken::invariant(&invariant.name, why)),
            None => Ok(()),
        })
    }

    fn look_at_rest(&self) -> Result<(), Broken> {
        if self.explore.expects(Expectation::NoError)
            && let Some(unit) = self.juju.units_in_error().next()
        {
            return Err(Broken::unit_in_error(self.juju.why_in_error(unit)));
        }
        self.explore.at_rest.iter().try_for_each(|invariant| match invariant.broken(&self.juju) {
            Some(why) => Err(Broken::at_rest(&invariant.name, why)),
            None => Ok(()),
        })
    }
}

impl Explore<'_> {
    fn is_run_twice(&self, hook: &Hook) -> bool {
        let Some(except) = &self.twice else { return false };
        // Who runs an action twice wants it twice.
        !matches!(hook, Hook::Action { .. }) && !except.contains(&hook.name())
    }
}

//! Fewer steps that break the same.

use super::Explore;
use super::finding::{Finding, FindingKind};
use super::step::{Script, Step};
use super::tally::Tally;

/// How many hooks are run at most, in all lists that are tried: some seconds' worth, also where a model never rests.
const HOOKS: usize = 50_000;

/// Looks for the fewest steps that break a model in the same sense.
pub(super) struct Shrink<'e, 'a> {
    explore: &'e Explore<'a>,
    kind: FindingKind,
    best: Finding,
    hooks_left: usize,
}

impl<'e, 'a> Shrink<'e, 'a> {
    pub(super) fn new(explore: &'e Explore<'a>, found: Finding) -> Self {
        Self { explore, kind: found.broken.kind.clone(), best: found, hooks_left: HOOKS }
    }

    pub(super) fn run(mut self) -> Finding {
        loop {
            let weight = self.weight();
            self.begin_at_rest();
            self.leave_out();
            self.simplify();
            if self.weight() == weight || self.hooks_left == 0 {
                return self.best;
            }
        }
    }

    fn weight(&self) -> usize {
        self.best.script.steps.iter().map(Step::weight).sum()
    }

    /// Takes a list of steps if it weighs less and breaks the same.
    fn better(&mut self, steps: Vec<Step>) -> bool {
        if self.hooks_left == 0 || steps.iter().map(Step::weight).sum::<usize>() >= self.weight() {
            return false;
        }
        let script = Script { seed: self.best.script.seed, steps };
        let played = self.explore.play(&script);
        let hooks = played.as_ref().map_or_else(Finding::hooks, Tally::hooks);
        self.hooks_left = self.hooks_left.saturating_sub(hooks.max(1));
        match played {
            Err(found) if found.broken.kind == self.kind => {
                let before = self.best.before;
                // Steps that could not be taken are gone by now.
                self.best = Finding { before, ..found };
                true
            }
            _ => false,
        }
    }

    /// Has the model come to rest in place of the first steps: as many as possible.
    fn begin_at_rest(&mut self) {
        let steps = self.best.script.steps.clone();
        let mut kept = 0;
        while kept < steps.len() {
            let rest = std::iter::once(Step::Rest).chain(steps[steps.len() - kept..].iter().cloned());
            if self.better(rest.collect()) {
                return;
            }
            kept = (kept * 2).max(1);
        }
    }

    /// Leaves steps out: halves first, then ever smaller parts.
    fn leave_out(&mut self) {
        let mut size = self.best.script.steps.len().max(1);
        loop {
            let mut start = 0;
            while start < self.best.script.steps.len() {
                let steps = &self.best.script.steps;
                let end = (start + size).min(steps.len());
                let without: Vec<Step> = steps[..start].iter().chain(&steps[end..]).cloned().collect();
                if !self.better(without) {
                    start = end;
                }
            }
            if size == 1 {
                return;
            }
            size = size.div_ceil(2);
        }
    }

    /// Makes single steps simpler: nothing goes wrong in them, the first choice will do, several hooks are as well a
    /// rest.
    fn simplify(&mut self) {
        let mut index = 0;
        while let Some(step) = self.best.script.steps.get(index).cloned() {
            let simpler: Vec<Step> = match step {
                Step::Hook { unit, choice, fault } => vec![
                    Step::Hook { unit: unit.clone(), choice: 0, fault: None },
                    Step::Hook { unit: unit.clone(), choice, fault: None },
                    Step::Hook { unit, choice: 0, fault },
                    Step::Rest,
                ],
                Step::Act { index, .. } => vec![Step::Act { index, choice: 0 }],
                Step::Lead(_) | Step::UpdateStatus | Step::Rest => Vec::new(),
            };
            for step in simpler {
                let mut steps = self.best.script.steps.clone();
                if let Some(place) = steps.get_mut(index) {
                    *place = step;
                    if self.better(steps) {
                        break;
                    }
                }
            }
            index += 1;
        }
    }
}

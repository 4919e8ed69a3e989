//! What the seed chooses.

use super::Explore;
use super::fault::{Fault, FaultKind, When};
use super::finding::Broken;
use super::play::Play;
use super::step::Step;
use crate::model::{Random, UnitName};

/// Among how many orders of a unit's own hooks is chosen: they are few.
const CHOICES: usize = 8;
/// How many hook commands are expected of a hook that hasn't run yet.
const CALLS: usize = 6;

/// What a seed draws, step by step.
pub(super) struct Draw<'e, 'a> {
    explore: &'e Explore<'a>,
    random: Random,
    faults_left: u32,
    acts_left: u32,
}

impl<'e, 'a> Draw<'e, 'a> {
    pub(super) fn new(explore: &'e Explore<'a>, seed: u64) -> Self {
        // Not the model's own chance, which begins with the seed itself.
        let random = Random::of([&b"explore"[..], &seed.to_le_bytes()[..]]);
        Self { explore, random, faults_left: explore.most_faults, acts_left: explore.most_acts }
    }

    /// Draws steps and takes them, until there are enough, or nothing is left to do.
    pub(super) fn play(&mut self, play: &mut Play<'_, '_>) -> Result<(), Broken> {
        // Many a fault shows only in a model that has begun to work.
        if self.one_in(2) {
            play.take(Step::Rest)?;
        }
        while play.steps.len() < self.explore.steps {
            let taken = match self.random.below(100) {
                0..12 => self.act(play)?,
                12..17 => self.lead(play)?,
                17..20 => play.take(Step::UpdateStatus)?,
                20..22 => play.take(Step::Rest)?,
                _ => self.hook(play)?,
            };
            // At rest only the operator goes on.
            if !taken && !self.hook(play)? && !self.act(play)? {
                break;
            }
        }
        Ok(())
    }

    fn act(&mut self, play: &mut Play<'_, '_>) -> Result<bool, Broken> {
        if self.acts_left == 0 || self.explore.acts.is_empty() {
            return Ok(false);
        }
        let index = self.random.below(self.explore.acts.len());
        let taken = play.take(Step::Act { index, choice: self.choice() })?;
        self.acts_left -= u32::from(taken);
        Ok(taken)
    }

    fn lead(&mut self, play: &mut Play<'_, '_>) -> Result<bool, Broken> {
        if self.faults_left == 0 || !self.explore.faults.contains(&FaultKind::Leadership) {
            return Ok(false);
        }
        let units = self.units(play);
        let Some(unit) = units.into_iter().next() else { return Ok(false) };
        let taken = play.take(Step::Lead(unit))?;
        self.faults_left -= u32::from(taken);
        Ok(taken)
    }

    fn hook(&mut self, play: &mut Play<'_, '_>) -> Result<bool, Broken> {
        let draws_fault = self.faults_left > 0 && !self.explore.faults.is_empty() && self.one_in(6);
        for unit in self.units(play) {
            let fault = if draws_fault { Some(self.fault(play)) } else { None };
            if play.take(Step::Hook { unit, choice: self.choice(), fault })? {
                let came_true = matches!(play.steps.last(), Some(Step::Hook { fault: Some(_), .. }));
                self.faults_left -= u32::from(came_true);
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn fault(&mut self, play: &Play<'_, '_>) -> Fault {
        let kinds = &self.explore.faults;
        let kind = kinds.get(self.random.below(kinds.len().max(1))).copied().unwrap_or(FaultKind::Crash);
        let calls = play.calls.values().copied().max().unwrap_or(CALLS);
        // Most hooks call few commands, so that low numbers come true more often.
        let most = 1 + self.random.below(calls + 1);
        let call = self.random.below(most);
        match kind {
            FaultKind::Crash => Fault::Crash,
            FaultKind::Refusal => Fault::Refusal(call),
            FaultKind::Commit => Fault::Commit,
            FaultKind::Leadership => Fault::Leadership(call),
            FaultKind::Kill | FaultKind::AgentDeath => {
                let when = match self.random.below(5) {
                    0 => When::Exit,
                    1 | 2 => When::After(call),
                    _ => When::Before(call),
                };
                Fault::Kill { when, agent_dies: kind == FaultKind::AgentDeath }
            }
        }
    }

    fn units(&mut self, play: &Play<'_, '_>) -> Vec<UnitName> {
        let mut units: Vec<UnitName> = play.juju.model().units().map(|unit| unit.name.clone()).collect();
        self.random.shuffle(&mut units);
        units
    }

    fn choice(&mut self) -> u64 {
        self.random.below(CHOICES) as u64
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.random.below(n) == 0
    }
}

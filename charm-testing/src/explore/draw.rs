//! What the seed chooses.

use super::Explore;
use super::fault::{Fault, FaultKind, When};
use super::finding::Broken;
use super::play::Play;
use super::step::Step;
use crate::model::{Random, UnitName};

/// Among how many orders of a unit's own hooks is chosen: they are few.
const CHOICES: usize = 8;

/// What a seed draws, step by step.
pub(super) struct Draw<'e, 'a> {
    explore: &'e Explore<'a>,
    random: Random,
    faults_left: u32,
    /// What goes wrong in the next hook in which it can.
    pending: Option<FaultKind>,
    acts_left: u32,
}

impl<'e, 'a> Draw<'e, 'a> {
    pub(super) fn new(explore: &'e Explore<'a>, seed: u64) -> Self {
        // Not the model's own chance, which begins with the seed itself.
        let random = Random::of([&b"explore"[..], &seed.to_le_bytes()[..]]);
        Self {
            explore,
            random,
            faults_left: explore.most_faults,
            pending: None,
            acts_left: explore.most_acts,
        }
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
        if self.pending.is_none() && self.faults_left > 0 && self.one_in(6) {
            self.pending = self.kind();
        }
        let mut units = self.units(play);
        if self.pending == Some(FaultKind::Leadership) {
            // Who leads not has none to lose.
            units.sort_by_key(|unit| play.juju.model().leader(unit.application()) != Some(unit));
        }
        for unit in units {
            let choice = self.choice();
            let calls = self.pending.map(|kind| (kind, play.calls_of_next(&unit, choice)));
            let fault = calls.and_then(|(kind, calls)| self.fault(kind, calls));
            if play.take(Step::Hook { unit, choice, fault })? {
                let came_true = matches!(play.steps.last(), Some(Step::Hook { fault: Some(_), .. }));
                if came_true {
                    self.pending = None;
                    self.faults_left = self.faults_left.saturating_sub(1);
                }
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn kind(&mut self) -> Option<FaultKind> {
        let kinds = &self.explore.faults;
        kinds.get(self.random.below(kinds.len().max(1))).copied()
    }

    /// What goes wrong in a hook that calls so many hook commands if nothing does. One that calls none is left alone: it
    /// has nothing to lose.
    fn fault(&mut self, kind: FaultKind, calls: usize) -> Option<Fault> {
        if calls == 0 {
            return None;
        }
        let call = self.random.below(calls);
        Some(match kind {
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
        })
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
mod tests {
    use std::collections::BTreeMap;

    use charm_runtime::prelude::*;

    use super::*;
    use crate::explore::Act;

    /// Defers until it is told not to.
    #[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}, \
            config: {options: {wait: {type: boolean, default: true}}}}")]
    #[derive(Default)]
    pub struct Web {}

    #[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}, \
            config: {options: {wait: {type: boolean, default: true}}}}")]
    impl Web {
        #[on(start)]
        fn start(
            &mut self,
            config: &Config,
            leader: Option<Leader>,
            peers: Relations<endpoint::Peers>,
        ) -> Result<Outcome> {
            for peers in &peers {
                peers.local_unit().insert("started", "yes")?;
                if let Some(leader) = &leader {
                    peers.local_app(leader).insert("started", "yes")?;
                }
            }
            Ok(if config.wait { Outcome::defer("not yet") } else { Outcome::done() })
        }
    }

    /// How often each thing happens in a number of runs, by what the steps and what is said of them show.
    fn census(seeds: std::ops::Range<u64>) -> BTreeMap<String, usize> {
        let mut census: BTreeMap<String, usize> = BTreeMap::new();
        let mut count = |what: String| *census.entry(what).or_default() += 1;
        let waiting = std::cell::Cell::new(0);
        let explore = Explore::new(|juju| juju.deploy::<Web>("web", 2))
            .act("configure web wait=false", |juju| {
                // The world changes under what waits.
                waiting
                    .set(waiting.get() + juju.all_units().map(|unit| unit.deferred().len()).sum::<usize>());
                juju.configure("web", [("wait", "false")])
            })
            .acts([Act::add_unit("web"), Act::remove_unit("web")]);
        for seed in seeds {
            let ran = explore.go(seed, |play| {
                Draw::new(&explore, seed).play(play)?;
                for (step, lines) in play.steps.iter().zip(&play.lines) {
                    match step {
                        Step::Hook { fault: Some(fault), .. } => {
                            let text = fault.to_string();
                            let (kind, at) = match text.trim_end_matches(['+', 'x']) {
                                whole if whole.ends_with(|c: char| c.is_ascii_digit()) => {
                                    let kind = whole.trim_end_matches(|c: char| c.is_ascii_digit());
                                    (kind, &whole[kind.len()..])
                                }
                                whole => (whole, "end"),
                            };
                            let after = if text.contains('+') { "+" } else { "" };
                            let agent = if text.ends_with('x') { " with its agent" } else { "" };
                            count(format!("{kind}{after}{agent}"));
                            count(format!("{kind} at {at}"));
                        }
                        Step::Act { index, .. } => {
                            count(format!("act {index}"));
                        }
                        Step::Lead(_) => count("leadership between hooks".to_owned()),
                        Step::UpdateStatus => count("update-status".to_owned()),
                        Step::Rest => count("rest".to_owned()),
                        Step::Hook { choice, .. } => count(format!("choice {}", (*choice > 0))),
                    }
                    assert!(lines.first().is_some_and(|line| !line.is_empty()));
                }
                Ok(())
            });
            assert!(ran.is_ok(), "{}", ran.unwrap_err());
        }
        census.insert("deferred in a changed world".to_owned(), waiting.get());
        census
    }

    #[test]
    fn everything_that_may_happen_happens() {
        let census = census(0..150);
        for what in [
            "crash",
            "refuse",
            "commit",
            "lead",
            "kill",
            "kill+",
            "kill with its agent",
            "kill+ with its agent",
            "kill at end",
            "kill at 0",
            "kill at 1",
            "kill at 2",
            "kill at 3",
            "kill at 4",
            "refuse at 0",
            "refuse at 3",
            "lead at 0",
            "lead at 1",
            "lead at 2",
            "act 0",
            "act 1",
            "act 2",
            "leadership between hooks",
            "update-status",
            "rest",
            "choice true",
            "choice false",
            "deferred in a changed world",
        ] {
            assert!(census.get(what).is_some_and(|count| *count >= 3), "{what} is too rare: {census:#?}");
        }
    }
}

//! Looking for the order of events that breaks a model.
//!
//! An [`Explore`] builds a [`LocalJuju`] by the author's function, again for each seed, and takes it through what Juju
//! and its operators could do: hooks in any legal order, and between them acts of an operator, units that lose
//! leadership, update-status; and in them processes that crash or are killed, hook commands and commits that are refused.
//! After each step it looks whether all still holds. What it finds it shortens to the fewest steps that break the same,
//! and prints how to see it again.
//!
//! ```
//! use charm_runtime::prelude::*;
//!
//! // Opens its port when it starts, and never looks at it again.
//! #[charm(metadata_str = "{name: web, summary: A., description: A., config: {options: {port: {type: int, default: 80}}}}")]
//! #[derive(Default)]
//! pub struct Web {}
//!
//! #[charm(metadata_str = "{name: web, summary: A., description: A., config: {options: {port: {type: int, default: 80}}}}")]
//! impl Web {
//!     #[on(start)]
//!     fn start(&mut self, config: &Config, ports: Ports) -> Result<()> {
//!         ports.set([Port::tcp(config.port.try_into()?)])?;
//!         Ok(())
//!     }
//! }
//!
//! # fn main() {
//! use charm_testing::explore::{Act, Explore};
//!
//! let explore = Explore::new(|juju| juju.deploy::<Web>("web", 1))
//!     .acts([Act::configure("web", "port", "8080"), Act::add_unit("web")])
//!     .at_rest("all units listen at one port", |juju| {
//!         let open: Vec<_> = juju.units("web").map(|unit| unit.ports()).collect();
//!         open.windows(2).all(|two| two[0] == two[1])
//!     });
//!
//! // A test says `explore.run(0..100)`, which panics with what it finds.
//! let finding = explore.find(0..100).unwrap();
//! let steps: Vec<_> = finding.steps().skip(1).collect();
//! assert_eq!(steps, ["operator: configure web port=8080", "operator: add a unit of web"]);
//! assert_eq!(finding.replay(), "0: rest act0 act1");
//! # }
//! ```
//!
//! It prints
//!
//! ```text
//! seed 0: at rest `all units listen at one port` does not hold
//! after 3 steps, shortened from 16:
//!   1. undisturbed, the model comes to rest (4 hooks)
//!   2. operator: configure web port=8080
//!   3. operator: add a unit of web
//! then the units are left alone
//!        web/0 runs config-changed
//!        web/1 runs install
//!        web/1 runs config-changed
//!        web/1 runs start
//! replay it: .replay("0: rest act0 act1"), or all that its seed draws: .run(0..=0)
//! ```
//!
//! # What a run is
//!
//! The setup; then up to [`steps`](Explore::steps) steps, among them a few faults and acts; then the units are left
//! alone, take turns until they rest, and what must hold at rest is looked at. Half of the seeds let the model come to
//! rest before the first step. Steps are independent of each other: a list of them is the same run again, without a seed,
//! and so is each part of it. A kill is one within the test's process: see [`Faults::kill_at_call`](crate::Faults).
//!
//! A panic, of a charm, of an act or of a closure that asserts, is told of with the finding only, with its place.

mod act;
mod difference;
mod draw;
mod fault;
mod finding;
mod invariant;
mod play;
mod shrink;
mod step;
mod tally;

use charm_runtime::panics;

use crate::local::{JujuError, LocalJuju};
use crate::model::JujuVersion;
use crate::transition::stop_test;
use draw::Draw;
use finding::Broken;
use invariant::Invariant;
use play::Play;
use shrink::Shrink;
use step::{Script, Step};
use tally::Tally;

pub use act::Act;
pub use fault::FaultKind;
pub use finding::{Finding, FindingKind};
pub use invariant::{Expectation, Verdict};

type Setup<'a> = Box<dyn Fn(&mut LocalJuju) -> Result<(), JujuError> + 'a>;

/// An exploration: a model, what may happen to it, and what must hold. See the [module](self).
#[must_use = "nothing is explored until `run`"]
pub struct Explore<'a> {
    setup: Setup<'a>,
    version: JujuVersion,
    acts: Vec<Act<'a>>,
    always: Vec<Invariant<'a>>,
    at_rest: Vec<Invariant<'a>>,
    unexpected: Vec<Expectation>,
    faults: Vec<FaultKind>,
    most_faults: u32,
    most_acts: u32,
    steps: usize,
    limit: usize,
    /// Hooks that are not run twice; none where no hook is.
    twice: Option<Vec<String>>,
}

impl<'a> Explore<'a> {
    /// An exploration of the model that `setup` makes. It deploys and integrates; what it doesn't run itself is explored.
    pub fn new(setup: impl Fn(&mut LocalJuju) -> Result<(), JujuError> + 'a) -> Self {
        Self {
            setup: Box::new(setup),
            version: JujuVersion::default(),
            acts: Vec::new(),
            always: Vec::new(),
            at_rest: Vec::new(),
            unexpected: Vec::new(),
            faults: FaultKind::ALL.to_vec(),
            most_faults: 4,
            most_acts: 6,
            steps: 80,
            limit: 500,
            twice: None,
        }
    }

    /// Has it be another Juju than 3.6.
    pub fn version(mut self, version: JujuVersion) -> Self {
        self.version = version;
        self
    }

    /// Adds what an operator may do between hooks.
    pub fn acts(mut self, acts: impl IntoIterator<Item = Act<'a>>) -> Self {
        self.acts.extend(acts);
        self
    }

    /// Adds something that an operator may do, as [`Act::new`].
    pub fn act(self, name: &str, does: impl Fn(&mut LocalJuju) -> Result<(), JujuError> + 'a) -> Self {
        self.acts([Act::new(name, does)])
    }

    /// Has this hold after every step and every hook.
    pub fn always<V: Verdict>(mut self, name: &str, holds: impl Fn(&LocalJuju) -> V + 'a) -> Self {
        self.always.push(Invariant::new(name, holds));
        self
    }

    /// Has this hold whenever the model has come to rest undisturbed.
    pub fn at_rest<V: Verdict>(mut self, name: &str, holds: impl Fn(&LocalJuju) -> V + 'a) -> Self {
        self.at_rest.push(Invariant::new(name, holds));
        self
    }

    /// Doesn't expect what is expected of every model otherwise.
    pub fn without(mut self, expectation: Expectation) -> Self {
        self.unexpected.push(expectation);
        self
    }

    /// Has only this go wrong; `[]` for nothing. The default is [`FaultKind::ALL`].
    pub fn faults(mut self, kinds: impl IntoIterator<Item = FaultKind>) -> Self {
        self.faults = kinds.into_iter().collect();
        self
    }

    /// How often something goes wrong in a run, at most. The default is 4.
    pub fn most_faults(mut self, count: u32) -> Self {
        self.most_faults = count;
        self
    }

    /// How many acts of the operator there are in a run, at most. The default is 6.
    pub fn most_acts(mut self, count: u32) -> Self {
        self.most_acts = count;
        self
    }

    /// How many steps a run has, at most, before the units are left alone. The default is 80.
    pub fn steps(mut self, count: usize) -> Self {
        self.steps = count;
        self
    }

    /// After how many undisturbed hooks a model counts as one that never rests. The default is 500.
    pub fn limit(mut self, hooks: usize) -> Self {
        self.limit = hooks;
        self
    }

    /// Runs each hook that has succeeded once more on a copy of the model, as Juju does when an agent dies before it has
    /// noted that the hook has run; what then differs is a [finding](FindingKind::NotIdempotent). Actions are not.
    pub fn twice(self) -> Self {
        self.twice_except([])
    }

    /// As [`twice`](Self::twice), but for hooks of these names, such as `secret-rotate`.
    pub fn twice_except<'n>(mut self, hooks: impl IntoIterator<Item = &'n str>) -> Self {
        self.twice = Some(hooks.into_iter().map(str::to_owned).collect());
        self
    }

    /// Explores what each seed draws.
    ///
    /// # Panics
    ///
    /// Panics with the first [`Finding`]; and if there is none, but an act was tried often and Juju has always refused
    /// it: then nothing of it has been explored.
    #[track_caller]
    pub fn run(&self, seeds: impl IntoIterator<Item = u64>) {
        let mut tally = Tally::default();
        for seed in seeds {
            match self.explore(seed) {
                Ok(of_seed) => tally.add(of_seed),
                Err(found) => stop_test(&Shrink::new(self, found).run().to_string()),
            }
        }
        if let Some((act, tries, why)) = tally.never_done()
            && let Some(act) = self.acts.get(act)
        {
            stop_test(&format!(
                "nothing is found, but the act `{act}` could never be done in {tries} tries: {why}; mend it or leave it out"
            ));
        }
    }

    /// Explores what each seed draws, and returns the first finding.
    #[must_use]
    pub fn find(&self, seeds: impl IntoIterator<Item = u64>) -> Option<Finding> {
        let found = seeds.into_iter().find_map(|seed| self.explore(seed).err())?;
        Some(Shrink::new(self, found).run())
    }

    /// Takes the steps of a finding again, as it prints them: `17: rest act0 webapp/0!kill4`. It stays as a test when
    /// what was found is mended.
    ///
    /// # Panics
    ///
    /// Panics with the [`Finding`], or if the text is none of a finding.
    #[track_caller]
    pub fn replay(&self, script: &str) {
        let script = Script::parse(script).unwrap_or_else(|problem| stop_test(&problem));
        let unknown = |step: &&Step| matches!(step, Step::Act { index, .. } if *index >= self.acts.len());
        if let Some(step) = script.steps.iter().find(unknown) {
            let count = self.acts.len();
            stop_test(&format!("`{step}`: acts are known by their place from 0 on, and there are {count}"));
        }
        if let Err(finding) = self.play(&script) {
            stop_test(&finding.to_string());
        }
    }

    fn expects(&self, expectation: Expectation) -> bool {
        !self.unexpected.contains(&expectation)
    }

    fn explore(&self, seed: u64) -> Result<Tally, Finding> {
        self.go(seed, |play| Draw::new(self, seed).play(play))
    }

    fn play(&self, script: &Script) -> Result<Tally, Finding> {
        self.go(script.seed, |play| {
            script.steps.iter().try_for_each(|step| play.take(step.clone()).map(drop))
        })
    }

    /// One run: the setup, the steps, and the rest. Panics in it, of charms or of closures, are said by the finding.
    fn go(
        &self,
        seed: u64,
        steps: impl FnOnce(&mut Play<'_, '_>) -> Result<(), Broken>,
    ) -> Result<Tally, Finding> {
        panics::kept(|| {
            let mut play = Play::new(self, seed).map_err(|why| {
                let script = Script { seed, steps: Vec::new() };
                Finding { broken: Broken::setup(why), script, lines: Vec::new(), before: 0 }
            })?;
            let ended = steps(&mut play).and_then(|()| {
                play.lines.push(vec!["the units are left alone".to_owned()]);
                play.rest()
            });
            let Play { steps, lines, mut tally, .. } = play;
            tally.set_hooks(lines.iter().map(Vec::len).sum());
            let script = Script { seed, steps };
            ended.map_or_else(
                |broken| Err(Finding { broken, before: script.steps.len(), script, lines }),
                |()| Ok(tally),
            )
        })
    }
}

impl std::fmt::Debug for Explore<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explore")
            .field("acts", &self.acts)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

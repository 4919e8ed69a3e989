//! How the operator's acts went.

use std::collections::BTreeMap;

/// After how many refusals of all an act counts as one that can't be done at all.
const HOPELESS: usize = 20;

/// How often each act was done and refused, by its place in the list, and in what words last; and how many hooks ran.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    acts: BTreeMap<usize, Tries>,
    hooks: usize,
}

#[derive(Debug, Clone, Default)]
struct Tries {
    done: usize,
    refused: usize,
    why: String,
}

impl Tally {
    /// How many hooks were run, about.
    pub(super) fn hooks(&self) -> usize {
        self.hooks
    }

    pub(super) fn set_hooks(&mut self, hooks: usize) {
        self.hooks = hooks;
    }

    pub(super) fn done(&mut self, act: usize) {
        self.acts.entry(act).or_default().done += 1;
    }

    pub(super) fn refused(&mut self, act: usize, why: String) {
        let tries = self.acts.entry(act).or_default();
        tries.refused += 1;
        tries.why = why;
    }

    pub(super) fn add(&mut self, other: Self) {
        for (act, tries) in other.acts {
            let sum = self.acts.entry(act).or_default();
            sum.done += tries.done;
            sum.refused += tries.refused;
            sum.why = tries.why;
        }
    }

    /// An act that was tried often and never done, how often, and why not: a name in it is wrong, more likely than not.
    pub(super) fn never_done(&self) -> Option<(usize, usize, &str)> {
        let (act, tries) =
            self.acts.iter().find(|(_, tries)| tries.done == 0 && tries.refused >= HOPELESS)?;
        Some((*act, tries.refused, &tries.why))
    }
}

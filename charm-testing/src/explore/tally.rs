//! How the operator's acts went.

use std::collections::BTreeMap;

/// After how many refusals of all an act counts as one that can't be done at all.
const HOPELESS: usize = 20;

/// How often each act was done and refused, by its place in the list, and in what words last.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally(BTreeMap<usize, Tries>);

#[derive(Debug, Clone, Default)]
struct Tries {
    done: usize,
    refused: usize,
    why: String,
}

impl Tally {
    pub(super) fn done(&mut self, act: usize) {
        self.0.entry(act).or_default().done += 1;
    }

    pub(super) fn refused(&mut self, act: usize, why: String) {
        let tries = self.0.entry(act).or_default();
        tries.refused += 1;
        tries.why = why;
    }

    pub(super) fn add(&mut self, other: Self) {
        for (act, tries) in other.0 {
            let sum = self.0.entry(act).or_default();
            sum.done += tries.done;
            sum.refused += tries.refused;
            sum.why = tries.why;
        }
    }

    /// An act that was tried often and never done, how often, and why not: a name in it is wrong, more likely than not.
    pub(super) fn never_done(&self) -> Option<(usize, usize, &str)> {
        let (act, tries) = self.0.iter().find(|(_, tries)| tries.done == 0 && tries.refused >= HOPELESS)?;
        Some((*act, tries.refused, &tries.why))
    }
}

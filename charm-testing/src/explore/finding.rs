//! What an exploration has found.

use std::fmt;

use super::step::Script;

/// What is broken, and in what sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) kind: FindingKind,
    pub(super) why: String,
}

/// The sense in which something is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingKind {
    /// An invariant of the author's, by its name.
    Invariant(String),
    /// One that is to hold at rest, by its name.
    AtRest(String),
    /// The units keep each other busy.
    NoRest,
    /// A unit is in error at rest.
    UnitInError,
    /// A deferred event was given up.
    DeadLetter,
    /// A hook, by its name, that leaves something else behind when it is run once more.
    NotIdempotent(String),
    /// The closure of an act, by the act's name, panicked.
    Act(String),
    /// The setup was refused, or panicked.
    Setup,
}

impl Broken {
    fn new(kind: FindingKind, why: impl Into<String>) -> Self {
        Self { kind, why: why.into() }
    }

    pub(super) fn invariant(name: &str, why: String) -> Self {
        Self::new(FindingKind::Invariant(name.to_owned()), why)
    }

    pub(super) fn at_rest(name: &str, why: String) -> Self {
        Self::new(FindingKind::AtRest(name.to_owned()), why)
    }

    pub(super) fn no_rest(why: String) -> Self {
        Self::new(FindingKind::NoRest, why)
    }

    pub(super) fn unit_in_error(why: String) -> Self {
        Self::new(FindingKind::UnitInError, why)
    }

    pub(super) fn dead_letter(why: String) -> Self {
        Self::new(FindingKind::DeadLetter, why)
    }

    pub(super) fn twice(hook: &str, why: String) -> Self {
        Self::new(FindingKind::NotIdempotent(hook.to_owned()), why)
    }

    pub(super) fn act(name: String, said: String) -> Self {
        Self::new(FindingKind::Act(name), said)
    }

    pub(super) fn setup(why: String) -> Self {
        Self::new(FindingKind::Setup, why)
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invariant(name) => write!(f, "`{name}` does not hold"),
            Self::AtRest(name) => write!(f, "at rest `{name}` does not hold"),
            Self::NoRest => f.write_str("the model does not come to rest"),
            Self::UnitInError => f.write_str("at rest a unit is in error"),
            Self::DeadLetter => f.write_str("a deferred event is given up"),
            Self::NotIdempotent(hook) => write!(f, "{hook} is not idempotent"),
            Self::Act(name) => write!(f, "the act `{name}` panics"),
            Self::Setup => f.write_str("the setup is refused"),
        }
    }
}

/// How a model was broken: the fewest steps that were found to do so.
#[derive(Debug, Clone)]
pub struct Finding {
    pub(super) broken: Broken,
    pub(super) script: Script,
    /// What each step was, in words; of several lines where units ran several hooks in it.
    pub(super) lines: Vec<Vec<String>>,
    /// How many steps there were before the list was shortened.
    pub(super) before: usize,
}

/// How many lines of a step of several hooks are shown: its last ones.
const SHOWN: usize = 30;

impl Finding {
    /// The seed.
    pub fn seed(&self) -> u64 {
        self.script.seed
    }

    /// In what sense the model is broken.
    pub fn kind(&self) -> &FindingKind {
        &self.broken.kind
    }

    /// What is wrong, in the words of who found it; nothing where an invariant returned a `bool`.
    pub fn why(&self) -> &str {
        &self.broken.why
    }

    /// The steps, a line each: `database/0 runs database-relation-changed (relation 0, webapp/1), killed at call 4
    /// secret-add`. At their end, the model is left alone.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = &str> {
        let steps = self.lines.get(..self.script.steps.len()).unwrap_or_default();
        steps.iter().map(|lines| lines.first().map_or("", String::as_str))
    }

    /// How many hooks were run, about.
    pub(super) fn hooks(&self) -> usize {
        self.lines.iter().map(Vec::len).sum()
    }

    /// What [`Explore::replay`](super::Explore::replay) takes.
    pub fn replay(&self) -> String {
        self.script.to_string()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.script.steps.len();
        write!(f, "seed {}: {}", self.seed(), self.broken.kind)?;
        if !self.broken.why.is_empty() {
            write!(f, "\n  {}", self.broken.why.replace('\n', "\n  "))?;
        }
        if self.broken.kind == FindingKind::Setup {
            // There was no model to take a step in.
            return Ok(());
        }
        let s = if steps == 1 { "" } else { "s" };
        match self.before {
            _ if steps == 0 => f.write_str("\nwithout any disturbance:\n"),
            before if before > steps => writeln!(f, "\nafter {steps} step{s}, shortened from {before}:"),
            _ => writeln!(f, "\nafter {steps} step{s}:"),
        }?;
        for (index, lines) in self.lines.iter().enumerate() {
            let Some((first, hooks)) = lines.split_first() else { continue };
            let number = if index < steps { format!("{}.", index + 1) } else { "then".to_owned() };
            write!(f, "{number:>4} {first}")?;
            // Where it broke is of interest; before, all went well.
            let is_last = index + 1 == self.lines.len();
            let hidden = if is_last { hooks.len().saturating_sub(SHOWN) } else { hooks.len() };
            if hidden > 0 {
                write!(f, " ({hidden} hooks{})", if is_last { ", and" } else { "" })?;
            }
            writeln!(f)?;
            hooks.iter().skip(hidden).try_for_each(|line| writeln!(f, "       {line}"))?;
        }
        write!(
            f,
            "replay it: .replay({:?}), or all that its seed draws: .run({seed}..={seed})",
            self.replay(),
            seed = self.seed()
        )
    }
}

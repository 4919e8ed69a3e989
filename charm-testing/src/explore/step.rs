//! One step of an exploration, and its text.

use std::fmt;

use super::fault::Fault;
use crate::model::UnitName;

/// One thing that happens to a model. A list of them, after the same setup, makes the same run: nothing in it depends on
/// what was drawn before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A unit runs its next hook. Where its order is arbitrary, `choice` decides.
    Hook { unit: UnitName, choice: u64, fault: Option<Fault> },
    /// The operator does something, by its place in the list of acts.
    Act { index: usize, choice: u64 },
    /// A unit gets its application's leadership.
    Lead(UnitName),
    /// All units at rest are to run update-status.
    UpdateStatus,
    /// Undisturbed, the units take turns until all are at rest.
    Rest,
}

impl Step {
    /// How much there is to it, for shrinking: a step, what goes wrong in it, a choice of its own.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Hook { choice, fault, .. } => {
                4 + 2 * usize::from(fault.is_some()) + usize::from(*choice > 0)
            }
            Self::Act { choice, .. } => 4 + usize::from(*choice > 0),
            Self::Lead(_) | Self::UpdateStatus => 4,
            Self::Rest => 3,
        }
    }

    fn parse(token: &str) -> Option<Self> {
        let (rest, fault) = match token.split_once('!') {
            Some((rest, fault)) => (rest, Some(fault.parse().ok()?)),
            None => (token, None),
        };
        let (what, choice) = match rest.split_once('~') {
            Some((what, choice)) => (what, choice.parse().ok()?),
            None => (rest, 0),
        };
        let step = match (what, what.strip_prefix("act"), what.strip_prefix("lead:")) {
            ("rest", ..) => Self::Rest,
            ("update-status", ..) => Self::UpdateStatus,
            (_, Some(index), _) if index.parse::<usize>().is_ok() => {
                Self::Act { index: index.parse().ok()?, choice }
            }
            (_, _, Some(unit)) => Self::Lead(unit.parse().ok()?),
            _ => return Some(Self::Hook { unit: what.parse().ok()?, choice, fault }),
        };
        fault.is_none().then_some(step)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hook { unit, choice, fault } => {
                write!(f, "{unit}")?;
                if *choice > 0 {
                    write!(f, "~{choice}")?;
                }
                fault.iter().try_for_each(|fault| write!(f, "!{fault}"))
            }
            Self::Act { index, choice: 0 } => write!(f, "act{index}"),
            Self::Act { index, choice } => write!(f, "act{index}~{choice}"),
            Self::Lead(unit) => write!(f, "lead:{unit}"),
            Self::UpdateStatus => f.write_str("update-status"),
            Self::Rest => f.write_str("rest"),
        }
    }
}

/// A seed and steps, as one line: `17: rest act0 webapp/0~3!kill4`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Script {
    pub(super) seed: u64,
    pub(super) steps: Vec<Step>,
}

impl Script {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let form = "a replay is `SEED: STEP STEP ..`, as a finding prints it";
        let (seed, steps) = text.split_once(':').ok_or_else(|| format!("{text:?} has no colon: {form}"))?;
        let seed = seed.trim().parse().map_err(|_| format!("{seed:?} is no seed: {form}"))?;
        let step = |token: &str| Step::parse(token).ok_or_else(|| format!("{token:?} is no step: {form}"));
        Ok(Self { seed, steps: steps.split_whitespace().map(step).collect::<Result<_, _>>()? })
    }
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.seed)?;
        self.steps.iter().try_for_each(|step| write!(f, " {step}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_reads_as_it_is_written() {
        let text = "17: rest act0 act2~5 webapp/0 web-two/11~3!kill4 a/0!kill4+ a/0!killx a/0!kill2+x a/0!crash \
            a/0!refuse3 a/0!commit a/0!lead1 lead:webapp/1 update-status";
        assert_eq!(Script::parse(text).unwrap().to_string(), text);
        assert_eq!(Script::parse("3:").unwrap().to_string(), "3:");
    }

    #[test]
    fn what_is_no_script_is_refused_by_its_part() {
        for (text, part) in [
            ("", "colon"),
            ("x: rest", "\"x\""),
            ("1: nobody", "\"nobody\""),
            ("1: a/0!boom", "\"a/0!boom\""),
            ("1: rest!kill", "\"rest!kill\""),
        ] {
            let error = Script::parse(text).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
    }
}

//! The command line of both programs.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// What was asked for.
pub struct Options {
    /// The executable that is driven; the stand-in by default.
    pub dispatch: PathBuf,
    /// True if it is the stand-in, which knows how to misbehave.
    pub stand_in: bool,
    /// Rounds to run, where a program counts in rounds.
    pub rounds: Option<u32>,
}

impl Options {
    /// Reads the process's arguments: `[--dispatch PATH] [--rounds N]`.
    pub fn from_arguments() -> Result<Self> {
        let mut arguments = std::env::args_os().skip(1);
        let (mut dispatch, mut rounds) = (None, None);
        while let Some(argument) = arguments.next() {
            let mut value =
                || arguments.next().with_context(|| format!("{} needs a value", argument.display()));
            match argument.to_str() {
                Some("--dispatch") => dispatch = Some(PathBuf::from(value()?)),
                Some("--rounds") => {
                    let text = value()?.to_string_lossy().into_owned();
                    rounds = Some(text.parse().with_context(|| format!("--rounds {text} isn't a number"))?);
                }
                _ => bail!("{} is unknown: [--dispatch PATH] [--rounds N]", argument.display()),
            }
        }
        let beside = std::env::current_exe()?.with_file_name("store-writer");
        Ok(Self { stand_in: dispatch.is_none(), dispatch: dispatch.unwrap_or(beside), rounds })
    }
}

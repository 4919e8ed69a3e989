//! The command line of both programs.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

/// What was asked for.
pub struct Options {
    /// The executable that is driven: `crash-charm`, unless another is named.
    pub dispatch: PathBuf,
    /// A writer that can be told to take no precautions, to show that their lack is noticed.
    pub stand_in: PathBuf,
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
        let here = std::env::current_exe()?;
        let dispatch = dispatch.unwrap_or_else(|| here.with_file_name("crash-charm"));
        Ok(Self { dispatch, stand_in: here.with_file_name("store-writer"), rounds })
    }
}

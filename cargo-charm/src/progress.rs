//! What long work shows: a spinner on a terminal, plain lines elsewhere.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Shows on stderr what is being done, so that stdout has the result alone.
#[derive(Debug)]
pub(crate) struct Progress {
    terminal: bool,
}

/// A piece of work that is being shown.
#[derive(Debug)]
pub(crate) struct Step {
    what: String,
    began: Instant,
    spinner: Option<ProgressBar>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { terminal: io::stderr().is_terminal() }
    }

    /// Begins a piece of work, named by what is done: `building hello`.
    pub(crate) fn begin(&self, what: impl Into<String>) -> Step {
        let what = what.into();
        let spinner = self.terminal.then(|| {
            let spinner = ProgressBar::new_spinner().with_message(what.clone());
            // The template is a constant, and right; should it not be, the spinner's own look will do.
            if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
                spinner.set_style(style);
            }
            spinner.enable_steady_tick(Duration::from_millis(100));
            spinner
        });
        if spinner.is_none() {
            say(&what);
        }
        Step { what, began: Instant::now(), spinner }
    }
}

impl Step {
    /// Shows a detail of the work, where there is a place for it.
    pub(crate) fn detail(&self, detail: &str) {
        if let Some(spinner) = &self.spinner {
            spinner.set_message(format!("{}: {}", self.what, detail.trim()));
        }
    }

    /// Ends the work well.
    pub(crate) fn done(self) {
        let seconds = self.began.elapsed().as_secs_f32();
        self.clear();
        say(&format!("{}: done in {seconds:.1} s", self.what));
    }

    /// Ends the work, for what comes next to be read.
    pub(crate) fn clear(&self) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
    }
}

/// Writes a line to stderr. Should it be closed, nobody wants to know.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

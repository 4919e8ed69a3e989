//! What the model and its units say, as `juju debug-log` would show it.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::name::UnitName;

/// The levels of Juju's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// `TRACE`
    Trace,
    /// `DEBUG`: among others each line that a hook prints on stdout.
    Debug,
    /// `INFO`
    Info,
    /// `WARNING`: among others each line that a hook prints on stderr.
    Warning,
    /// `ERROR`
    Error,
    /// `CRITICAL`
    Critical,
}

impl Level {
    /// The level of that name in any case, as `juju-log --log-level` takes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "TRACE" => Self::Trace,
            "DEBUG" => Self::Debug,
            "INFO" => Self::Info,
            "WARN" | "WARNING" => Self::Warning,
            "ERROR" => Self::Error,
            "CRITICAL" => Self::Critical,
            _ => return None,
        })
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Trace => "TRACE",
            Self::Debug => "DEBUG",
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Error => "ERROR",
            Self::Critical => "CRITICAL",
        })
    }
}

/// One line of the log, without its time, which only a front on the model knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Whose line it is.
    pub unit: UnitName,
    /// How much it matters.
    pub level: Level,
    /// Where it comes from, such as `unit.hello/0.juju-log`.
    pub module: String,
    /// The text.
    pub message: String,
}

impl LogLine {
    /// The line as `juju debug-log` prints it, at a time of day counted from midnight:
    /// `unit-hello-0: 14:03:22 INFO unit.hello/0.juju-log message`.
    pub fn render(&self, time_of_day: Duration) -> String {
        let seconds = time_of_day.as_secs();
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        let Self { unit, level, module, message } = self;
        format!("{}: {hour:02}:{minute:02}:{second:02} {level} {module} {message}", unit.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_as_in_debug_log() {
        let line = LogLine {
            unit: UnitName::new("hello", 0),
            level: Level::Info,
            module: "unit.hello/0.juju-log".to_owned(),
            message: "message".to_owned(),
        };
        let time = Duration::from_secs(14 * 3600 + 3 * 60 + 22);
        assert_eq!(line.render(time), "unit-hello-0: 14:03:22 INFO unit.hello/0.juju-log message");
    }
}

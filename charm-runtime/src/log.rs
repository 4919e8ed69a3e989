//! `tracing` events on their way to Juju's log.
//!
//! Every `juju-log` is a process, so lines wait and neighbours of one level share a call, up to what its argument may
//! hold. They are sent before every immediate command, at the end, on error and on panic. What is below the level costs
//! nothing: `tracing` asks once for each call site.

use std::fmt::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span;

use crate::hook_command::{juju_log, messages, LogLevel, Transport};

/// The lines that wait, shared between the subscriber that fills them and the dispatch that sends them.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Shared>);

#[derive(Default)]
struct Shared {
    lines: Mutex<Vec<(LogLevel, String)>>,
    to_stderr: bool,
    has_failed: AtomicBool,
}

impl Log {
    /// With `to_stderr`, lines go to standard error at once too (`JUJU_DEBUG`).
    pub(crate) fn new(to_stderr: bool) -> Self {
        Self(Arc::new(Shared { to_stderr, ..Shared::default() }))
    }

    /// A subscriber that fills this log with what is at `level` or above.
    pub(crate) fn subscriber(&self, level: LevelFilter) -> impl tracing::Subscriber + Send + Sync + 'static {
        Subscriber { log: self.clone(), level }
    }

    pub(crate) fn add(&self, level: LogLevel, line: String) {
        if self.0.to_stderr {
            stderr(&format!("{} {}: {line}", Time::now(), level.name()));
        }
        self.0.lines.lock().unwrap_or_else(PoisonError::into_inner).push((level, line));
    }

    /// Adds a line that goes to standard error at once, whether that was asked for or not.
    pub(crate) fn announce(&self, level: LogLevel, line: &str) {
        if !self.0.to_stderr {
            stderr(line);
        }
        self.add(level, line.to_owned());
    }

    /// Sends what waits. Where Juju doesn't take it, it goes to standard error, which Juju logs too.
    pub(crate) fn flush(&self, juju: &dyn Transport) {
        let lines = std::mem::take(&mut *self.0.lines.lock().unwrap_or_else(PoisonError::into_inner));
        for neighbours in lines.chunk_by(|(a, _), (b, _)| a == b) {
            let level = neighbours[0].0;
            for message in messages(neighbours.iter().map(|(_, line)| line.as_str())) {
                self.send(juju, level, &message);
            }
        }
    }

    fn send(&self, juju: &dyn Transport, level: LogLevel, message: &str) {
        // One that hangs would be waited for once for every call.
        if !self.0.has_failed.load(Ordering::Relaxed) {
            let Err(error) = juju_log(juju, level, message) else { return };
            self.0.has_failed.store(true, Ordering::Relaxed);
            stderr(&format!("log lines follow here, since juju-log did not take them: {error}"));
        }
        // They stand there already where somebody is debugging.
        if !self.0.to_stderr {
            stderr(&format!("{}: {message}", level.name()));
        }
    }
}

// The runtime's own lines: each use of `tracing`'s macros is half a KB of code, in every charm.

pub(crate) fn error(line: fmt::Arguments<'_>) {
    tracing::error!("{line}");
}

pub(crate) fn warn(line: fmt::Arguments<'_>) {
    tracing::warn!("{line}");
}

pub(crate) fn info(line: fmt::Arguments<'_>) {
    tracing::info!("{line}");
}

pub(crate) fn debug(line: fmt::Arguments<'_>) {
    tracing::debug!("{line}");
}

/// Standard error may be closed; a lost line must not become a panic.
pub(crate) fn stderr(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The time of day, for whoever compares it with another log: Juju's times are UTC too.
struct Time(Duration);

impl Time {
    fn now() -> Self {
        // A clock before 1970 is wrong by more than this line could say.
        Self(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, millis) = (self.0.as_secs() % 86_400, self.0.subsec_millis());
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}.{millis:03}Z")
    }
}

struct Subscriber {
    log: Log,
    level: LevelFilter,
}

impl tracing::Subscriber for Subscriber {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.level)
    }

    // Spans carry no lines of their own; one id serves them all.
    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let level = match *event.metadata().level() {
            tracing::Level::ERROR => LogLevel::Error,
            tracing::Level::WARN => LogLevel::Warning,
            tracing::Level::INFO => LogLevel::Info,
            tracing::Level::DEBUG => LogLevel::Debug,
            tracing::Level::TRACE => LogLevel::Trace,
        };
        let mut line = Line::default();
        event.record(&mut line);
        self.log.add(level, line.message + &line.fields);
    }
}

/// The message, then the other fields as `name=value`.
#[derive(Default)]
struct Line {
    message: String,
    fields: String,
}

impl Visit for Line {
    // Writing to a String can't fail.
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = match field.name() {
            "message" => write!(self.message, "{value}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::hook_command::{HookCommand, Output};
    use std::cell::RefCell;

    #[derive(Default)]
    struct Calls(RefCell<Vec<Vec<String>>>);

    impl Transport for Calls {
        fn run(&self, command: &HookCommand) -> Result<Output, Error> {
            self.0.borrow_mut().push(command.arguments().to_vec());
            Ok(Output::default())
        }
    }

    #[test]
    fn the_time_of_day() {
        let shown = |millis| Time(Duration::from_millis(millis)).to_string();
        assert_eq!(shown(0), "00:00:00.000Z");
        // 2024-02-29T23:59:58.007Z
        assert_eq!(shown(1_709_251_198_007), "23:59:58.007Z");
    }

    #[test]
    fn neighbours_of_one_level_share_a_call() {
        let log = Log::default();
        tracing::subscriber::with_default(log.subscriber(LevelFilter::INFO), || {
            tracing::info!(answer = 42, "one");
            tracing::info!("two");
            tracing::debug!("not seen");
            tracing::warn!("three");
            tracing::info!("four");
        });
        let calls = Calls::default();
        log.flush(&calls);
        log.flush(&calls);
        let calls = calls.0.into_inner();
        let said: Vec<(&str, &str)> = calls.iter().map(|call| (call[1].as_str(), call[3].as_str())).collect();
        assert_eq!(said, [("INFO", "one answer=42\ntwo"), ("WARNING", "three"), ("INFO", "four")]);
    }
}

//! Pausing before a method, for a debugger: `JUJU_DEBUG_AT`.
//!
//! The process stops itself by SIGSTOP. A debugger attaches to a stopped process; in `juju debug-hooks`, where the charm
//! is started from a shell, the shell takes it for a suspended job and gives its prompt back; and whoever has no debugger
//! goes on with SIGCONT. Nothing is polled.

use std::fmt::Write as _;

use rustix::process::{getpid, kill_process, Signal};

use crate::charm::{Charm, Table};
use crate::environment::Environment;
use crate::hook_command::LogLevel;
use crate::juju::Juju;
use crate::log;

/// As `juju debug-code --at` sets it: `all`, `hook`, or methods by their names, joined by commas.
const VARIABLE: &str = "JUJU_DEBUG_AT";

/// The methods before which a dispatch pauses. By default none.
#[derive(Default)]
pub(crate) struct Breakpoints {
    names: Vec<String>,
}

/// Why a method runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runs {
    /// Juju has sent the hook or the action that it handles.
    ForTheHook,
    /// It was deferred; or it is an `#[on(any)]` or a `#[status]`.
    Besides,
}

impl Breakpoints {
    /// Those that the environment asks for. A name that no method has is told: nothing would ever pause there.
    pub(crate) fn of<C: Charm>(environment: &Environment) -> Self {
        let names = match environment.get(VARIABLE) {
            Ok(names) => names.unwrap_or_default(),
            Err(error) => {
                log::warn(format_args!("{error}"));
                ""
            }
        };
        // Juju's other names have hyphens; a method's name can't.
        let names = names.split(',').map(|name| name.trim().replace('-', "_"));
        let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        for name in &names {
            let methods = methods(C::TABLE);
            if !["all", "hook"].contains(&name.as_str()) && !methods.contains(&name.as_str()) {
                log::warn(format_args!(
                    "{VARIABLE}: no method `{name}` handles an event here; say `all`, `hook`, or some of {}",
                    methods.join(",")
                ));
            }
        }
        Self { names }
    }

    /// Pauses, if that was asked for: until a debugger or a signal lets the process go on.
    pub(crate) fn pause_before(&self, method: &str, runs: Runs, juju: &Juju) {
        let is_asked_for = self.names.iter().any(|name| match name.as_str() {
            "all" => true,
            "hook" => runs == Runs::ForTheHook,
            name => name == method,
        });
        if is_asked_for {
            stop(method, juju);
        }
    }
}

#[cold]
fn stop(method: &str, juju: &Juju) {
    let this = getpid();
    let pid = this.as_raw_nonzero();
    let mut line = format!("paused before `{method}`: process {pid}");
    // Writing to a String can't fail.
    let _ = write!(line, "; attach with `gdb -p {pid}` or `lldb -p {pid}`");
    let _ = write!(line, ", or go on with `kill -CONT {pid}`");
    juju.announce(LogLevel::Warning, &line);
    if let Err(error) = kill_process(this, Signal::STOP) {
        log::warn(format_args!("can't pause: {error}"));
    }
}

/// The names of the methods that the runtime calls, each once.
fn methods<C: Charm>(table: &Table<C>) -> Vec<&'static str> {
    let events = table.events.iter().flat_map(|row| row.handlers).map(|handler| handler.id);
    let any = table.any.iter().map(|any| any.handler.id);
    let status = table.status.iter().chain(table.app_status).map(|status| status.id);
    let mut methods = Vec::new();
    for method in events.chain(any).chain(status) {
        if let Err(at) = methods.binary_search(&method) {
            methods.insert(at, method);
        }
    }
    methods
}

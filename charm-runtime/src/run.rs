//! The process: what `charm_runtime::main!` starts.

use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use crate::charm::Charm;
use crate::dispatch::{dispatch_in_process, Exit, Host};
use crate::environment::Environment;
use crate::home::DiskHome;
use crate::hook_command::Exec;
use crate::log::stderr;
use crate::operator;
use crate::panics;

/// The variable that stops a dispatch within a dispatch, as ops does: a hook script that a charm runs may well
/// call `dispatch` again.
const GUARD: &str = "OPERATOR_DISPATCH";

/// Runs the charm `C` as Juju starts it, or with arguments as an operator does.
///
/// Exit codes: 0, done; 1, failed, which makes Juju try a hook again; 2, arguments that mean nothing.
pub fn run<C: Charm>() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let environment = Environment::of_process();
    if !arguments.is_empty() {
        return operator::operate::<C>(&arguments, &environment, &mut std::io::stdout());
    }
    if environment.is_set(GUARD) {
        return ExitCode::SUCCESS;
    }
    let charm_dir = match environment.charm_dir() {
        Ok(directory) => directory,
        Err(error) => {
            stderr(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    let host = Host {
        environment,
        transport: Box::new(Exec::default()),
        clock: Box::new(Instant::now),
        home: Rc::new(DiskHome::new(charm_dir)),
    };
    let prepare: fn() = || {
        // No other thread runs yet: the charm's own code has not been called.
        std::env::set_var(GUARD, "1");
        panics::keep();
    };
    match dispatch_in_process::<C>(host, prepare).leave() {
        Exit::Success => ExitCode::SUCCESS,
        Exit::Failure => ExitCode::FAILURE,
    }
}

/// The `main` of a charm: `charm_runtime::main!(Hello);`
#[macro_export]
macro_rules! main {
    ($charm:ty $(,)?) => {
        fn main() -> ::std::process::ExitCode {
            $crate::run::<$charm>()
        }
    };
}

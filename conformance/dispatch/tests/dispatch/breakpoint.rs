//! `JUJU_DEBUG_AT`: the process stops before a method, and goes on when it is told to.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, Stdio};

use charm_conformance_dispatch::script::RAN;
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};

use super::unit::{Dispatch, Unit, subject};

/// A process that stops now and then.
struct Stopping {
    child: Child,
    pid: Pid,
    has_ended: bool,
    stderr: BufReader<ChildStderr>,
}

impl Stopping {
    fn start(dispatch: &Dispatch<'_>) -> Self {
        let mut command = dispatch.command();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self { pid: Pid::from_child(&child), child, has_ended: false, stderr }
    }

    /// Waits until it stops, and returns what it says then; or its exit code.
    fn next(&mut self) -> Result<String, i32> {
        let (_, status) = waitpid(Some(self.pid), WaitOptions::UNTRACED).unwrap().unwrap();
        if let Some(code) = status.exit_status() {
            self.has_ended = true;
            return Err(code);
        }
        assert_eq!(status.stopping_signal(), Some(Signal::STOP.as_raw()), "{status:?}");
        let mut line = String::new();
        self.stderr.read_line(&mut line).unwrap();
        Ok(line)
    }

    fn go_on(&self) {
        kill_process(self.pid, Signal::CONT).unwrap();
    }

    /// The methods before which it stops, up to its end, which must be a good one.
    fn stops(mut self) -> Vec<String> {
        let mut stops = Vec::new();
        loop {
            match self.next() {
                Ok(line) => stops.push(line.split('`').nth(1).unwrap().to_owned()),
                Err(code) => {
                    let mut rest = String::new();
                    self.stderr.read_to_string(&mut rest).unwrap();
                    assert_eq!((code, rest.as_str()), (0, ""));
                    return stops;
                }
            }
            self.go_on();
        }
    }
}

/// A test that fails leaves no stopped process behind.
impl Drop for Stopping {
    fn drop(&mut self) {
        if !self.has_ended {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn ran(unit: &Unit) -> String {
    fs::read_to_string(unit.charm_dir().join(RAN)).unwrap_or_default()
}

#[test]
fn it_stops_before_the_method_and_says_how_to_attach() {
    let unit = subject();
    let mut process = Stopping::start(&unit.hook("update-status").with("JUJU_DEBUG_AT", "update_status"));
    let pid = process.pid.as_raw_nonzero();
    let said = process.next().unwrap();
    assert_eq!(
        said,
        format!(
            "paused before `update_status`: process {pid}; attach with `gdb -p {pid}` or `lldb -p {pid}`, \
             or go on with `kill -CONT {pid}`\n"
        )
    );
    // Whoever follows the model's log sees it, too, while it stands there.
    let logged = unit.calls().into_iter().find(|call| call.argv[0] == "juju-log").unwrap();
    assert_eq!(logged.argv[2..], ["WARNING", "--", said.trim_end()]);
    assert_eq!(ran(&unit), "");

    process.go_on();
    assert_eq!(process.next(), Err(0));
    assert!(ran(&unit).starts_with("update_status\n"), "{}", ran(&unit));
}

#[test]
fn it_stops_where_it_was_asked_to() {
    let mut unit = subject();
    unit.script("install", "defer not yet");
    unit.hook("install").run().succeeds();
    let stops = |at: &str| Stopping::start(&unit.hook("config-changed").with("JUJU_DEBUG_AT", at)).stops();
    assert_eq!(
        stops("all"),
        ["install", "config_changed", "config_changed_too", "any", "status", "status_too"]
    );
    assert_eq!(stops("hook"), ["config_changed", "config_changed_too"]);
    assert_eq!(stops("install, config-changed-too,"), ["install", "config_changed_too"]);
    assert_eq!(stops("any,status"), ["any", "status"]);
    assert_eq!(stops("update_status"), [""; 0]);
    assert_eq!(stops(""), [""; 0]);

    let action = unit.action("restore").with("JUJU_DEBUG_AT", "hook");
    assert_eq!(Stopping::start(&action).stops(), ["restore"]);
}

#[test]
fn a_name_that_no_method_has_is_told() {
    let unit = subject();
    let ran = unit.hook("update-status").with("JUJU_DEBUG_AT", "update_stats").run().succeeds();
    let line =
        ran.logged("WARNING: JUJU_DEBUG_AT: no method `update_stats` handles an event here; say `all`");
    assert!(line.contains(",update_status,"), "{line}");
}

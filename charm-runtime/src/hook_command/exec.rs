//! Hook commands as processes, found on PATH: the way every Juju offers.

use std::io::{ErrorKind, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{poll, PollFd, PollFlags, Timespec};

use super::secret_content::ContentFiles;
use super::{HookCommand, Output, Transport};
use crate::error::Error;

/// Juju answers all but downloads from the controller in well under a second; a command that is silent for
/// this long will not answer, and the machine lock is held meanwhile.
const DEADLINE: Duration = Duration::from_secs(120);
/// `resource-get` downloads.
const DOWNLOAD_DEADLINE: Duration = Duration::from_secs(3600);
/// How long to wait, at the most, before looking whether the command has ended without closing its outputs.
const LONGEST_NAP: Duration = Duration::from_millis(50);
/// No answer of Juju's is near this; a tool that prints without end must not fill the unit's memory.
const LARGEST_OUTPUT: usize = 64 << 20;

/// Runs each command as a process of its own, without a thread.
#[derive(Debug, Default)]
pub struct Exec {
    deadline: Option<Duration>,
}

impl Exec {
    /// Another deadline than the defaults (two minutes; an hour for downloads).
    #[must_use]
    pub fn with_deadline(deadline: Duration) -> Self {
        Self { deadline: Some(deadline) }
    }

    fn deadline(&self, command: &HookCommand) -> Duration {
        self.deadline.unwrap_or(match command.name() {
            "resource-get" => DOWNLOAD_DEADLINE,
            _ => DEADLINE,
        })
    }
}

impl Transport for Exec {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let limit = self.deadline(command);
        let mut process = Command::new(command.name());
        // Until the command has ended, or won't any more.
        let content = match command.content().map(ContentFiles::write).transpose() {
            Ok(content) => content,
            Err(error) => {
                let problem = "the secret's content can't be written to the directory for temporary files";
                return Err(Error::hook_command_io(command, problem, error));
            }
        };
        process.args(command.arguments()).args(content.iter().flat_map(ContentFiles::arguments));
        process.stdout(Stdio::piped()).stderr(Stdio::piped());
        process.stdin(if command.standard_input().is_some() { Stdio::piped() } else { Stdio::null() });
        let mut child = process.spawn().map_err(|error| {
            let problem = match error.kind() {
                ErrorKind::NotFound => "it is not on PATH: Juju starts a charm with its hook commands there",
                ErrorKind::PermissionDenied => "it is on PATH and can't be executed",
                ErrorKind::ArgumentListTooLong => "its arguments are longer than the system takes",
                _ => "it can't be started",
            };
            Error::hook_command_io(command, problem, error)
        })?;
        let deadline = Instant::now() + limit;
        let late = || Error::hook_command(command, format!("no answer within {} s", limit.as_secs_f32()));
        let answer = converse(&mut child, command, deadline, &late).and_then(|answer| {
            let ended = wait_until(&mut child, deadline).map_err(|error| lost(command, error))?;
            Ok((answer, ended.ok_or_else(late)?))
        });
        if answer.is_err() {
            // It may have ended by itself meanwhile; either way it is reaped.
            let _ = child.kill();
            let _ = child.wait();
        }
        let ((stdout, stderr), status) = answer?;
        match status.code() {
            Some(code) => Ok(Output { code, stdout, stderr }),
            None => Err(Error::hook_command(command, format!("it was ended by a signal ({status})"))),
        }
    }
}

fn lost(command: &HookCommand, error: std::io::Error) -> Error {
    Error::hook_command_io(command, "its end was lost", error)
}

/// Waits for a process that is about to end; `None` where it has not by then.
fn wait_until(child: &mut Child, deadline: Instant) -> std::io::Result<Option<ExitStatus>> {
    // It closes its outputs a moment before it has ended: shorter than the shortest nap.
    let mut looks = 0;
    let mut nap = Duration::from_micros(50);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        looks += 1;
        if looks < 200 {
            std::thread::yield_now();
            continue;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        std::thread::sleep(nap.min(left));
        nap = (nap * 2).min(LONGEST_NAP);
    }
}

/// Feeds standard input and reads both outputs until they close, the process has ended, or the deadline has passed.
fn converse(
    child: &mut Child,
    command: &HookCommand,
    deadline: Instant,
    late: &dyn Fn() -> Error,
) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let failed = |problem: &str, error: std::io::Error| Error::hook_command_io(command, problem, error);
    let mut input = command.standard_input().unwrap_or_default();
    let mut stdin = child.stdin.take();
    let mut outputs = [
        Pipe::new(child.stdout.take().map(|pipe| Box::new(pipe) as Box<dyn Readable>)),
        Pipe::new(child.stderr.take().map(|pipe| Box::new(pipe) as Box<dyn Readable>)),
    ];
    if let Some(stdin) = &stdin {
        rustix::io::ioctl_fionbio(stdin, true).map_err(|error| failed("its input", error.into()))?;
    }
    let mut has_ended = false;
    loop {
        if input.is_empty() {
            stdin = None;
        }
        let mut waits = Vec::with_capacity(3);
        if let Some(stdin) = &stdin {
            waits.push(PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::OUT));
        }
        for output in &outputs {
            if let Some(pipe) = &output.pipe {
                waits.push(PollFd::from_borrowed_fd(pipe.fd(), PollFlags::IN));
            }
        }
        if waits.is_empty() {
            break;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(late());
        }
        // Who has ended has said what there is to say; a child of its own may hold the pipes open for long.
        let nap = if has_ended { Duration::ZERO } else { left.min(LONGEST_NAP) };
        let timeout = Timespec::try_from(nap).ok();
        match poll(&mut waits, timeout.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(failed("waiting for it", error.into())),
        }
        let ready: Vec<bool> = waits.iter().map(|wait| !wait.revents().is_empty()).collect();
        drop(waits);
        if !ready.contains(&true) {
            if has_ended {
                break;
            }
            has_ended = child.try_wait().map_err(|error| lost(command, error))?.is_some();
        }
        let mut ready = ready.into_iter();
        if stdin.is_some() && ready.next() == Some(true) {
            if let Some(pipe) = &mut stdin {
                if !feed(pipe, &mut input).map_err(|error| failed("its input", error))? {
                    stdin = None;
                }
            }
        }
        for output in &mut outputs {
            if output.pipe.is_some() && ready.next() == Some(true) {
                output.read().map_err(|error| failed("its output", error))?;
            }
            if output.bytes.len() > LARGEST_OUTPUT {
                return Err(Error::hook_command(command, format!("it printed over {LARGEST_OUTPUT} bytes")));
            }
        }
    }
    let [stdout, stderr] = outputs;
    Ok((stdout.bytes, stderr.bytes))
}

/// Writes what fits; `false` where the command doesn't read on, which is its own affair.
fn feed(stdin: &mut ChildStdin, input: &mut &[u8]) -> std::io::Result<bool> {
    match stdin.write(input) {
        Ok(written) => {
            *input = &input[written..];
            Ok(true)
        }
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

trait Readable: Read {
    fn fd(&self) -> BorrowedFd<'_>;
}

impl<T: Read + AsFd> Readable for T {
    fn fd(&self) -> BorrowedFd<'_> {
        self.as_fd()
    }
}

struct Pipe {
    pipe: Option<Box<dyn Readable>>,
    bytes: Vec<u8>,
}

impl Pipe {
    fn new(pipe: Option<Box<dyn Readable>>) -> Self {
        Self { pipe, bytes: Vec::new() }
    }

    /// One read of what is there; forgets the pipe at its end.
    fn read(&mut self) -> std::io::Result<()> {
        let mut buffer = [0; 8192];
        let Some(pipe) = &mut self.pipe else { return Ok(()) };
        match pipe.read(&mut buffer) {
            Ok(0) => self.pipe = None,
            Ok(count) => self.bytes.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_may_take_longer_than_the_rest() {
        let deadline = |exec: &Exec, name: &'static str| exec.deadline(&HookCommand::new(name)).as_secs();
        let exec = Exec::default();
        assert_eq!((deadline(&exec, "resource-get"), deadline(&exec, "relation-get")), (3600, 120));
        let exec = Exec::with_deadline(Duration::from_secs(3));
        assert_eq!((deadline(&exec, "resource-get"), deadline(&exec, "relation-get")), (3, 3));
    }
}

//! One hook as a process.

#[cfg(test)]
mod tests;

use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::connection::Connection;
use super::rpc::{Reply, Request};
use super::socket::Socket;
use crate::model::Exit;

/// How long a hook's output is waited for once it has ended. What a child of it prints later is lost, as in Juju.
const DRAIN: Duration = Duration::from_millis(100);
/// How often the wish to stop is looked at while nothing happens. A signal to this thread is noticed at once.
const HEARTBEAT: Duration = Duration::from_millis(100);
/// How many connections a hook may hold. Further ones wait for one of these to end.
const MAX_CONNECTIONS: usize = 64;
/// How much output is read at once.
const CHUNK: usize = 16 << 10;

/// Which of a process's outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

/// Who is told what happens while a hook runs.
pub(super) trait Attendant {
    /// The hook has printed something.
    fn printed(&mut self, stream: Stream, bytes: &[u8]);
    /// Nothing more of what it prints is heard.
    fn ended(&mut self, stream: Stream);
    /// A hook command was called. Without a reply the hook is killed.
    fn called(&mut self, request: &Request) -> Option<Reply>;
}

/// The limits of a run.
pub(super) struct Limits<'a> {
    pub(super) timeout: Duration,
    pub(super) stop: &'a AtomicBool,
    /// For an action: whether its operator has changed his mind.
    pub(super) cancel: Option<&'a AtomicBool>,
}

/// How a run ended.
pub(super) enum End {
    Exit(Exit),
    /// It was killed because the agent is to stop.
    Stopped,
}

/// Runs `command` to its end; what it reads is `stdin`. All that happens meanwhile happens on this thread, so that hook
/// commands are answered one after another, as in Juju.
pub(super) fn run(
    mut command: Command,
    stdin: Stdio,
    socket: &Socket,
    limits: &Limits<'_>,
    attendant: &mut dyn Attendant,
) -> End {
    command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Its own group, so that what it started can be killed with it.
    command.process_group(0);
    let mut child = match spawn(&mut command) {
        Ok(child) => child,
        Err(error) => return End::Exit(Exit::Failed(cannot_run(&command, &error))),
    };
    let exit = match watch(&child) {
        Ok(exit) => exit,
        Err(error) => {
            kill(&child);
            let _ = child.wait();
            return End::Exit(Exit::Failed(format!("cannot watch it: {error}")));
        }
    };
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let hook = Hook { child, exit, stdout, stderr, socket, connections: Vec::new(), killed: false };
    hook.follow(limits, attendant)
}

/// A file that was just written can for a moment be held open for writing by a child that another thread is about to
/// start. It is not busy for long.
fn spawn(command: &mut Command) -> io::Result<Child> {
    for _ in 0..100 {
        match command.spawn() {
            Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(Duration::from_millis(10));
            }
            other => return other,
        }
    }
    command.spawn()
}

fn cannot_run(command: &Command, error: &io::Error) -> String {
    let program = command.get_program().display();
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            format!("cannot run {program}: permission denied; make it executable (chmod +x)")
        }
        // The file was there a moment ago, so what is missing is what its first line names.
        io::ErrorKind::NotFound => {
            format!("cannot run {program}: the interpreter in its first line is missing")
        }
        _ => format!("cannot run {program}: {error}"),
    }
}

/// A stream that ends when the process has. A thread waits for that, since not every system can wait for a process and
/// for bytes at once.
fn watch(child: &Child) -> io::Result<UnixStream> {
    let (ours, theirs) = UnixStream::pair()?;
    let pid = pid(child);
    std::thread::Builder::new().name("hook process".to_owned()).spawn(move || {
        // Looks without reaping: as long as the process is not reaped its number is its own, and safe to kill.
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        if let Some(pid) = pid {
            // Whatever it answers, there is nothing left to wait for.
            let _ = rustix::io::retry_on_intr(|| waitid(WaitId::Pid(pid), options));
        }
        drop(theirs);
    })?;
    Ok(ours)
}

fn pid(child: &Child) -> Option<Pid> {
    Pid::from_raw(i32::try_from(child.id()).ok()?)
}

fn kill(child: &Child) {
    // It fails only if all have ended by now.
    let _ = pid(child).map(|group| kill_process_group(group, Signal::KILL));
}

/// A hook that runs.
struct Hook<'a> {
    child: Child,
    exit: UnixStream,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    socket: &'a Socket,
    connections: Vec<Connection>,
    killed: bool,
}

/// What can be gone on with.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for what was waited for")]
struct Ready {
    exit: bool,
    stdout: bool,
    stderr: bool,
    listener: bool,
    connections: Vec<bool>,
}

impl Hook<'_> {
    fn follow(mut self, limits: &Limits<'_>, attendant: &mut dyn Attendant) -> End {
        let deadline = Instant::now() + limits.timeout;
        let (mut stopped, mut overdue, mut cancelled) = (false, false, false);
        loop {
            if !stopped && limits.stop.load(Ordering::Acquire) {
                stopped = true;
                self.kill();
            }
            if !overdue && Instant::now() >= deadline {
                overdue = true;
                self.kill();
            }
            if !cancelled && limits.cancel.is_some_and(|cancel| cancel.load(Ordering::Acquire)) {
                cancelled = true;
                self.kill();
            }
            let ready = self.wait(HEARTBEAT.min(deadline.saturating_duration_since(Instant::now())), true);
            self.read(&ready, attendant);
            self.serve(&ready, attendant);
            if ready.exit {
                break;
            }
        }
        // For whoever calls from now on, such as a child left behind, the hook has ended.
        self.connections.clear();
        let drained = Instant::now() + DRAIN;
        while self.stdout.is_some() || self.stderr.is_some() {
            let left = drained.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let ready = self.wait(left, false);
            self.read(&ready, attendant);
        }
        attendant.ended(Stream::Stdout);
        attendant.ended(Stream::Stderr);
        let status = self.child.wait();
        if stopped {
            return End::Stopped;
        }
        End::Exit(match status {
            _ if overdue => {
                Exit::Failed(format!("it ran longer than {} s and was killed", limits.timeout.as_secs_f32()))
            }
            Ok(status) => match (status.code(), status.signal()) {
                (Some(code), _) => Exit::Code(code),
                (None, signal) => Exit::Signal(signal.unwrap_or_default()),
            },
            Err(error) => Exit::Failed(format!("its end can't be known: {error}")),
        })
    }

    /// Ends the hook. Whoever still calls is not heard any more: nothing may happen after the end was decided.
    fn kill(&mut self) {
        kill(&self.child);
        self.killed = true;
        self.connections.clear();
    }

    /// Waits until something can be gone on with, or the time is over: only for output once the hook has ended.
    fn wait(&self, timeout: Duration, runs: bool) -> Ready {
        let (input, output) = (PollFlags::IN, PollFlags::OUT);
        let mut fds = Vec::with_capacity(4 + self.connections.len());
        if runs {
            fds.push(PollFd::new(&self.exit, input));
        }
        fds.extend(self.stdout.iter().map(|stdout| PollFd::new(stdout, input)));
        fds.extend(self.stderr.iter().map(|stderr| PollFd::new(stderr, input)));
        let listens = runs && !self.killed && self.connections.len() < MAX_CONNECTIONS;
        if listens {
            fds.push(PollFd::new(self.socket.listener(), input));
        }
        let wants = |connection: &Connection| if connection.has_unsent() { output } else { input };
        fds.extend(
            self.connections.iter().map(|connection| PollFd::new(connection.stream(), wants(connection))),
        );
        let timeout = Timespec::try_from(timeout).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 });
        if poll(&mut fds, Some(&timeout)).is_err() {
            // Only a signal, which may be the wish to stop.
            return Ready::default();
        }
        let mut ready = fds.iter().map(|fd| !fd.revents().is_empty());
        let mut next = |polled: bool| polled && ready.next().unwrap_or(false);
        Ready {
            exit: next(runs),
            stdout: next(self.stdout.is_some()),
            stderr: next(self.stderr.is_some()),
            listener: next(listens),
            connections: ready.collect(),
        }
    }

    fn read(&mut self, ready: &Ready, attendant: &mut dyn Attendant) {
        if ready.stdout {
            read(&mut self.stdout, &mut |bytes| attendant.printed(Stream::Stdout, bytes));
        }
        if ready.stderr {
            read(&mut self.stderr, &mut |bytes| attendant.printed(Stream::Stderr, bytes));
        }
    }

    fn serve(&mut self, ready: &Ready, attendant: &mut dyn Attendant) {
        for (connection, _) in
            self.connections.iter_mut().zip(&ready.connections).filter(|(_, ready)| **ready)
        {
            if connection.has_unsent() {
                connection.send();
            } else {
                connection.read();
            }
            while let Some(call) = connection.next_call() {
                let reply = match &call.request {
                    Ok(request) => attendant.called(request),
                    Err(error) => Some(Reply::Refused(error.clone())),
                };
                match reply {
                    Some(reply) => connection.reply(&call, &reply),
                    // Nobody is to be there any more to hear an answer.
                    None => return self.kill(),
                }
            }
        }
        self.connections.retain(Connection::is_open);
        if ready.listener {
            self.connections.extend(self.socket.accept().map(Connection::new));
        }
    }
}

/// Takes what is there of an output. One that can't be read is one that has ended.
fn read(from: &mut Option<impl Read>, take: &mut dyn FnMut(&[u8])) {
    let Some(open) = from else { return };
    let mut chunk = [0; CHUNK];
    match open.read(&mut chunk) {
        Ok(count @ 1..) => take(chunk.get(..count).unwrap_or_default()),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
        _ => *from = None,
    }
}

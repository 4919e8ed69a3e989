//! One hook as a process.

use std::io::{BufRead as _, BufReader, Read};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::server::{Server, Waiting};
use crate::model::Exit;

/// Where Juju cuts lines.
const MAX_LINE: u64 = 4096;
/// How long a hook's output is waited for once it has ended. What a child of it prints later is lost, as in Juju.
const DRAIN: Duration = Duration::from_millis(100);
/// How often the wish to stop is looked at while a hook says nothing.
const HEARTBEAT: Duration = Duration::from_millis(100);

/// Which of a process's outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Stdout,
    Stderr,
}

/// What happens while a hook runs.
pub(super) enum Event {
    /// It printed a line, here without its end.
    Line(Stream, Vec<u8>),
    /// A hook command was called.
    Call(Waiting),
    /// An output has ended.
    Closed,
    /// The process has ended.
    Exited,
}

/// What is to become of the hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Continue,
    Kill,
}

/// The limits of a run.
pub(super) struct Limits<'a> {
    pub(super) timeout: Duration,
    pub(super) stop: &'a AtomicBool,
}

/// How a run ended.
pub(super) enum End {
    Exit(Exit),
    /// It was killed because the agent is to stop.
    Stopped,
}

/// Runs `command` to its end and hands over what happens in the meantime. All of it happens on this thread, so that
/// hook commands are answered one after another, as in Juju.
pub(super) fn run(
    mut command: Command,
    server: &Server,
    limits: &Limits<'_>,
    mut on_event: impl FnMut(Event) -> Then,
) -> End {
    // Bounded, so that a hook which floods its output waits for its reader.
    let (sender, events) = sync_channel(256);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // Its own group, so that what it started can be killed with it.
    command.process_group(0);
    let calls = sender.clone();
    // Before the process is there, since it may call at once. A call that comes too late to be read is dropped, which
    // refuses it.
    let attending = server.attend(move |call| drop(calls.send(Event::Call(call))));
    let end = match spawn(&mut command) {
        Ok(mut child) => match watch(&mut child, &sender) {
            Ok(()) => follow(&mut child, &events, limits, &mut on_event),
            Err(error) => {
                kill(&child);
                let _ = child.wait();
                End::Exit(Exit::Failed(format!("cannot start a thread: {error}")))
            }
        },
        Err(error) => End::Exit(Exit::Failed(cannot_run(&command, &error))),
    };
    // First the receiver: a call that waits for room in the channel holds what the guard is about to take.
    drop(events);
    drop(attending);
    end
}

/// A file that was just written can for a moment be held open for writing by a child that another thread is about to
/// start. It is not busy for long.
fn spawn(command: &mut Command) -> std::io::Result<Child> {
    for _ in 0..100 {
        match command.spawn() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                std::thread::sleep(Duration::from_millis(10));
            }
            other => return other,
        }
    }
    command.spawn()
}

fn cannot_run(command: &Command, error: &std::io::Error) -> String {
    let program = command.get_program().display();
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => {
            format!("cannot run {program}: permission denied; make it executable (chmod +x)")
        }
        // The file was there a moment ago, so what is missing is what its first line names.
        std::io::ErrorKind::NotFound => {
            format!("cannot run {program}: the interpreter in its first line is missing")
        }
        _ => format!("cannot run {program}: {error}"),
    }
}

/// Starts the threads that wait for output and for the end.
fn watch(child: &mut Child, sender: &SyncSender<Event>) -> std::io::Result<()> {
    let thread = |name: &str, work: Box<dyn FnOnce() + Send>| {
        std::thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
    };
    if let Some(stdout) = child.stdout.take() {
        let sender = sender.clone();
        thread("hook stdout", Box::new(move || read_lines(Stream::Stdout, stdout, &sender)))?;
    }
    if let Some(stderr) = child.stderr.take() {
        let sender = sender.clone();
        thread("hook stderr", Box::new(move || read_lines(Stream::Stderr, stderr, &sender)))?;
    }
    let (pid, sender) = (pid(child), sender.clone());
    thread(
        "hook process",
        Box::new(move || {
            // Looks without reaping: as long as the process is not reaped its number is its own, and safe to kill.
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
            if let Some(pid) = pid {
                // Whatever it answers, there is nothing left to wait for.
                let _ = rustix::io::retry_on_intr(|| waitid(WaitId::Pid(pid), options));
            }
            let _ = sender.send(Event::Exited);
        }),
    )
}

fn pid(child: &Child) -> Option<Pid> {
    Pid::from_raw(i32::try_from(child.id()).ok()?)
}

fn kill(child: &Child) {
    // It fails only if all have ended by now.
    let _ = pid(child).map(|group| kill_process_group(group, Signal::KILL));
}

fn read_lines(stream: Stream, from: impl Read, sender: &SyncSender<Event>) {
    let mut from = BufReader::new(from);
    loop {
        let mut line = Vec::new();
        // An output that can't be read is an output that has ended.
        let read = from.by_ref().take(MAX_LINE).read_until(b'\n', &mut line).unwrap_or(0);
        if read == 0 {
            let _ = sender.send(Event::Closed);
            return;
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        if sender.send(Event::Line(stream, line)).is_err() {
            return;
        }
    }
}

fn follow(
    child: &mut Child,
    events: &Receiver<Event>,
    limits: &Limits<'_>,
    on_event: &mut impl FnMut(Event) -> Then,
) -> End {
    let deadline = Instant::now() + limits.timeout;
    let (mut open, mut stopped, mut overdue) = (2, false, false);
    loop {
        if !stopped && limits.stop.load(Ordering::Acquire) {
            stopped = true;
            kill(child);
        }
        if !overdue && Instant::now() >= deadline {
            overdue = true;
            kill(child);
        }
        match events.recv_timeout(HEARTBEAT) {
            Ok(Event::Closed) => open -= 1,
            Ok(Event::Exited) | Err(RecvTimeoutError::Disconnected) => break,
            Ok(event) => {
                if on_event(event) == Then::Kill {
                    kill(child);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
    let drained = Instant::now() + DRAIN;
    while open > 0 {
        match events.recv_timeout(drained.saturating_duration_since(Instant::now())) {
            Ok(Event::Closed) => open -= 1,
            Ok(line @ Event::Line(..)) => {
                on_event(line);
            }
            // Whoever calls now is a child left behind: for it the hook has ended.
            Ok(Event::Call(_) | Event::Exited) => {}
            Err(_) => break,
        }
    }
    let status = child.wait();
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

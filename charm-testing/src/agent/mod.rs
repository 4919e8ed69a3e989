//! Runs charms as real processes on a [`Model`].
//!
//! What a charm finds is what Juju's agent on a machine gives it: its own copy of the charm directory, an environment
//! built from nothing, the hook commands on PATH. What differs: a hook that runs too long is killed (Juju waits for
//! ever), and hooks run on this machine as this user, with all that this implies.

mod client;
mod directory;
mod error;
mod process;
mod protocol;
mod server;
mod settle;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use charm_meta::StorageKind;

pub use client::{hook_command_main, is_hook_command};
pub use error::AgentError;
pub use settle::Rest;

use crate::environment::{self, Places};
use crate::hook_command::{self, Call, CallError};
use crate::model::{Exit, Hook, HookContext, Level, LogLine, Model, Reboot, StorageId, Unit, UnitName};
use process::{End, Event, Limits, Stream, Then};
use protocol::{Reply, Request};
use server::Server;

/// The longest path of a socket that every system takes.
const MAX_SOCKET_PATH: usize = 103;
/// How much of an action's output is kept as its result, of stdout and of stderr each.
const MAX_ACTION_OUTPUT: usize = 1 << 20;

/// Runs the hooks of all units of a model, one at a time.
#[derive(Debug)]
pub struct Agent {
    work: PathBuf,
    tools: PathBuf,
    server: Server,
    charms: BTreeMap<String, PathBuf>,
    /// The revision of the charm that each unit has its copy of.
    deployed: BTreeMap<UnitName, u64>,
    timeout: Duration,
    stop: Arc<AtomicBool>,
}

/// A hook that has been run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Whose it was.
    pub unit: UnitName,
    /// Which it was.
    pub hook: Hook,
    /// How it ended.
    pub exit: Exit,
}

impl Agent {
    /// An agent that keeps everything below the directory `work`, which it makes if need be and never removes.
    /// `program` is what the hook commands are links to: it must call [`hook_command_main`] when it is called by one of
    /// their names.
    pub fn new(work: &Path, program: &Path) -> Result<Self, AgentError> {
        directory::create_private(work)?;
        // Hooks run elsewhere, so what they are told must not depend on where this process is.
        let work = work.canonicalize().map_err(|error| AgentError::io("find", work, error))?;
        let program = program.canonicalize().map_err(|error| AgentError::io("find", program, error))?;
        let tools = work.join("tools");
        directory::link_tools(&tools, &program)?;
        let socket = work.join("agent.socket");
        if socket.as_os_str().len() > MAX_SOCKET_PATH {
            return Err(AgentError::SocketPathTooLong(socket));
        }
        let server = Server::listen(&socket).map_err(|error| AgentError::io("listen on", &socket, error))?;
        Ok(Self {
            work,
            tools,
            server,
            charms: BTreeMap::new(),
            deployed: BTreeMap::new(),
            timeout: Duration::from_secs(300),
            stop: Arc::default(),
        })
    }

    /// Says where the charm of `application` lies. Each unit gets a copy before its first hook.
    pub fn set_charm(&mut self, application: &str, directory: &Path) {
        self.charms.insert(application.to_owned(), directory.to_owned());
    }

    /// How long a hook may run before it is killed, with all that it has started. The default is 300 s.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// A flag that, once true, makes the agent kill what it runs and give up with [`AgentError::Interrupted`].
    pub fn set_stop(&mut self, stop: Arc<AtomicBool>) {
        self.stop = stop;
    }

    /// The directory in which the charm of `unit` runs.
    pub fn charm_directory(&self, unit: &UnitName) -> PathBuf {
        self.work.join("agents").join(unit.tag()).join("charm")
    }

    /// Runs the next hook of the model, if one is due. `observe` sees each line of the log as it comes.
    pub fn run_next(
        &mut self,
        model: &mut Model,
        observe: &mut dyn FnMut(&LogLine),
    ) -> Result<Option<Ran>, AgentError> {
        if self.stop.load(std::sync::atomic::Ordering::Acquire) {
            return Err(AgentError::Interrupted);
        }
        self.provide_storage(model)?;
        let Some(mut context) = model.next() else { return Ok(None) };
        let (unit, hook) = (context.unit().clone(), context.hook().clone());
        let exit = match self.run(model, &mut context, observe) {
            Ok(exit) => exit,
            Err(error) => {
                // The unit must not count as running for ever.
                model.finish(context, &Exit::Failed(error.to_string()));
                return Err(error);
            }
        };
        model.finish(context, &exit);
        model.take_log().iter().for_each(observe);
        Ok(Some(Ran { unit, hook, exit }))
    }

    fn run(
        &mut self,
        model: &mut Model,
        context: &mut HookContext,
        observe: &mut dyn FnMut(&LogLine),
    ) -> Result<Exit, AgentError> {
        let (unit, hook) = (context.unit().clone(), context.hook().clone());
        let charm = self.prepare(model, &unit)?;
        let Some(program) = program(&charm, &hook) else { return Ok(Exit::Missing) };
        let places = Places { charm: &charm, tools: &self.tools, socket: self.server.path() };
        let mut command = Command::new(program);
        if let Hook::Exec(exec) = &hook {
            command.arg("-c").arg(&exec.commands);
        }
        command.current_dir(&charm).env_clear().envs(environment::variables(model, context, &places));
        let module = format!("unit.{unit}.{}", hook.name());
        let mut output = ActionOutput::default();
        let limits = Limits { timeout: self.timeout, stop: &self.stop };
        let end = process::run(command, &self.server, &limits, |event| {
            let mut then = Then::Continue;
            match event {
                Event::Line(stream, line) => {
                    let line = String::from_utf8_lossy(&line);
                    let level = if stream == Stream::Stdout { Level::Debug } else { Level::Warning };
                    model.log(&unit, level, &module, line.trim_end_matches('\r'));
                    output.keep(stream, &line);
                }
                Event::Call(call) => {
                    let reply = answer(model, context, &call.request);
                    if context.reboot() == Some(Reboot::Now) {
                        // Nobody is to be there any more to hear an answer.
                        then = Then::Kill;
                    } else {
                        // Who doesn't wait for it any more has been killed.
                        let _ = call.reply.send(reply);
                    }
                }
                Event::Closed | Event::Exited => {}
            }
            model.take_log().iter().for_each(&mut *observe);
            then
        });
        match end {
            End::Stopped => Err(AgentError::Interrupted),
            End::Exit(exit) => {
                match &hook {
                    Hook::Action { id, .. } => {
                        model.record_action_output(*id, &output.stdout, &output.stderr);
                    }
                    Hook::Exec(exec) => model.record_exec_output(exec.id, &output.stdout, &output.stderr),
                    _ => {}
                }
                Ok(exit)
            }
        }
    }

    /// Gives each filesystem that has none yet a directory of its own: the places that Juju would take are this
    /// machine's.
    fn provide_storage(&self, model: &mut Model) -> Result<(), AgentError> {
        let root = self.work.join("storage");
        let elsewhere: Vec<StorageId> = model
            .units()
            .flat_map(|unit| model.storages_of(&unit.name))
            .filter(|storage| storage.kind == StorageKind::Filesystem)
            .filter(|storage| {
                storage.location.as_ref().is_some_and(|location| !Path::new(location).starts_with(&root))
            })
            .map(|storage| storage.id.clone())
            .collect();
        for id in elsewhere {
            let directory = root.join(id.to_string());
            directory::create_private(&directory)?;
            model.set_storage_location(&id, directory.to_str());
        }
        Ok(())
    }

    /// Gives a unit its copy of the charm, unless it has one of the revision that it is to run: that changes when it
    /// runs upgrade-charm, or is upgraded by force while in error.
    fn prepare(&mut self, model: &Model, unit: &UnitName) -> Result<PathBuf, AgentError> {
        let directory = self.charm_directory(unit);
        let revision = model.unit(unit).map_or(0, Unit::charm_revision);
        if directory.is_dir() && self.deployed.get(unit) == Some(&revision) {
            return Ok(directory);
        }
        let application = unit.application();
        let source = self.charms.get(application);
        let source = source.ok_or_else(|| AgentError::UnknownCharm(application.to_owned()))?;
        let source = source.canonicalize().map_err(|error| AgentError::io("find charm", source, error))?;
        self.deployed.insert(unit.clone(), revision);
        if directory.is_dir() {
            directory::copy_charm(&source, &directory, &self.work)?;
            return Ok(directory);
        }
        // Under another name first: a copy that fails halfway must not pass for a charm.
        let partial = directory.with_extension("partial");
        if partial.exists() {
            std::fs::remove_dir_all(&partial).map_err(|error| AgentError::io("remove", &partial, error))?;
        }
        directory::copy_charm(&source, &partial, &self.work)?;
        std::fs::rename(&partial, &directory).map_err(|error| AgentError::io("rename", &partial, error))?;
        Ok(directory)
    }
}

/// Copies the charm in the directory `from` to `to`, without what version control and Cargo keep beside it.
pub fn copy_charm(from: &Path, to: &Path) -> Result<(), AgentError> {
    directory::copy_charm(from, to, to)
}

/// What is executed for a hook: the shell for commands of an operator; else `dispatch`, or in a charm without it the
/// script of the hook's name, if there is one.
fn program(charm: &Path, hook: &Hook) -> Option<PathBuf> {
    if matches!(hook, Hook::Exec(_)) {
        return Some(PathBuf::from("/bin/bash"));
    }
    let programs = [charm.join("dispatch"), charm.join(hook.dispatch_path())];
    // A link to nowhere is there, and fails as what it is.
    programs.into_iter().find(|program| program.symlink_metadata().is_ok())
}

fn answer(model: &mut Model, context: &mut HookContext, request: &Request) -> Reply {
    let (asked, current) = (&request.context_id, context.id().to_owned());
    if *asked != current {
        return Reply::Refused(format!("bad request: expected context id {current:?}, got {asked:?}"));
    }
    let Some(mut view) = model.view(context) else {
        return Reply::Refused("bad request: the unit is gone".to_owned());
    };
    let dir = Path::new(OsStr::from_bytes(&request.dir));
    let call = Call { command: &request.command, args: &request.args, dir, stdin: request.stdin.as_deref() };
    match hook_command::run(&mut view, &call) {
        Ok(answer) => Reply::Answer { code: answer.code, stdout: answer.stdout, stderr: answer.stderr },
        Err(CallError::NeedsStdin) => Reply::NeedsStdin,
        Err(error @ CallError::UnknownCommand(_)) => Reply::Refused(error.to_string()),
    }
}

/// What an action prints, for its results.
#[derive(Default)]
struct ActionOutput {
    stdout: String,
    stderr: String,
}

impl ActionOutput {
    fn keep(&mut self, stream: Stream, line: &str) {
        let kept = match stream {
            Stream::Stdout => &mut self.stdout,
            Stream::Stderr => &mut self.stderr,
        };
        if kept.len() + line.len() < MAX_ACTION_OUTPUT {
            kept.push_str(line);
            kept.push('\n');
        }
    }
}

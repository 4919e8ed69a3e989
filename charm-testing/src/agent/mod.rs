//! Runs charms as real processes on a [`Model`].
//!
//! What a charm finds is what Juju's agent on a machine gives it: its own copy of the charm directory, an environment
//! built from nothing, the hook commands on PATH, and the agent's socket, at which any client of Juju's protocol is
//! answered: abstract in Juju 3, a file in Juju 4. [`CharmSource`] reads charms of all forms.
//!
//! What differs: a hook that runs too long is killed (Juju waits for ever), of an endless output only the beginning is
//! logged, who isn't this user finds no ear at the socket, and hooks run on this machine as this user, with all that this
//! implies.

mod attendant;
mod charm;
mod client;
mod connection;
mod deployment;
mod error;
mod gob;
mod output;
mod process;
mod rpc;
mod settle;
mod socket;
mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use charm_meta::StorageKind;

pub use charm::{CharmError, CharmFiles, CharmOptions, CharmSource};
pub use client::{hook_command_main, is_hook_command};
pub use error::AgentError;
pub use settle::Rest;

use crate::environment::{self, Places};
use crate::model::{Exit, Hook, HookContext, LogLine, Model, StorageId, Unit, UnitName};
use attendant::Attendant;
use deployment::Deployment;
use process::{End, Limits};
use socket::Socket;

/// Runs the hooks of all units of a model, one at a time.
#[derive(Debug)]
pub struct Agent {
    work: PathBuf,
    /// What the hook commands are links to.
    program: PathBuf,
    charms: BTreeMap<String, CharmFiles>,
    /// The units that have, or may have, a copy of their charm.
    deployed: BTreeSet<UnitName>,
    timeout: Duration,
    stop: Arc<AtomicBool>,
    cancel: Arc<AtomicBool>,
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
        charm::create_private(work)?;
        // Hooks run elsewhere, so what they are told must not depend on where this process is.
        let work = work.canonicalize().map_err(|error| AgentError::io("find", work, error))?;
        let program = program.canonicalize().map_err(|error| AgentError::io("find", program, error))?;
        let deployed = deployed(&work.join("agents"));
        Ok(Self {
            work,
            program,
            charms: BTreeMap::new(),
            deployed,
            timeout: Duration::from_secs(300),
            stop: Arc::default(),
            cancel: Arc::default(),
        })
    }

    /// Says which files the charm of `application` has: those of a [`CharmSource`], or a directory as it is. Each unit gets
    /// a copy before its first hook, and when it runs upgrade-charm the files that are set by then.
    pub fn set_charm(&mut self, application: &str, files: impl Into<CharmFiles>) {
        self.charms.insert(application.to_owned(), files.into());
    }

    /// How long a hook may run before it is killed, with all that it has started. The default is 300 s.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// A flag that, once true, makes the agent kill what it runs and give up with [`AgentError::Interrupted`].
    pub fn set_stop(&mut self, stop: Arc<AtomicBool>) {
        self.stop = stop;
    }

    /// A flag that, once true, has the action that runs be killed, as when its operator cancels it; commands of `juju exec`
    /// too. Their end lowers the flag again. What only waits is cancelled by [`Model::cancel_action`].
    pub fn set_cancel(&mut self, cancel: Arc<AtomicBool>) {
        self.cancel = cancel;
    }

    /// The directory in which the charm of `unit` runs.
    pub fn charm_directory(&self, unit: &UnitName) -> PathBuf {
        self.deployment(unit).charm()
    }

    fn deployment(&self, unit: &UnitName) -> Deployment {
        Deployment::new(self.work.join("agents").join(unit.tag()))
    }

    /// Runs the next hook of the model, if one is due. `observe` sees each line of the log as it comes.
    pub fn run_next(
        &mut self,
        model: &mut Model,
        observe: &mut dyn FnMut(&LogLine),
    ) -> Result<Option<Ran>, AgentError> {
        if self.stop.load(Ordering::Acquire) {
            return Err(AgentError::Interrupted);
        }
        self.provide_storage(model)?;
        let next = model.next();
        self.retire(model)?;
        let Some(mut context) = next else { return Ok(None) };
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
        let deployment = self.prepare(model, context.unit())?;
        let (charm, hook) = (deployment.charm(), context.hook().clone());
        if !charm.is_dir() {
            let charm = charm.display();
            return Ok(Exit::Failed(format!(
                "the charm directory {charm} is gone: only another revision brings it back"
            )));
        }
        let Some(program) = program(&charm, &hook) else { return Ok(Exit::Missing) };
        let socket = Socket::listen(deployment.directory(), model.version().major < 4)?;
        let tools = tools::link(&self.work.join("tools"), &self.program, model.version())?;
        let places = Places { charm: &charm, tools: &tools, socket: socket.address() };
        let mut command = Command::new(program);
        let mut stdin = Stdio::null();
        if let Hook::Exec(exec) = &hook {
            // Who lists processes sees arguments, and commands can hold secrets.
            command.arg("-s");
            stdin = script(&exec.commands)
                .map_err(|error| AgentError::io("write commands below", &std::env::temp_dir(), error))?
                .into();
        }
        command.current_dir(&charm).env_clear().envs(environment::variables(model, context, &places));
        let cancel = (!hook.is_of_lifecycle()).then_some(&*self.cancel);
        let limits = Limits { timeout: self.timeout, stop: &self.stop, cancel };
        let mut attendant = Attendant::new(model, context, observe);
        let end = process::run(command, stdin, &socket, &limits, &mut attendant);
        attendant.finish();
        if let Some(cancel) = cancel
            && cancel.swap(false, Ordering::AcqRel)
            && let Hook::Action { id, .. } = hook
        {
            // It can't be refused: the action runs.
            let _ = model.cancel_action(id);
        }
        match end {
            End::Stopped => Err(AgentError::Interrupted),
            End::Exit(exit) => Ok(exit),
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
            charm::create_private(&directory)?;
            model.set_storage_location(&id, directory.to_str());
        }
        Ok(())
    }

    /// Gives a unit its copy of the charm, unless it has one of the revision that it is to run: that changes when it
    /// runs upgrade-charm, or is upgraded by force while in error.
    fn prepare(&mut self, model: &Model, unit: &UnitName) -> Result<Deployment, AgentError> {
        let deployment = self.deployment(unit);
        let revision = model.unit(unit).map_or(0, Unit::charm_revision);
        if deployment.revision()? != Some(revision) {
            let application = unit.application();
            let files = self.charms.get(application);
            let files = files.ok_or_else(|| AgentError::UnknownCharm(application.to_owned()))?;
            self.deployed.insert(unit.clone());
            deployment.deploy(files, revision, &self.work)?;
        }
        Ok(deployment)
    }

    /// Forgets the copies of units that are gone. They stay on the disk for whoever wants to look, until a unit of the
    /// same name comes.
    fn retire(&mut self, model: &Model) -> Result<(), AgentError> {
        let gone: Vec<UnitName> =
            self.deployed.iter().filter(|unit| model.unit(unit).is_none()).cloned().collect();
        for unit in gone {
            self.deployment(&unit).retire()?;
            self.deployed.remove(&unit);
        }
        Ok(())
    }
}

/// A file that nobody else sees, to be read from its beginning.
fn script(text: &str) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(text.as_bytes())?;
    file.rewind()?;
    Ok(file)
}

/// The units of which an earlier agent has left something.
fn deployed(agents: &Path) -> BTreeSet<UnitName> {
    let entries = std::fs::read_dir(agents).into_iter().flatten().flatten();
    let unit = |entry: std::fs::DirEntry| {
        let tag = entry.file_name();
        let (application, number) = tag.to_str()?.strip_prefix("unit-")?.rsplit_once('-')?;
        format!("{application}/{number}").parse().ok()
    };
    entries.filter_map(unit).collect()
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

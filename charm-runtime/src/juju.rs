//! One dispatch's view of Juju: what has been read, what is staged, and the way to the agent.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::time::Instant;

use crate::environment::{application_of, Environment};
use crate::error::Error;
use crate::event::action;
use crate::hook_command::{self as hook, HookCommand, LogLevel, Output, Refusal, Transport};
use crate::juju_version::JujuVersion;
use crate::leader::LEADERSHIP_FRESH;
use crate::log::Log;
use crate::stage::Stage;
use crate::{config, databag, leader, port, reboot, relation, resource, secret, status, storage};

/// The handle through which a charm asks Juju and writes to it.
///
/// What it reads is kept for the dispatch, so a handler sees one consistent view, its own writes included, and no
/// command runs twice. Cloning it clones the handle.
#[derive(Clone)]
pub struct Juju(pub(crate) Rc<Inner>);

/// What a dispatch knows of Juju. Each noun keeps in a struct of its own, in its own file, what it has read.
pub(crate) struct Inner {
    environment: Environment,
    transport: Box<dyn Transport>,
    pub(crate) clock: Box<dyn Fn() -> Instant>,
    log: Log,
    pub(crate) stage: RefCell<Stage>,
    pub(crate) action: action::Kept,
    #[cfg(feature = "tokio")]
    pub(crate) async_handler: crate::async_handler::Kept,
    pub(crate) config: config::Kept,
    pub(crate) databag: databag::Kept,
    pub(crate) leader: leader::Kept,
    pub(crate) port: port::Kept,
    pub(crate) reboot: reboot::Kept,
    pub(crate) relation: relation::Kept,
    pub(crate) resource: resource::Kept,
    pub(crate) secret: secret::Kept,
    pub(crate) status: status::Kept,
    pub(crate) storage: storage::Kept,
    /// How many buffered commands went past the stage: they can't be rolled back within the dispatch.
    sent_buffered: Cell<usize>,
}

/// The way of the commands that a charm sends itself, past the stage.
impl Transport for Juju {
    #[track_caller]
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        if command.is_buffered() {
            self.0.sent_buffered.set(self.0.sent_buffered.get() + 1);
        }
        let answer = OwnWay(self).run(command);
        self.forget_what_changes(command);
        answer
    }
}

/// The way of the commands that the nouns send of themselves: what these change, the nouns keep in step, and none of them
/// has to be taken back where a handler is rolled back.
pub(crate) struct OwnWay<'j>(pub(crate) &'j Juju);

impl Transport for OwnWay<'_> {
    #[track_caller]
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let juju = self.0;
        if command.is_immediate() {
            juju.flush_log();
        }
        tracing::trace!("{command}");
        juju.0.transport.run(command)
    }
}

impl Juju {
    pub(crate) fn new(
        environment: Environment,
        transport: Box<dyn Transport>,
        clock: Box<dyn Fn() -> Instant>,
        log: Log,
    ) -> Self {
        Self(Rc::new(Inner {
            environment,
            transport,
            clock,
            log,
            stage: RefCell::default(),
            action: action::Kept::default(),
            #[cfg(feature = "tokio")]
            async_handler: crate::async_handler::Kept::default(),
            config: config::Kept::default(),
            databag: databag::Kept::default(),
            leader: leader::Kept::default(),
            port: port::Kept::default(),
            reboot: reboot::Kept::default(),
            relation: relation::Kept::default(),
            resource: resource::Kept::default(),
            secret: secret::Kept::default(),
            status: status::Kept::default(),
            storage: storage::Kept::default(),
            sent_buffered: Cell::new(0),
        }))
    }

    /// The environment of this dispatch.
    pub fn environment(&self) -> &Environment {
        &self.0.environment
    }

    /// This unit's name, such as `hello/0`.
    #[track_caller]
    pub fn unit_name(&self) -> Result<&str, Error> {
        self.0.environment.unit_name()
    }

    /// This unit's application.
    #[track_caller]
    pub fn app_name(&self) -> Result<&str, Error> {
        let unit = self.unit_name()?;
        Ok(application_of(unit).unwrap_or(unit))
    }

    /// The Juju that this unit's agent is of, from `JUJU_VERSION`.
    #[track_caller]
    pub fn version(&self) -> Result<JujuVersion, Error> {
        JujuVersion::of(&self.0.environment)
    }

    /// Any hook command, as it stands: for what has no typed face here.
    ///
    /// A command that Juju buffers, sent this way, can't be taken back when a deferred event or an action fails;
    /// the whole dispatch fails then. Fails where the command refuses.
    #[track_caller]
    pub fn hook_command(&self, command: &HookCommand) -> Result<Vec<u8>, Error> {
        hook::run(self, command)
    }

    pub(crate) fn sent_buffered(&self) -> usize {
        self.0.sent_buffered.get()
    }

    pub(crate) fn savepoint(&self) -> Stage {
        self.0.stage.borrow().clone()
    }

    pub(crate) fn roll_back(&self, savepoint: Stage) {
        let rolled_back = self.0.stage.replace(savepoint);
        self.0.stage.borrow_mut().secrets.keep_added(rolled_back.secrets);
    }

    /// Sends what is staged. Nothing is sent where it needs leadership and that is lost.
    #[track_caller]
    pub(crate) fn send_staged(&self) -> Result<(), Error> {
        let stage = self.savepoint();
        if stage.needs_leadership() && !self.leads_within(LEADERSHIP_FRESH)? {
            let is_action = self.environment().dispatch_path().is_ok_and(|path| path.is_action);
            let problem = if is_action {
                "leadership was lost after the write; nothing was sent: run the action again, on the new leader"
            } else {
                "leadership was lost after the write; nothing was sent, and Juju retries this event"
            };
            return Err(Error::foreseen(Refusal::NotLeader, "what a leader alone writes", problem));
        }
        self.send_bags(&stage.bags)?;
        self.send_secrets(&stage.secrets)?;
        self.send_action(&stage.action)?;
        self.send_ports(&stage.ports)?;
        self.send_storages(&stage.storages)?;
        self.send_reboot(stage.reboot)
    }

    /// A charm may send commands itself; what was read before them holds no more.
    fn forget_what_changes(&self, command: &HookCommand) {
        match command.name() {
            "close-port" | "open-port" => self.forget_ports(),
            "relation-set" => self.forget_bags(),
            "status-set" => self.forget_status(),
            _ => {}
        }
    }

    /// A line for whoever is there: in the log at once, and on standard error.
    pub(crate) fn announce(&self, level: LogLevel, line: &str) {
        self.0.log.announce(level, line);
        self.flush_log();
    }

    /// Sends the log lines that wait.
    pub(crate) fn flush_log(&self) {
        self.0.log.flush(&*self.0.transport);
    }
}

impl fmt::Debug for Juju {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Juju")
    }
}

//! Reboots of the unit's machine.

use std::cell::Cell;
use std::convert::Infallible;
use std::panic::Location;

use crate::error::Error;
use crate::hook_command::{juju_reboot, RebootWhen, Refusal};
use crate::juju::{Juju, OwnWay};
use crate::log;

/// What unwinds out of a handler that rebooted its machine: no panic, and nobody's to catch but the dispatch's.
pub(crate) struct Rebooting;

/// What has been asked for at once.
#[derive(Default)]
pub(crate) struct Kept {
    now: Cell<bool>,
}

/// The line of the charm that wants the machine to reboot after the hook.
pub(crate) type Staged = Option<&'static Location<'static>>;

impl Juju {
    #[track_caller]
    pub(crate) fn reboot_now(&self) -> Result<Infallible, Error> {
        self.check_may_reboot()?;
        // Before the call: there may be no time afterwards.
        log::info(format_args!("the machine reboots; Juju runs this event again afterwards"));
        juju_reboot(self, RebootWhen::Now)?;
        self.0.reboot.now.set(true);
        // Juju is about to kill this process. Whatever is done until then must not count.
        std::panic::resume_unwind(Box::new(Rebooting))
    }

    #[track_caller]
    pub(crate) fn reboot_after_hook(&self) -> Result<(), Error> {
        self.check_may_reboot()?;
        self.0.stage.borrow_mut().reboot = Some(Location::caller());
        Ok(())
    }

    /// Whether the machine is about to reboot, and nothing is to be kept of this dispatch.
    pub(crate) fn is_rebooting(&self) -> bool {
        self.0.reboot.now.get()
    }

    #[track_caller]
    fn check_may_reboot(&self) -> Result<(), Error> {
        if self.environment().dispatch_path()?.is_action {
            return Err(Error::foreseen(
                Refusal::NotSupported,
                "reboot",
                "Juju reboots no machine from an action: store the wish, and reboot in a later event, such as update-status",
            ));
        }
        if self.environment().is_on_kubernetes() {
            let problem = "on Kubernetes the unit has no machine; restart what runs in its containers";
            return Err(Error::foreseen(Refusal::NotSupported, "reboot", problem));
        }
        Ok(())
    }

    pub(crate) fn send_reboot(&self, reboot: Staged) -> Result<(), Error> {
        match reboot {
            Some(location) => {
                juju_reboot(&OwnWay(self), RebootWhen::AfterHook).map_err(|error| error.at(location))
            }
            None => Ok(()),
        }
    }
}

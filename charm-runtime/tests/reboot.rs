//! Reboots: what is kept, and what is not.

mod agent_support;

use std::rc::Rc;

use agent_support::Agent;
use charm_runtime::prelude::*;
use charm_runtime::{Exit, MemoryHome};

#[charm(metadata_str = "{name: a, summary: s, description: d, actions: {reboot: {}}}")]
#[derive(Default)]
struct Charm {
    installs: Stored<u32>,
}

#[charm(metadata_str = "{name: a, summary: s, description: d, actions: {reboot: {}}}")]
impl Charm {
    #[on(install)]
    fn reboot(&mut self, unit: &Unit, ports: &Ports) -> Result<()> {
        self.installs.set(1);
        ports.open(Port::tcp(80))?;
        unit.reboot_now()?;
        unreachable!("the machine reboots")
    }

    /// Whoever catches everything catches this too, and gains nothing.
    #[on(start)]
    fn go_on(&mut self, unit: &Unit, ports: &Ports) -> Result<()> {
        self.installs.set(2);
        ports.open(Port::tcp(80))?;
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| unit.reboot_now()));
        Ok(())
    }

    #[on(config_changed)]
    fn later(&mut self, unit: &Unit) -> Result<()> {
        unit.reboot_after_hook()?;
        unit.reboot_after_hook()?;
        Ok(())
    }

    #[on(upgrade_charm)]
    fn fail(&mut self, unit: &Unit) -> Result<()> {
        unit.reboot_after_hook()?;
        bail!("on purpose")
    }

    #[on(update_status)]
    fn shows(&mut self) -> Result<Outcome> {
        info!("installs: {}", self.installs.get()?);
        Ok(Outcome::done())
    }

    #[on(leader_elected)]
    fn wait(&mut self, unit: &Unit, juju: &Juju) -> Result<Outcome> {
        if juju.environment().is_set("REBOOT") {
            unit.reboot_now()?;
        }
        Ok(Outcome::defer("until the reboot"))
    }

    #[on(action = "reboot")]
    fn act(&mut self, unit: &Unit) -> Result<()> {
        let now = unit.reboot_now().err().context("refused")?.to_string();
        let later = unit.reboot_after_hook().err().context("refused")?.to_string();
        ensure!(now.contains("action") && later == now, "{now}");
        Err(ActionFailed::new(now).into())
    }
}

const OPENED: &str = "opened-ports --endpoints --format=json";

#[test]
fn a_reboot_now_ends_the_handler_and_keeps_nothing() {
    let home = Rc::new(MemoryHome::default());
    for (event, calls) in [("hooks/install", 2), ("hooks/start", 2)] {
        let agent = Agent::default().answer(OPENED, "[]");
        assert_eq!(agent.dispatch_with::<Charm>(event, &[], &home), Exit::Failure);
        assert_eq!(agent.calls()[..calls], [OPENED, "juju-reboot --now"]);
        assert_eq!(agent.calls().len(), calls);
        assert!(agent.log().contains("the machine reboots"), "{}", agent.log());
    }
    let agent = Agent::default();
    assert_eq!(agent.dispatch_with::<Charm>("hooks/update-status", &[], &home), Exit::Success);
    assert!(agent.log().contains("installs: 0"), "{}", agent.log());
}

#[test]
fn a_deferred_handler_that_reboots_ends_the_dispatch_too() {
    let home = Rc::new(MemoryHome::default());
    let agent = Agent::default();
    assert_eq!(agent.dispatch_with::<Charm>("hooks/leader-elected", &[], &home), Exit::Success);
    let exit = agent.dispatch_with::<Charm>("hooks/config-changed", &[("REBOOT", "1")], &home);
    assert_eq!(exit, Exit::Failure);
    assert_eq!(agent.calls(), ["juju-reboot --now"]);
    // It is waiting still.
    assert_eq!(agent.dispatch_with::<Charm>("hooks/update-status", &[], &home), Exit::Success);
    assert_eq!(
        agent.dispatch_with::<Charm>("hooks/config-changed", &[("REBOOT", "1")], &home),
        Exit::Failure
    );
}

#[test]
fn a_reboot_after_the_hook_is_asked_for_once_and_only_if_it_ends_well() {
    let agent = Agent::default();
    assert_eq!(agent.dispatch::<Charm>("hooks/config-changed", &[]), Exit::Success);
    assert_eq!(agent.calls(), ["juju-reboot"]);
    assert_eq!(agent.dispatch::<Charm>("hooks/upgrade-charm", &[]), Exit::Failure);
    assert_eq!(agent.calls(), [""; 0]);
}

#[test]
fn what_juju_refuses_is_an_error() {
    let agent = Agent::default().answer(OPENED, "[]").refuse("juju-reboot --now", "connection is shut down");
    assert_eq!(agent.dispatch::<Charm>("hooks/install", &[]), Exit::Failure);
    assert!(agent.log().contains("connection is shut down"), "{}", agent.log());
}

#[test]
fn an_action_reboots_nothing() {
    let agent = Agent::default();
    let action = [("JUJU_ACTION_NAME", "reboot"), ("JUJU_ACTION_UUID", "1")];
    assert_eq!(agent.dispatch::<Charm>("actions/reboot", &action), Exit::Success);
    let calls = agent.calls();
    assert!(calls.len() == 1 && calls[0].starts_with("action-fail -- reboot:"), "{calls:?}");
}

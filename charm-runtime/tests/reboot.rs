//! Reboots: what is kept, and what is not.

mod agent;

use std::rc::Rc;

use agent::Agent;
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
        let now = unit.reboot_now().err().context("refused")?;
        ensure!(now.is_not_supported());
        let now = now.to_string();
        let later = unit.reboot_after_hook().err().context("refused")?.to_string();
        ensure!(now.contains("action") && later == now, "{now}");
        Err(ActionFailed::new(now).into())
    }
}

const OPENED: &str = "opened-ports --endpoints --format=json";

#[test]
fn a_reboot_now_ends_the_handler_and_keeps_nothing() {
    let home = Rc::new(MemoryHome::default());
    for event in ["hooks/install", "hooks/start"] {
        let agent = Agent::default().says(OPENED, "[]");
        let ran = agent.dispatch_at::<Charm>(&home, event, &[]);
        assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
        assert_eq!(ran.asked(), [OPENED, "juju-reboot --now"]);
        assert!(ran.log().contains("the machine reboots"), "{}", ran.log());
    }
    let agent = Agent::default();
    let ran = agent.dispatch_at::<Charm>(&home, "hooks/update-status", &[]);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert!(ran.log().contains("installs: 0"), "{}", ran.log());
}

#[test]
fn a_deferred_handler_that_reboots_ends_the_dispatch_too() {
    let home = Rc::new(MemoryHome::default());
    let agent = Agent::default();
    let ran = agent.dispatch_at::<Charm>(&home, "hooks/leader-elected", &[]);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    let ran = agent.dispatch_at::<Charm>(&home, "hooks/config-changed", &[("REBOOT", "1")]);
    assert_eq!(ran.exit, Exit::Failure);
    assert_eq!(ran.asked(), ["juju-reboot --now"]);
    // It is waiting still.
    let ran = agent.dispatch_at::<Charm>(&home, "hooks/update-status", &[]);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    let ran = agent.dispatch_at::<Charm>(&home, "hooks/config-changed", &[("REBOOT", "1")]);
    assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
}

#[test]
fn a_reboot_after_the_hook_is_asked_for_once_and_only_if_it_ends_well() {
    let agent = Agent::default();
    let ran = agent.hook::<Charm>("config-changed");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), ["juju-reboot"]);
    let ran = agent.hook::<Charm>("upgrade-charm");
    assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
    assert_eq!(ran.asked(), [""; 0]);
}

#[test]
fn what_juju_refuses_is_an_error() {
    let agent = Agent::default().says(OPENED, "[]").refuses("juju-reboot --now", "connection is shut down");
    let ran = agent.hook::<Charm>("install");
    assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
    assert!(ran.log().contains("connection is shut down"), "{}", ran.log());
}

#[test]
fn on_kubernetes_there_is_no_machine_to_reboot() {
    for event in ["config-changed", "leader-elected"] {
        let ran = Agent::default().hook_with::<Charm>(event, &[("JUJU_MACHINE_ID", ""), ("REBOOT", "1")]);
        assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
        assert_eq!(ran.asked(), [""; 0]);
        assert!(ran.log().contains("on Kubernetes the unit has no machine"), "{}", ran.log());
    }
}

#[test]
fn an_action_reboots_nothing() {
    let agent = Agent::default();
    let ran = agent.action::<Charm>("reboot");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    let calls = ran.asked();
    assert!(calls.len() == 1 && calls[0].starts_with("action-fail -- reboot:"), "{calls:?}");
}

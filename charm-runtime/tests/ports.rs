//! What a charm declares of ports, and what Juju is sent of it.

mod agent;

use agent::Agent;
use charm_runtime::prelude::*;
use charm_runtime::Exit;

const OPENED: &str = "opened-ports --endpoints --format=json";

#[charm(metadata_str = "{name: a, summary: s, description: d, actions: {fail: {}}}")]
#[derive(Default)]
struct Charm;

#[charm(metadata_str = "{name: a, summary: s, description: d, actions: {fail: {}}}")]
impl Charm {
    #[on(install)]
    fn declare(&mut self, ports: Ports) -> Result<()> {
        ports.set([Port::tcp(80), Port::udp(53)])?;
        ensure!(ports.opened()?.into_iter().collect::<Vec<_>>() == [Port::tcp(80), Port::udp(53)]);
        Ok(())
    }

    /// Said twice over, and taken back in part.
    #[on(start)]
    fn change(&mut self, ports: &Ports) -> Result<()> {
        ports.open(Port::tcp(80))?;
        ports.open(Port::tcp(81))?;
        ports.open(Port::tcp(82))?;
        ports.close(Port::tcp(81))?;
        ports.close(Port::tcp(9999))?;
        ports.close(Port::ICMP)?;
        Ok(())
    }

    #[on(config_changed)]
    fn declare_a_range(&mut self, ports: &Ports) -> Result<()> {
        Ok(ports.set([Port::tcp_range(80, 90), Port::ICMP])?)
    }

    #[on(update_status)]
    fn conflict(&mut self, ports: &Ports) -> Result<()> {
        let says = |result: Result<(), charm_runtime::Error>, words: &[&str]| {
            let error = result.err().map(|error| error.to_string()).unwrap_or_default();
            ensure!(words.iter().all(|word| error.contains(word)), "{error}");
            Ok(())
        };
        ensure!(ports.open(Port::tcp(85)).is_err_and(|error| error.is_port_conflict() && error.is_invalid()));
        says(ports.open(Port::tcp(85)), &["85/tcp", "80-90/tcp", "later event"])?;
        says(ports.close(Port::tcp(85)), &["85/tcp", "80-90/tcp", "as it was opened"])?;
        ports.open(Port::tcp_range(1, 5))?;
        says(ports.open(Port::tcp(5)), &["5/tcp", "1-5/tcp", "the one or the other"])?;
        says(ports.open(Port::tcp_range(9, 8)), &["9-8/tcp", "8-9/tcp"])?;
        says(ports.set([Port::tcp(7), Port::tcp_range(6, 8)]), &["7/tcp", "6-8/tcp"])?;
        // Nothing of what was refused is staged.
        ports.close(Port::tcp_range(1, 5))?;
        // It is closed at the end only, so it is in the way until then.
        ports.close(Port::tcp_range(80, 90))?;
        says(ports.open(Port::tcp(85)), &["80-90/tcp"])
    }

    #[on(leader_elected)]
    fn open_what_only_machines_take(&mut self, ports: &Ports) -> Result<()> {
        for port in [Port::ICMP, Port::tcp_range(80, 81)] {
            ensure!(ports.open(port).is_err_and(|error| error.is_not_supported()), "{port}");
        }
        Ok(())
    }

    #[on(action = "fail")]
    fn fail(&mut self, ports: &Ports) -> Result<()> {
        ports.open(Port::tcp(1234))?;
        Err(ActionFailed::new("on purpose").into())
    }
}

#[test]
fn only_differences_are_sent() {
    let agent = Agent::default().says(OPENED, r#"["icmp","22/tcp","53/udp"]"#);
    let ran = agent.hook::<Charm>("install");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [OPENED, "close-port icmp", "close-port 22/tcp", "open-port 80/tcp"]);

    let agent = Agent::default().says(OPENED, r#"["80/tcp","53/udp"]"#);
    let ran = agent.hook::<Charm>("install");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [OPENED]);

    let agent = Agent::default().says(OPENED, r#"["80/tcp (web, peers)","53/udp (*)","9/tcp (web)"]"#);
    let ran = agent.hook::<Charm>("install");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [OPENED, "close-port 9/tcp", "open-port 80/tcp"]);
}

#[test]
fn what_is_taken_back_is_not_sent() {
    let agent = Agent::default().says(OPENED, r#"["icmp","80/tcp"]"#);
    let ran = agent.hook::<Charm>("start");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [OPENED, "close-port icmp", "open-port 82/tcp"]);
}

#[test]
fn a_range_that_overlaps_waits_until_the_old_one_is_closed() {
    let agent = Agent::default().says(OPENED, r#"["85/tcp"]"#);
    let ran = agent.hook::<Charm>("config-changed");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [OPENED, "open-port icmp", "close-port 85/tcp"]);
    assert!(ran.log().contains("80-90/tcp is not opened yet"), "{}", ran.log());

    let agent = agent.says(OPENED, r#"["icmp"]"#);
    let ran = agent.hook::<Charm>("config-changed");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [OPENED, "open-port 80-90/tcp"]);
}

#[test]
fn conflicts_are_errors_at_the_call() {
    let agent = Agent::default().says(OPENED, r#"["80-90/tcp"]"#);
    let ran = agent.hook::<Charm>("update-status");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [OPENED, "close-port 80-90/tcp"]);
}

#[test]
fn what_kubernetes_does_not_take_is_an_error_at_the_call() {
    let on_kubernetes = [("JUJU_MACHINE_ID", "")];
    let agent = Agent::default().says(OPENED, r#"["80/tcp"]"#);
    let ran = agent.hook_with::<Charm>("config-changed", &on_kubernetes);
    assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
    assert!(
        ran.asked().is_empty() && ran.log().contains("port icmp: Juju opens single ports"),
        "{}",
        ran.log()
    );
    let ran = agent.hook_with::<Charm>("leader-elected", &on_kubernetes);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    let ran = agent.hook_with::<Charm>("install", &on_kubernetes);
    assert_eq!(ran.asked(), [OPENED, "open-port 53/udp"]);
    // Where nothing says what it is, Juju is left to refuse.
    let ran = agent.hook_with::<Charm>("config-changed", &[]);
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
}

#[test]
fn a_failed_action_opens_nothing() {
    let agent = Agent::default().says(OPENED, "[]");
    let ran = agent.action::<Charm>("fail");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.asked(), [OPENED, "action-fail -- on purpose"]);
}

#[test]
fn a_refusal_fails_the_dispatch() {
    let agent = Agent::default().says(OPENED, "[]").refuses(
        "open-port 80/tcp",
        "cannot open 80/tcp (unit \"a/0\"): port range conflicts with 80/tcp (unit \"b/0\")",
    );
    let ran = agent.hook::<Charm>("install");
    assert_eq!(ran.exit, Exit::Failure, "{}", ran.log());
    assert!(ran.log().contains("conflicts with 80/tcp (unit \"b/0\")"), "{}", ran.log());
    // It names the line that opened it, not one of the runtime's.
    assert!(ran.log().contains("tests/ports.rs:"), "{}", ran.log());
}

/// Its status method declares what its handler has declared already.
mod twice {
    use charm_runtime::prelude::*;

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    #[derive(Default)]
    pub(super) struct Charm;

    #[charm(metadata_str = "{name: a, summary: s, description: d}")]
    impl Charm {
        #[on(install)]
        fn declare(&mut self, ports: &Ports) -> Result<()> {
            Ok(ports.set([Port::tcp(80)])?)
        }

        #[status]
        fn status(&self, ports: &Ports) -> Result<Status> {
            ports.set([Port::tcp(80)])?;
            Ok(Status::active(""))
        }
    }
}

#[test]
fn what_has_been_sent_may_be_declared_again() {
    let agent = Agent::default().says(OPENED, "[]").says("status-get", r#"{"status":"unknown"}"#);
    let ran = agent.hook::<twice::Charm>("install");
    assert_eq!(ran.exit, Exit::Success, "{}", ran.log());
    assert_eq!(ran.arguments("open-port"), [["80/tcp"]]);
}

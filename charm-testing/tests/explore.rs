//! Explorations: what they find, and how short they make it.

use charm_runtime::prelude::*;
use charm_testing::LocalJuju;
use charm_testing::explore::{Act, Expectation, Explore, FaultKind, FindingKind};
use charm_testing::local::JujuError;

/// A charm with several ways to go wrong, each in a hook of its own.
#[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}, \
        config: {options: {fail: {type: boolean, default: false}, panic: {type: boolean, default: false}, \
            defer: {type: boolean, default: false}, port: {type: int, default: 80}}}}")]
#[derive(Default)]
pub struct Web {
    starts: Stored<u32>,
    configured: Stored<i64>,
}

#[charm(metadata_str = "{name: web, summary: A., description: A., peers: {peers: {interface: web}}, \
        config: {options: {fail: {type: boolean, default: false}, panic: {type: boolean, default: false}, \
            defer: {type: boolean, default: false}, port: {type: int, default: 80}}}}")]
impl Web {
    #[on(start)]
    fn start(&mut self, unit: &Unit) -> Result<()> {
        *self.starts.get_mut()? += 1;
        unit.set_workload_version("1")?;
        Ok(())
    }

    #[on(config_changed)]
    fn configure(&mut self, config: &Config, ports: Ports) -> Result<Outcome> {
        assert!(!config.panic, "the operator wants a panic");
        if config.fail {
            anyhow::bail!("the operator wants a failure");
        }
        if config.defer {
            return Ok(Outcome::defer("later"));
        }
        self.configured.set(config.port);
        ports.set([Port::tcp(config.port.try_into()?)])?;
        Ok(Outcome::done())
    }

    #[on(update_status)]
    fn look(&mut self) {}
}

fn setup(juju: &mut LocalJuju) -> Result<(), JujuError> {
    juju.deploy::<Web>("web", 2)
}

fn starts(juju: &LocalJuju) -> Vec<u32> {
    juju.units("web")
        .map(|unit| unit.stored(|web: &Web| web.starts.get().map_or(0, |starts| *starts)))
        .collect()
}

#[test]
fn a_charm_without_fault_comes_through() {
    Explore::new(setup)
        .acts([Act::configure("web", "port", "81"), Act::add_unit("web"), Act::remove_unit("web")])
        .at_rest("what is configured is stored", |juju| {
            let port = juju.model().config("web")["port"].clone().map(|port| port.to_string());
            juju.units("web")
                .all(|unit| Some(unit.stored(|web: &Web| *web.configured.get().unwrap()).to_string()) == port)
        })
        .run(0..30);
}

#[test]
fn a_unit_that_stays_in_error_is_found_with_its_reason() {
    let explore = Explore::new(setup)
        .acts([Act::configure("web", "port", "81"), Act::configure("web", "fail", "true")]);
    let finding = explore.find(0..20).unwrap();

    assert_eq!(*finding.kind(), FindingKind::UnitInError);
    assert!(finding.why().contains("the operator wants a failure"), "{finding}");
    // Nothing but the option is needed.
    assert_eq!(finding.steps().collect::<Vec<_>>(), ["operator: configure web fail=true"]);
    let found = explore.find([finding.seed()]).unwrap();
    assert_eq!(found.to_string(), finding.to_string());
    explore.without(Expectation::NoError).run(0..5);
}

#[test]
fn a_panic_fails_the_hook_as_it_would_a_process() {
    let finding = Explore::new(setup).acts([Act::configure("web", "panic", "true")]).find(0..20).unwrap();
    assert_eq!(*finding.kind(), FindingKind::UnitInError);
    assert!(finding.why().contains("the operator wants a panic"), "{finding}");
}

#[test]
fn a_closure_that_panics_is_a_finding() {
    let finding = Explore::new(setup)
        .always("few starts", |juju| assert!(starts(juju).iter().sum::<u32>() < 2, "both have started"))
        .find([3])
        .unwrap();
    assert_eq!(*finding.kind(), FindingKind::Invariant("few starts".to_owned()));
    assert!(finding.why().starts_with("panicked at ") && finding.why().contains("explore.rs:"), "{finding}");
    assert!(finding.why().ends_with(": both have started"), "{finding}");
    assert_eq!(finding.steps().len(), 0, "nothing needs to be disturbed: {finding}");
}

#[test]
fn a_kill_after_the_commit_shows_what_is_counted_twice() {
    let once = |juju: &LocalJuju| starts(juju).iter().all(|starts| *starts <= 1);
    let explore =
        Explore::new(setup).faults([FaultKind::Kill, FaultKind::AgentDeath]).always("starts once", once);
    let finding = explore.find(0..100).unwrap();

    assert_eq!(*finding.kind(), FindingKind::Invariant("starts once".to_owned()));
    let steps: Vec<&str> = finding.steps().collect();
    let killed = steps.iter().position(|step| step.contains("runs start") && step.contains("killed"));
    assert!(killed.is_some() && steps.len() <= 6, "{finding}");
    // Without kills the same model is well.
    Explore::new(setup)
        .faults([FaultKind::Crash, FaultKind::Refusal, FaultKind::Leadership])
        .always("starts once", once)
        .run(0..20);
}

#[test]
fn a_hook_that_counts_is_not_idempotent() {
    let explore = Explore::new(setup).faults([]);
    let finding = explore.twice().find([0]).unwrap();
    assert_eq!(*finding.kind(), FindingKind::NotIdempotent("start".to_owned()));
    assert!(finding.why().contains("the stored field \"starts\" of web/"), "{finding}");

    Explore::new(setup).twice_except(["start"]).run(0..10);
}

#[test]
fn a_deferred_event_that_is_given_up_is_found() {
    // It defers itself until its attempts are used up only where its handler fails: a panic in each attempt.
    let finding = Explore::new(setup)
        .acts([Act::configure("web", "defer", "true"), Act::configure("web", "panic", "true")])
        .act("update-status comes ten times", |juju| {
            for _ in 0..10 {
                juju.request_update_status();
                juju.run_to_rest()?;
            }
            Ok(())
        })
        .without(Expectation::NoError)
        .find(0..200)
        .unwrap();
    assert_eq!(*finding.kind(), FindingKind::DeadLetter, "{finding}");
}

/// Units that answer each other without end.
mod echo {
    use charm_runtime::prelude::*;

    #[charm(metadata_str = "{name: echo, summary: A., description: A., peers: {peers: {interface: echo}}}")]
    #[derive(Default)]
    pub struct Echo {}

    #[charm(metadata_str = "{name: echo, summary: A., description: A., peers: {peers: {interface: echo}}}")]
    impl Echo {
        #[on(relation_changed = "peers")]
        fn answer(&mut self, event: RelationChanged<endpoint::Peers>) -> Result<()> {
            let own = event.relation.local_unit();
            let said: u32 = own.get("said")?.map_or(Ok(0), |said| said.parse())?;
            own.insert("said", (said + 1).to_string())?;
            Ok(())
        }
    }
}

#[test]
fn units_that_keep_each_other_busy_are_named() {
    let echo = |juju: &mut LocalJuju| juju.deploy::<echo::Echo>("echo", 2);
    let finding = Explore::new(echo).limit(60).find([0]).unwrap();
    assert_eq!(*finding.kind(), FindingKind::NoRest);
    assert!(finding.why().contains("echo/0 runs peers-relation-changed"), "{finding}");
    assert_eq!(finding.steps().len(), 0);

    // Where the list is long, and each shorter one is as tedious, the search for one ends all the same.
    let finding =
        Explore::new(echo).without(Expectation::NoError).acts([Act::add_unit("echo")]).find([1]).unwrap();
    assert_eq!(*finding.kind(), FindingKind::NoRest);

    let mut juju = LocalJuju::new().limit(80);
    echo(&mut juju).unwrap();
    let error = juju.settle().unwrap_err().to_string();
    assert!(error.contains("no rest after 80 hooks") && error.contains("echo/1"), "{error}");
    assert!(
        error.contains("echo/0 runs peers-relation-changed (relation 0, echo/1) 25 times and writes `said`"),
        "{error}"
    );
}

#[test]
fn a_setup_that_is_refused_says_where() {
    let finding = Explore::new(|juju| juju.add_units("nobody", 1)).find([0]).unwrap();
    assert_eq!(*finding.kind(), FindingKind::Setup);
    assert!(finding.why().contains("nobody") && finding.why().contains("explore.rs:"), "{finding}");
}

#[test]
#[should_panic(expected = "\"x\" is no seed")]
fn a_replay_of_no_script_says_so() {
    Explore::new(setup).replay("x: rest");
}

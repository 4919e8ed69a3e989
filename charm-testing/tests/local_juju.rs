//! Whole models of Rust charms.

use charm_runtime::prelude::*;
use charm_testing::local::JujuError;
use charm_testing::model::{Exit, JujuVersion};
use charm_testing::transition::Call;
use charm_testing::{Faults, LocalJuju, on};

mod counter {
    use charm_runtime::prelude::*;

    #[charm(
        metadata_str = "{name: counter, summary: A., description: A., peers: {peers: {interface: counter}}, \
            config: {options: {step: {type: int, default: 1}, fail: {type: boolean, default: false}}}, \
            actions: {count: {params: {by: {type: integer}}, additionalProperties: false}}}"
    )]
    #[derive(Default)]
    pub struct Counter {
        pub(super) count: Stored<i64>,
    }

    #[charm(
        metadata_str = "{name: counter, summary: A., description: A., peers: {peers: {interface: counter}}, \
            config: {options: {step: {type: int, default: 1}, fail: {type: boolean, default: false}}}, \
            actions: {count: {params: {by: {type: integer}}, additionalProperties: false}}}"
    )]
    impl Counter {
        #[on(config_changed)]
        fn step(&mut self, config: &Config, peers: Relations<endpoint::Peers>) -> Result<()> {
            if config.fail {
                anyhow::bail!("the operator wants it");
            }
            *self.count.get_mut()? += config.step;
            let count = *self.count.get()?;
            for peers in &peers {
                peers.local_unit().insert("count", count.to_string())?;
            }
            Ok(())
        }

        #[on(action = "count")]
        fn count(&mut self, params: action::CountParams) -> Counted {
            Counted { by: params.by.unwrap_or(1) }
        }

        #[status]
        fn status(&self) -> Result<Status> {
            Ok(Status::active(format!("at {}", self.count.get()?)))
        }
    }

    /// What the action answers.
    #[derive(Debug, ActionResults)]
    pub(crate) struct Counted {
        by: i64,
    }
}

/// The counter's next revision.
mod next {
    use charm_runtime::prelude::*;

    #[charm(
        metadata_str = "{name: counter, summary: A., description: A., peers: {peers: {interface: counter}}, \
            config: {options: {step: {type: int, default: 1}, fail: {type: boolean, default: false}}}}"
    )]
    #[derive(Default)]
    pub struct Counter {
        count: Stored<i64>,
        upgrades: Stored<u32>,
    }

    #[charm(
        metadata_str = "{name: counter, summary: A., description: A., peers: {peers: {interface: counter}}, \
            config: {options: {step: {type: int, default: 1}, fail: {type: boolean, default: false}}}}"
    )]
    impl Counter {
        #[on(upgrade_charm)]
        fn upgraded(&mut self) -> Result<()> {
            *self.upgrades.get_mut()? += 1;
            Ok(())
        }

        #[status]
        fn status(&self) -> Result<Status> {
            Ok(Status::active(format!(
                "new, at {}, upgraded {} times",
                self.count.get()?,
                self.upgrades.get()?
            )))
        }
    }
}

use counter::Counter;

fn model(units: u32) -> Result<LocalJuju, JujuError> {
    let mut juju = LocalJuju::new();
    juju.deploy::<Counter>("counter", units)?;
    juju.settle()?;
    Ok(juju)
}

fn count(juju: &LocalJuju, unit: &str) -> i64 {
    juju.unit(unit).stored(|counter: &Counter| counter.count.get().map_or(-1, |count| *count))
}

#[test]
fn each_unit_remembers_for_itself_and_what_goes_forgets() -> Result<(), JujuError> {
    let mut juju = model(2)?;
    juju.configure("counter", [("step", "10")])?;
    // One has been told, the other not yet.
    let ran = juju.step_of("counter/1", Faults::new()).unwrap();
    assert_eq!(ran.to_string(), "counter/1 runs config-changed");
    assert_eq!((count(&juju, "counter/0"), count(&juju, "counter/1")), (1, 11));
    let peers = juju.unit("counter/1").relation::<counter::endpoint::Peers>();
    assert_eq!(peers.local_unit["count"], "11");

    juju.remove_unit("counter/1")?;
    juju.settle()?;
    assert_eq!(juju.units("counter").count(), 1);
    assert_eq!(juju.unit("counter/0").status(), Status::active("at 11"));

    // A unit of the same name in another life is another one.
    juju.remove_application("counter")?;
    juju.settle()?;
    juju.deploy::<Counter>("counter", 1)?;
    juju.settle()?;
    assert_eq!(count(&juju, "counter/0"), 1);
    Ok(())
}

#[test]
fn a_copy_goes_its_own_way() -> Result<(), JujuError> {
    let mut juju = model(1)?;
    let copy = juju.clone();
    juju.configure("counter", [("step", "5")])?;
    juju.settle()?;
    assert_eq!((count(&juju, "counter/0"), count(&copy, "counter/0")), (6, 1));
    Ok(())
}

#[test]
fn a_refresh_runs_the_next_charm_from_upgrade_charm_on_and_keeps_what_is_stored() -> Result<(), JujuError> {
    let mut juju = model(2)?;
    juju.refresh::<next::Counter>("counter")?;
    let hooks: Vec<String> = std::iter::from_fn(|| juju.step()).map(|ran| ran.hook.name()).collect();
    assert_eq!(hooks.iter().filter(|hook| *hook == "upgrade-charm").count(), 2);
    for unit in juju.units("counter") {
        assert_eq!(unit.status(), Status::active("new, at 1, upgraded 1 times"));
    }
    Ok(())
}

#[test]
fn a_unit_in_error_runs_its_old_charm_until_its_hook_succeeds() -> Result<(), JujuError> {
    let mut juju = model(1)?;
    juju.configure("counter", [("fail", "true")])?;
    let error = juju.settle().unwrap_err().to_string();
    assert!(error.contains("counter/0 is in error") && error.contains("the operator wants it"), "{error}");

    juju.refresh::<next::Counter>("counter")?;
    juju.configure("counter", [("fail", "false")])?;
    juju.resolve("counter/0")?;
    juju.step_of("counter/0", Faults::new());
    // The old charm has counted.
    assert_eq!(count(&juju, "counter/0"), 2);
    juju.settle()?;
    assert_eq!(juju.unit("counter/0").status(), Status::active("new, at 2, upgraded 1 times"));
    Ok(())
}

#[test]
fn an_action_answers_and_its_parameters_are_looked_at() -> Result<(), JujuError> {
    let mut juju = model(1)?;
    let run = juju.run_action("counter/0", on::action::<counter::action::Count>().param("by", 3))?;
    assert_eq!((run.failure.as_deref(), run.result("by")), (None, Some("3")));
    let error = juju.run_action("counter/0", on::action::<counter::action::Count>().param("by", "three"));
    assert!(error.unwrap_err().to_string().contains("`by`"));
    Ok(())
}

#[test]
fn of_a_killed_process_stays_what_was_committed_before() -> Result<(), JujuError> {
    let mut juju = model(1)?;
    juju.configure("counter", [("step", "10")])?;
    let calls = juju.clone().step().unwrap().calls;
    let names: Vec<&str> = calls.iter().map(Call::name).collect();
    let set = names.iter().position(|name| *name == "relation-set").unwrap();
    let status = names.iter().position(|name| *name == "status-set").unwrap();

    // Killed before the store's commit: nothing has happened, and Juju runs the hook again.
    for faults in [Faults::new().kill_at_call(set), Faults::new().kill_after_call(set)] {
        let mut juju = juju.clone();
        let killed = juju.step_with(faults).unwrap();
        assert_eq!(killed.exit, Exit::Signal(9));
        assert_eq!(count(&juju, "counter/0"), 1);
        juju.settle()?;
        assert_eq!(count(&juju, "counter/0"), 11);
    }
    // After it, the store is ahead of Juju, which has kept nothing.
    for faults in [Faults::new().kill_at_call(status), Faults::new().kill_at_exit()] {
        let mut juju = juju.clone();
        let killed = juju.step_with(faults).unwrap();
        assert!(killed.to_string().contains("killed at"), "{killed}");
        assert_eq!(count(&juju, "counter/0"), 11);
        let peers = juju.unit("counter/0").relation::<counter::endpoint::Peers>();
        assert_eq!(peers.local_unit["count"], "1");
    }
    Ok(())
}

#[test]
fn a_refused_call_and_a_refused_commit_fail_the_hook() -> Result<(), JujuError> {
    for faults in [Faults::new().refuse_call(0), Faults::new().refuse_commit("out of reach")] {
        let mut juju = model(1)?;
        juju.configure("counter", [("step", "10")])?;
        let ran = juju.step_with(faults).unwrap();
        assert!(!ran.succeeded(), "{ran}");
        assert_eq!(ran.mishaps.len(), 1);
        juju.settle()?;
        assert!(count(&juju, "counter/0") >= 11);
    }
    Ok(())
}

#[test]
fn a_refused_commit_of_a_hook_that_fails_does_not_strike_the_next() -> Result<(), JujuError> {
    let mut juju = model(1)?;
    juju.configure("counter", [("fail", "true")])?;
    let ran = juju.step_with(Faults::new().refuse_commit("out of reach")).unwrap();
    assert_eq!((ran.exit, ran.mishaps.len()), (Exit::Code(1), 0));
    juju.configure("counter", [("fail", "false")])?;
    juju.resolve("counter/0")?;
    let ran = juju.step().unwrap();
    assert!(ran.succeeded(), "{ran}");
    Ok(())
}

#[test]
fn what_is_not_there_is_named_with_the_line_of_the_test() {
    let mut juju = LocalJuju::new().version(JujuVersion::V4_0);
    let error = juju.remove_unit("counter/7").unwrap_err();
    assert_eq!(error.to_string(), "unit \"counter/7\" not found; the model has no units");
    assert!(format!("{error:?}").contains("local_juju.rs:"), "{error:?}");
    let error = juju.configure("counter", [("step", "2")]).unwrap_err();
    assert!(format!("{error:?}").contains("local_juju.rs:"), "{error:?}");
    assert!(juju.step().is_none());
}

#[test]
#[should_panic(expected = "not local_juju::next::Counter")]
fn fields_of_another_charm_are_not_read() {
    let juju = model(1).unwrap();
    juju.unit("counter/0").stored(|_: &next::Counter| ());
}

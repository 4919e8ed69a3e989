//! Leadership is a lease: it outlives the leader's agent for a while, and then another unit gets it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::time::Duration;

use charm_testing::model::{AgentStatus, Model, StatusKind};
use hooks::{charm, settle, unit};

fn led() -> Model {
    let mut model = Model::new(3);
    model.deploy("app", charm("app", ""), 3).unwrap();
    settle(&mut model);
    model
}

/// A lease is claimed for 60 s. Until then nobody else can lead, and afterwards somebody does whose agent lives.
#[test]
fn another_unit_leads_once_the_lease_of_a_lost_leader_has_run_out() {
    let mut model = led();
    let leader = model.leader("app").unwrap().clone();
    model.lose_agent(&leader).unwrap();
    assert_eq!(model.unit(&leader).unwrap().agent, AgentStatus::Lost);
    assert_eq!(model.unit(&leader).unwrap().shown_status().0, StatusKind::Unknown);
    model.set_update_status_interval(None);
    model.advance(Duration::from_secs(59));
    assert_eq!(settle(&mut model), [""; 0]);
    assert_eq!(model.leader("app"), Some(&leader));

    model.advance(Duration::from_secs(1));
    let next = model.leader("app").unwrap().clone();
    assert_ne!(next, leader);
    assert_eq!(settle(&mut model), [format!("{next} leader-elected")]);

    // Heard of again, it has not been told that it leads no more: Juju has no hook for that.
    model.find_agent(&leader).unwrap();
    assert_eq!(settle(&mut model), [""; 0]);
    assert_eq!(model.leader("app"), Some(&next));
    assert_eq!(model.unit(&leader).unwrap().agent, AgentStatus::Idle);
}

#[test]
fn a_leader_that_is_heard_of_in_time_stays_one() {
    let mut model = led();
    let leader = model.leader("app").unwrap().clone();
    model.lose_agent(&leader).unwrap();
    model.advance(Duration::from_secs(30));
    model.find_agent(&leader).unwrap();
    model.advance(Duration::from_secs(600));
    assert_eq!(model.leader("app"), Some(&leader));
}

/// A unit whose agent is lost runs nothing; what has happened meanwhile it learns afterwards.
#[test]
fn a_lost_agent_runs_nothing() {
    let mut model = led();
    model.set_update_status_interval(None);
    let lost = unit("app/1");
    model.lose_agent(&lost).unwrap();
    model.refresh("app", charm("app", "")).unwrap();
    assert!(settle(&mut model).iter().all(|hook| !hook.starts_with("app/1 ")));
    model.find_agent(&lost).unwrap();
    assert_eq!(settle(&mut model), ["app/1 upgrade-charm", "app/1 config-changed"]);
}

/// With all agents lost nobody leads, and the first to be heard of again does.
#[test]
fn nobody_leads_without_an_agent() {
    let mut model = led();
    for number in 0..3 {
        model.lose_agent(&unit(&format!("app/{number}"))).unwrap();
    }
    model.advance(Duration::from_secs(60));
    assert_eq!(model.leader("app"), None);
    model.find_agent(&unit("app/2")).unwrap();
    assert_eq!(model.leader("app"), Some(&unit("app/2")));
}

/// A lease is one unit's: it does not run out for another of the same name that came later.
#[test]
fn the_lease_of_a_unit_goes_with_it() {
    for seed in 0..8 {
        let mut model = Model::new(seed);
        model.deploy("app", charm("app", ""), 3).unwrap();
        let leader = model.leader("app").unwrap().clone();
        model.lose_agent(&leader).unwrap();
        model.force_remove_application("app").unwrap();
        model.deploy("app", charm("app", ""), 3).unwrap();
        model.set_leader(&leader);
        model.advance(Duration::from_secs(60));
        assert_eq!(model.leader("app"), Some(&leader), "seed {seed}");
    }
}

/// An agent that is lost before its first hook begins with the newest revision, like any other.
#[test]
fn an_agent_that_was_lost_before_its_first_hook_begins_anew() {
    let mut model = Model::new(0);
    model.deploy("app", charm("app", ""), 1).unwrap();
    model.lose_agent(&unit("app/0")).unwrap();
    model.refresh("app", charm("app", "")).unwrap();
    model.find_agent(&unit("app/0")).unwrap();
    assert_eq!(model.unit(&unit("app/0")).unwrap().agent, AgentStatus::Allocating);
    assert_eq!(settle(&mut model)[0], "app/0 install");
    assert_eq!(model.unit(&unit("app/0")).unwrap().charm_revision(), 1);
    assert_eq!(settle(&mut model), [""; 0], "no upgrade-charm");
}

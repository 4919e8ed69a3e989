//! One charm, the same events, three ways to run it: with one event at a time, in a model within the test, and as
//! processes. They must agree.

//!
//! This program is its own charm: with a hook's environment it is one process of it. So it has no harness.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::ExitCode;

use charm_meta::Metadata;
use charm_runtime::event::ActionName;
use charm_runtime::prelude::*;
use charm_testing::agent::Agent;
use charm_testing::model::{ActionId, Hook, Level, LogLine, Model, UnitName};
use charm_testing::transition::Call;
use charm_testing::{LocalJuju, Relation, State, on};
use serde_json::{Map, Value, json};

const CHARM: &str = "{name: hello, summary: A., description: A., peers: {peers: {interface: hello}}, \
    config: {options: {greeting: {type: string, default: Hello}}}, \
    actions: {greet: {params: {name: {type: string}}, required: [name]}}}";

/// Greets; tells its peers; and has an event that waits.
#[charm(metadata_str = "{name: hello, summary: A., description: A., peers: {peers: {interface: hello}}, \
    config: {options: {greeting: {type: string, default: Hello}}}, \
    actions: {greet: {params: {name: {type: string}}, required: [name]}}}")]
#[derive(Default)]
pub struct Hello {
    started: Stored<bool>,
    greeted: Stored<u32>,
}

/// What the action answers.
#[derive(ActionResults)]
pub struct Greeted {
    greeting: String,
    count: u32,
}

#[charm(metadata_str = "{name: hello, summary: A., description: A., peers: {peers: {interface: hello}}, \
    config: {options: {greeting: {type: string, default: Hello}}}, \
    actions: {greet: {params: {name: {type: string}}, required: [name]}}}")]
impl Hello {
    #[on(start)]
    fn start(&mut self, ports: Ports) -> Result<()> {
        self.started.set(true);
        ports.set([Port::tcp(80)])?;
        Ok(())
    }

    #[on(leader_elected)]
    fn announce(&mut self, unit: &Unit) -> Result<Outcome> {
        if !*self.started.get()? {
            return Ok(Outcome::defer("the unit is not started yet"));
        }
        info!("{} speaks for the application", unit.name()?);
        Ok(Outcome::done())
    }

    #[on(config_changed)]
    fn configure(
        &mut self,
        config: &Config,
        unit: &Unit,
        leader: Option<Leader>,
        peers: Relations<endpoint::Peers>,
    ) -> Result<()> {
        info!("the greeting is {:?}", config.greeting);
        unit.set_workload_version("1")?;
        for peers in &peers {
            peers.local_unit().insert("greets", config.greeting.clone())?;
            if let Some(leader) = &leader {
                peers.local_app(leader).insert("speaker", unit.name()?)?;
            }
        }
        Ok(())
    }

    #[on(action = "greet")]
    fn greet(&mut self, params: action::GreetParams, config: &Config) -> Result<Greeted> {
        let greeted = self.greeted.get_mut()?;
        *greeted += 1;
        Ok(Greeted { greeting: format!("{}, {}!", config.greeting, params.name), count: *greeted })
    }

    #[status]
    fn status(&self, config: &Config) -> Status {
        if config.greeting.trim().is_empty() {
            return Status::blocked("set the option greeting");
        }
        Status::active("")
    }
}

fn main() -> ExitCode {
    if std::env::var_os("JUJU_DISPATCH_PATH").is_some() {
        return charm_runtime::run::<Hello>();
    }
    a_model_within_the_test_and_processes_agree();
    one_event_at_a_time_is_answered_as_in_a_model();
    ExitCode::SUCCESS
}

const SEED: u64 = 5;

/// What an operator does to the model, one after the other. Between two of them it comes to rest.
const LIFE: [fn(&mut Model); 5] = [
    |_| {},
    |model| model.set_config("hello", [("greeting", " ")]).unwrap(),
    |model| model.set_config("hello", [("greeting", "Salut")]).unwrap(),
    |model| assert!(model.run_action(&unit(0), action::Greet::NAME, parameters()).is_ok()),
    |model| model.remove_unit(&unit(1)).unwrap(),
];

fn unit(number: u32) -> UnitName {
    UnitName::new("hello", number)
}

fn parameters() -> Map<String, Value> {
    json!({"name": "Ada"}).as_object().unwrap().clone()
}

/// What charms have said with juju-log, by unit and hook.
fn said<'l>(log: impl IntoIterator<Item = &'l LogLine>) -> Vec<String> {
    log.into_iter()
        .filter(|line| line.module.ends_with(".juju-log"))
        .map(|line| format!("{} {} {}", line.module, line.level, line.message))
        .collect()
}

/// What is left at the end, save what is drawn: the tokens by which the store and Juju find each other.
fn left(model: &Model) -> Value {
    let units = model.units().map(|unit| {
        let (status, message) = unit.shown_status();
        let state: Vec<&String> = unit.charm_state().keys().collect();
        json!({"unit": unit.name.to_string(), "status": status.to_string(), "message": message, "state": state, "ports": format!("{:?}", unit.open_ports())})
    });
    let units: Vec<Value> = units.collect();
    let application = model.application("hello").unwrap();
    let results = (1..5).filter_map(|id| model.action(ActionId(id)));
    let results: Vec<String> =
        results.map(|action| format!("{:?} {:?}", action.status, action.results)).collect();
    let peers = model.relations().next().unwrap();
    let units_bags = model.units().map(|unit| peers.unit_data(&unit.name));
    let bags = json!([peers.application_data("hello"), units_bags.collect::<Vec<_>>()]);
    json!({"units": units, "version": application.version, "leader": model.leader("hello").map(ToString::to_string),
        "actions": results, "peers": bags})
}

/// As processes: the hooks, what they said, and what is left.
fn as_processes() -> (Vec<String>, Vec<String>, Value) {
    let directory = tempfile::tempdir().unwrap();
    let charm = directory.path().join("charm");
    fs::create_dir(&charm).unwrap();
    let this = std::env::current_exe().unwrap();
    fs::write(charm.join("dispatch"), format!("#!/bin/sh\nexec '{}'\n", this.display())).unwrap();
    fs::set_permissions(charm.join("dispatch"), fs::Permissions::from_mode(0o755)).unwrap();
    let metadata = Metadata::parse(CHARM).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_charm-hook-command"));
    let mut agent = Agent::new(&directory.path().join("work"), program).unwrap();
    let mut model = Model::new(SEED);
    model.deploy("hello", metadata, 2).unwrap();
    agent.set_charm("hello", charm.as_path());
    let (mut hooks, mut log) = (Vec::new(), Vec::new());
    for happens in LIFE {
        happens(&mut model);
        while let Some(ran) = agent.run_next(&mut model, &mut |line| log.push(line.clone())).unwrap() {
            hooks.push(format!("{} {} {:?}", ran.unit, ran.hook.name(), ran.exit));
        }
    }
    let complained: Vec<&LogLine> = log.iter().filter(|line| line.level > Level::Info).collect();
    assert!(complained.is_empty(), "{complained:?}");
    (hooks, said(&log), left(&model))
}

fn a_model_within_the_test_and_processes_agree() {
    let mut juju = LocalJuju::with_seed(SEED);
    juju.deploy::<Hello>("hello", 2).unwrap();
    let mut hooks = Vec::new();
    for happens in LIFE {
        happens(juju.model_mut());
        while let Some(ran) = juju.step() {
            hooks.push(format!("{} {} {:?}", ran.unit, ran.hook.name(), ran.exit));
        }
    }
    let processes = as_processes();
    assert_eq!(hooks, processes.0);
    assert_eq!(said(juju.log()), processes.1);
    assert_eq!(left(juju.model()), processes.2);
    assert!(processes.1.len() >= 6 && processes.0.len() >= 12, "too little happens: {processes:?}");
}

/// Calls with their answers, save the drawn tokens.
fn answered(calls: &[Call]) -> Vec<String> {
    let line = |call: &Call| match call.name() {
        name @ ("state-set" | "state-get") => name.to_owned(),
        _ => format!("{:?} → {:?}", call.command, call.output),
    };
    calls.iter().map(line).collect()
}

fn one_event_at_a_time_is_answered_as_in_a_model() {
    let mut juju = LocalJuju::with_seed(SEED);
    juju.deploy::<Hello>("hello", 1).unwrap();
    let mut state = State::<Hello>::new().leader(true).relation(Relation::<endpoint::Peers>::peers().id(0));
    let mut hooks = 0;
    for happens in &LIFE[..4] {
        happens(juju.model_mut());
        let greeting = juju.model().config("hello")["greeting"].clone().unwrap().to_string();
        state = state.config("greeting", greeting.as_str());
        while let Some(ran) = juju.step() {
            let event = match &ran.hook {
                Hook::Install => on::install(),
                Hook::LeaderElected => on::leader_elected(),
                Hook::ConfigChanged => on::config_changed(),
                Hook::Start => on::start(),
                Hook::Action { .. } => on::action::<action::Greet>().param("name", "Ada").into(),
                Hook::Relation(_) => on::relation_created::<endpoint::Peers>().into(),
                other => unreachable!("{other:?}"),
            };
            let out = state.run(event).succeeded();
            assert_eq!(answered(&out.calls), answered(&ran.calls), "{ran}");
            // Juju itself sets a status while a unit is installed.
            if ran.hook != Hook::Install {
                assert_eq!(*out.unit_status(), juju.unit("hello/0").status(), "{ran}");
            }
            assert_eq!(out.deferred(), juju.unit("hello/0").deferred(), "{ran}");
            state = out.state;
            hooks += 1;
        }
    }
    assert!(hooks >= 6, "{hooks}");
    let peers = juju.unit("hello/0").relation::<endpoint::Peers>();
    let relation = &state.relations[&0];
    assert_eq!((&relation.local_unit, &relation.local_app), (&peers.local_unit, &peers.local_app));
    assert_eq!(state.workload_version, juju.model().application("hello").unwrap().version);
}

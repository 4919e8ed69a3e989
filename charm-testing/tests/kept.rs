//! A model that is written down and read again, as for a Juju that is kept on disk between two commands.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::time::Duration;

use charm_testing::model::{Exit, Model, Network, RelationId, StorageId, Substrate};
use hooks::{call, charm, shared, unit};

const KEEPER: &str = "storage:\n  data: {type: filesystem, location: /srv/data}\nresources:\n  file: {type: file, \
                      filename: f.txt}\nactions:\n  list: {params: {depth: {type: number, default: 1.5}}}\nconfig: \
                      {options: {ratio: {type: float, default: 0.1}}}\nrequires: {backend: {interface: http}}\npeers: \
                      {fellows: {interface: fellow}}\n";

fn written_and_read(model: &Model) -> Model {
    serde_json::from_str(&serde_json::to_string(model).unwrap()).unwrap()
}

/// A model in which something of everything is about to happen.
fn eventful() -> Model {
    let mut model = hooks::related(2);
    shared(&mut model, "--rotate hourly --expire 2026-01-02T15:04:05Z");
    model.deploy("keeper", charm("keeper", KEEPER), 2).unwrap();
    model.attach_resource("keeper", "file", "/f.txt").unwrap();
    model.integrate("keeper", "app").unwrap();
    model.set_config("keeper", [("ratio", "0.30000000000000004")]).unwrap();
    model.set_network(&unit("keeper/0"), "backend", Network::of_address("10.9.9.9"));
    model.run_action(&unit("keeper/1"), "list", serde_json::Map::new()).unwrap();
    model.detach_storage(&StorageId::new("data", 1)).unwrap();
    model
}

/// Runs the next hook, which opens a port, keeps a value and says where it is; every third one fails.
fn step(model: &mut Model, count: usize) -> Option<String> {
    let mut context = model.next()?;
    for command in ["open-port 80", "state-set k=v", "status-set active", "relation-list -r 0"] {
        call(model, &mut context, command);
    }
    let ran = format!("{} {}", context.id(), context.hook().name());
    model.finish(context, &Exit::Code(i32::from(count % 3 == 2)));
    Some(ran)
}

#[test]
fn a_model_that_was_read_back_goes_on_as_if_it_had_not_been() {
    let (mut kept, mut live) = (eventful(), eventful());
    for count in 0..400 {
        kept = written_and_read(&kept);
        let ran = step(&mut live, count);
        assert_eq!(step(&mut kept, count), ran);
        if count == 100 {
            for model in [&mut kept, &mut live] {
                model.advance(Duration::from_secs(86_400 * 2));
                model.remove_application("app").unwrap();
            }
        }
        if ran.is_none() && count > 100 {
            assert!(count > 110, "next to nothing was run");
            assert_eq!(serde_json::to_string(&kept).unwrap(), serde_json::to_string(&live).unwrap());
            return;
        }
    }
    panic!("it does not come to rest");
}

const PRINCIPAL: &str = "provides: {web: {interface: http}}\ncontainers: {db: {}}\nstorage: {data: {type: \
                         filesystem, multiple: {range: 0-9}}}\nactions: {list: {}}\n";
const LOGGER: &str = "subordinate: true\nrequires: {host: {interface: juju-info, scope: container}}\n";

/// What an operator, a machine or a pod does; each of it leaves something in the model that is still to come.
fn disturb(model: &mut Model, turn: usize) {
    let (app, other, web) = (unit("app/0"), unit("app/1"), unit("web/0"));
    let logger = model.units_of("logger").next().map(|unit| unit.name.clone());
    let what = match turn {
        0 => model.run_action(&app, "list", serde_json::Map::new()).map(drop),
        1 => model.exec(&web, "true", Some(RelationId(0))).map(drop),
        2 => model.lose_agent(&model.leader("app").unwrap().clone()),
        3 => model.reboot_machine(&web),
        4 => model.replace_pod(&web),
        5 => model.notify(&app, "db", "example.com/a"),
        6 => model.restart_container(&other, "db"),
        7 => model.refresh_by_force("app", charm("app", PRINCIPAL)),
        8 => model.add_storage(&other, "data", 2).map(drop),
        9 => model.suspend_relation(RelationId(0)),
        10 => model.resume_relation(RelationId(0)),
        11 => model.trust("app", true),
        12 => logger.map_or(Ok(()), |logger| model.lose_agent(&logger)),
        13 => model.remove_unit(&other),
        14 => model.find_agent(&app).and(model.find_agent(&other)),
        15 => model.resolve(&app, false),
        16 => model.set_address(&web, "10.7.7.7".parse().unwrap()),
        17 => model
            .run_action(&app, "list", serde_json::Map::new())
            .and_then(|id| model.cancel_action(id))
            .map(drop),
        18 => model.force_remove_unit(&web),
        19 => model.add_units("web", 1),
        _ => Ok(()),
    };
    drop(what);
    model.refuse_commit(&web, "the database is down");
    model.set_relation_network(&app, RelationId(0), Network::of_address("10.9.9.8"));
    model.set_automatic_retries(!turn.is_multiple_of(5));
    model.set_given_time(turn.is_multiple_of(3));
    model.advance(Duration::from_secs(45));
}

/// Wherever it is interrupted: with lost agents, leases that run out, pods and machines that go, commands and actions
/// that wait, hooks that failed and are to be retried or skipped.
#[test]
fn a_model_in_trouble_goes_on_too() {
    for substrate in [Substrate::Machines, Substrate::Kubernetes] {
        let mut ran = std::collections::BTreeSet::new();
        let started = || {
            let mut model = Model::new(11);
            model.set_substrate(substrate).unwrap();
            model.deploy("app", charm("app", PRINCIPAL), 2).unwrap();
            model.deploy("web", charm("web", hooks::REQUIRER), 1).unwrap();
            model.deploy("logger", charm("logger", LOGGER), 0).unwrap();
            model.integrate("app:web", "web").unwrap();
            model.integrate("app:juju-info", "logger").unwrap();
            model
        };
        let (mut kept, mut live) = (started(), started());
        for count in 0..300 {
            if count % 9 == 8 {
                for model in [&mut kept, &mut live] {
                    disturb(model, count / 9);
                }
            }
            // A hook can be running meanwhile: its context is not the model's to keep.
            let (mut first, mut second) = (live.next(), kept.next());
            kept = written_and_read(&kept);
            for (model, context) in [(&mut live, &mut first), (&mut kept, &mut second)] {
                let Some(mut context) = context.take() else { continue };
                ran.insert(context.hook().name());
                for command in ["secret-add --owner unit --rotate hourly token=one", "state-set k=v"] {
                    call(model, &mut context, command);
                }
                match count % 7 {
                    2 => model.finish(context, &Exit::Code(1)),
                    4 => model.finish(context, &Exit::Signal(15)),
                    6 => model.kill_agent(context),
                    _ => model.finish(context, &Exit::Code(0)),
                }
            }
            let (kept, live) = (serde_json::to_value(&kept).unwrap(), serde_json::to_value(&live).unwrap());
            assert_eq!(kept, live, "{substrate:?}, step {count}");
        }
        let expected = ["start", "list", "run-commands", "upgrade-charm", "data-storage-attached"];
        assert!(expected.iter().all(|hook| ran.contains(*hook)), "{substrate:?}: {ran:?}");
    }
}

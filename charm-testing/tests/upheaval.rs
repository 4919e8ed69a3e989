//! Whatever an operator does in whatever order, while hooks run and fail: the model stays whole, overlooks nobody, and
//! comes to rest with nothing left when everything has been removed.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::time::Duration;

use charm_testing::model::{
    ActionId, ActionStatus, ExecId, Exit, HookContext, Life, Model, RelationId, StorageId, Substrate,
    UnitName,
};
use hooks::{call, charm};

const APP: &str = "provides: {web: {interface: http}, logs: {interface: logging}}\npeers: {fellows: {interface: \
                   gossip}}\nstorage: {data: {type: filesystem, multiple: {range: 1-4}}}\ncontainers: {db: {}, cache: \
                   {}}\nactions: {list: {}, watch: {parallel: true}}\nconfig: {options: {n: {type: int}}}\nresources: \
                   {file: {type: file, filename: f}}\n";
const WEB: &str = "requires: {backend: {interface: http}}\n";
const LOGGER: &str = "subordinate: true\nrequires:\n  host: {interface: juju-info, scope: container}\n  logs: \
                      {interface: logging, scope: container}\npeers: {loggers: {interface: gossip}}\n";
const ENDS: [(&str, &str); 4] = [
    ("app:web", "web:backend"),
    ("app:juju-info", "logger:host"),
    ("app:logs", "logger:logs"),
    ("web:juju-info", "logger:host"),
];

/// Pseudo-random numbers, the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        if items.is_empty() { None } else { Some(items[self.below(items.len())].clone()) }
    }
}

/// Something that an operator does, refused or not.
fn operate(model: &mut Model, seeded: &mut Seeded) {
    let units: Vec<UnitName> = model.units().map(|unit| unit.name.clone()).collect();
    let relations: Vec<RelationId> = model.relations().map(|relation| relation.id).collect();
    let (unit, relation) = (seeded.of(&units), seeded.of(&relations));
    let application = ["app", "web", "logger"][seeded.below(3)];
    match (seeded.below(12), unit, relation) {
        (0..=2, ..) => drop(model.integrate(ENDS[seeded.below(4)].0, ENDS[seeded.below(4)].1)),
        (3, Some(unit), _) => drop(model.remove_unit(&unit)),
        (4, Some(unit), _) => drop(model.force_remove_unit(&unit)),
        (5, _, Some(relation)) => drop(model.remove_relation(relation)),
        (6, _, Some(relation)) => drop(model.suspend_relation(relation)),
        (7, _, Some(relation)) => drop(model.resume_relation(relation)),
        (8, ..) => drop(model.add_units(application, 1)),
        (9, ..) => drop(model.remove_application(application)),
        (10, ..) if model.application(application).is_none() => {
            let declared = [APP, WEB, LOGGER]
                [["app", "web", "logger"].iter().position(|it| *it == application).unwrap()];
            model
                .deploy(application, charm(application, declared), u32::from(application != "logger"))
                .unwrap();
        }
        (11, ..) => model.request_update_status(),
        _ => {}
    }
}

/// Something that happens to a unit and its agent, or that is asked of it.
fn disturb(model: &mut Model, seeded: &mut Seeded) {
    let units: Vec<UnitName> = model.units().map(|unit| unit.name.clone()).collect();
    let Some(unit) = seeded.of(&units) else { return };
    let relations: Vec<RelationId> = model.relations().map(|relation| relation.id).collect();
    let (relation, number) = (seeded.of(&relations), seeded.below(40));
    let (number, text) = (u32::try_from(number).unwrap(), number.to_string());
    let what = seeded.below(26);
    match what {
        0 => drop(model.run_action(&unit, "list", serde_json::Map::new())),
        1 => drop(model.run_action(&unit, "watch", serde_json::Map::new())),
        2 => drop(model.cancel_action(ActionId(number))),
        3 => drop(model.exec(&unit, "true", None)),
        4 => drop(model.exec(&unit, "true", relation)),
        5 => drop(model.lose_agent(&unit)),
        6 | 7 => drop(model.find_agent(&unit)),
        8 => drop(model.restart_agent(&unit)),
        9 => drop(model.reboot_machine(&unit)),
        10 => drop(model.replace_pod(&unit)),
        11 => drop(model.notify(&unit, "db", "example.com/a")),
        12 => drop(model.fail_check(&unit, "db", "up")),
        13 => drop(model.restart_container(&unit, "cache")),
        14 => drop(model.refresh("app", charm("app", APP))),
        15 => drop(model.refresh_by_force("app", charm("app", APP))),
        16 => drop(model.resolve(&unit, true)),
        17 => drop(model.resolve(&unit, false)),
        18 => drop(model.add_storage(&unit, "data", 1)),
        19 => drop(model.detach_storage(&StorageId::new("data", number))),
        20 => drop(model.attach_resource("app", "file", &format!("/{text}"))),
        21 => drop(model.set_config("app", [("n", &text)])),
        22 => drop(model.set_leader(&unit)),
        23 => model.refuse_commit(&unit, "the database is down"),
        24 => model.advance(Duration::from_secs(u64::from(number) * 20)),
        25 => model.set_automatic_retries(number.is_multiple_of(2)),
        _ => unreachable!(),
    }
}

/// What charms do: they publish something, and have secrets of which others read.
fn work(model: &mut Model, context: &mut HookContext, seeded: &mut Seeded) {
    if model.view(context).is_none() {
        return;
    }
    let (first, second) = (seeded.below(10), seeded.below(3));
    let words = match seeded.below(8) {
        0 => "secret-add --owner unit --rotate hourly --expire 2h token=one".to_owned(),
        1 => "secret-add --rotate hourly token=one".to_owned(),
        2 => format!("relation-set -r {first} a={second}"),
        3 => format!("relation-set -r {first} --app a={second}"),
        4 => "juju-reboot".to_owned(),
        5 => "storage-add data".to_owned(),
        _ => "secret-ids".to_owned(),
    };
    let (_, printed) = call(model, context, &words);
    let uri = printed.split_whitespace().next().unwrap_or_default();
    if words == "secret-ids" && !uri.is_empty() {
        let uri = uri.trim_start_matches("- ");
        call(model, context, &format!("secret-grant {uri} -r {first}"));
        call(model, context, &format!("secret-set {uri} token={second}"));
    }
    let secrets: Vec<String> = model.secrets().map(|secret| secret.id.uri()).collect();
    if let Some(uri) = seeded.of(&secrets) {
        call(model, context, &format!("secret-get {uri} --refresh"));
    }
}

/// What holds at any time.
fn check(model: &Model, running: &[HookContext]) {
    for unit in model.units() {
        assert!(model.application(unit.name.application()).is_some(), "{}", unit.name);
        assert!(model.machine(unit.machine).unwrap().units().any(|name| *name == unit.name));
        if let Some(principal) = &unit.principal {
            let principal = model.unit(principal).unwrap();
            assert_eq!((principal.machine, principal.address), (unit.machine, unit.address));
            let fellows = model.subordinates_of(&principal.name);
            assert_eq!(
                fellows.filter(|other| other.name.application() == unit.name.application()).count(),
                1
            );
        }
    }
    for machine in model.machines() {
        assert!(machine.units().next().is_some());
        assert!(machine.units().all(|name| model.unit(name).is_some()));
        let busy = running.iter().filter(|context| {
            context.hook().name() != "watch" && machine.units().any(|name| name == context.unit())
        });
        assert!(busy.count() <= 1, "machine {} runs several hooks", machine.id);
    }
    for relation in model.relations() {
        assert!(relation.ends().all(|end| model.application(&end.application).is_some()), "{relation:?}");
    }
}

#[test]
fn a_model_survives_every_upheaval() {
    let (mut subordinates, mut pods) = (0, 0);
    for seed in 0..60 {
        let mut seeded = Seeded(seed);
        let mut model = Model::new(seed);
        if seed % 3 == 2 {
            model.set_substrate(Substrate::Kubernetes).unwrap();
        }
        model.set_retries(1000);
        // Then a model is at rest more often, and whoever was left asleep is found.
        model.set_given_time(seed % 2 == 1);
        for (name, declared, units) in [("app", APP, 2), ("web", WEB, 1), ("logger", LOGGER, 0)] {
            model.deploy(name, charm(name, declared), units).unwrap();
        }
        let mut running: Vec<HookContext> = Vec::new();
        for _ in 0..1500 {
            match seeded.below(24) {
                0 if seeded.below(4) == 0 => operate(&mut model, &mut seeded),
                0 => disturb(&mut model, &mut seeded),
                1 => model.advance(Duration::from_secs(100)),
                2..=12 => running.extend(model.next()),
                _ if running.is_empty() => {}
                _ => {
                    let mut context = running.swap_remove(seeded.below(running.len()));
                    work(&mut model, &mut context, &mut seeded);
                    match seeded.below(12) {
                        0 => model.kill_agent(context),
                        1 => model.finish(context, &Exit::Code(1)),
                        2 => model.finish(context, &Exit::Signal(15)),
                        _ => model.finish(context, &Exit::Code(0)),
                    }
                }
            }
            // One that was taken away may have left its context behind.
            running.retain_mut(|context| model.view(context).is_some());
            check(&model, &running);
            subordinates += model.units().filter(|unit| unit.principal.is_some()).count();
            pods += model.units().map(|unit| usize::try_from(unit.replaced_pods()).unwrap()).sum::<usize>();
            assert_eq!(model.overlooked(), 0, "seed {seed}");
        }
        for context in running {
            model.finish(context, &Exit::Code(0));
        }
        take_down(&mut model, seed);
    }
    assert!(subordinates > 1000, "next to no subordinate ever lived: {subordinates}");
    assert!(pods > 1000, "next to no pod was ever replaced: {pods}");
}

/// Removes everything, and sees that nothing is left and nobody waits.
fn take_down(model: &mut Model, seed: u64) {
    model.set_automatic_retries(true);
    model.set_given_time(false);
    let units: Vec<UnitName> = model.units().map(|unit| unit.name.clone()).collect();
    for unit in units {
        model.find_agent(&unit).unwrap();
    }
    let names: Vec<String> = model.applications().map(|application| application.name.clone()).collect();
    for name in names {
        // Another one may have taken it along.
        if model.application(&name).is_some_and(|application| application.life == Life::Alive) {
            model.remove_application(&name).unwrap();
        }
    }
    let last = hooks::story(model);
    check(model, &[]);
    assert_eq!(model.units().count(), 0, "seed {seed}: {last:?}");
    let left = (model.applications().count(), model.relations().count(), model.machines().count());
    assert_eq!(left, (0, 0, 0), "seed {seed}: {last:?}");
    assert_eq!(model.secrets().count(), 0, "seed {seed}: {last:?}");
    let waited_for =
        |status| matches!(status, ActionStatus::Pending | ActionStatus::Running | ActionStatus::Aborting);
    // Actions and commands are numbered as one, from 1.
    let actions = (1..1000).filter_map(|id| model.action(ActionId(id))).map(|action| action.status);
    let execs = (1..1000).filter_map(|id| model.exec_result(ExecId(id))).map(|exec| exec.status);
    assert!(!actions.chain(execs).any(waited_for), "seed {seed}");
}

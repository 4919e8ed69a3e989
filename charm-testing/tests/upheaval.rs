//! Whatever an operator does in whatever order, while hooks run and fail: the model stays whole, overlooks nobody, and
//! comes to rest with nothing left when everything has been removed.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{Exit, HookContext, Life, Model, RelationId, UnitName};
use hooks::charm;

const APP: &str = "provides: {web: {interface: http}, logs: {interface: logging}}\npeers: {fellows: {interface: \
                   gossip}}\nstorage: {data: {type: filesystem}}\n";
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
        let busy = running.iter().filter(|context| machine.units().any(|name| name == context.unit()));
        assert!(busy.count() <= 1, "machine {} runs several hooks", machine.id);
    }
    for relation in model.relations() {
        assert!(relation.ends().all(|end| model.application(&end.application).is_some()), "{relation:?}");
    }
}

#[test]
fn a_model_survives_every_upheaval() {
    let mut subordinates = 0;
    for seed in 0..60 {
        let mut seeded = Seeded(seed);
        let mut model = Model::new(seed);
        model.set_retries(1000);
        for (name, declared, units) in [("app", APP, 2), ("web", WEB, 1), ("logger", LOGGER, 0)] {
            model.deploy(name, charm(name, declared), units).unwrap();
        }
        let mut running: Vec<HookContext> = Vec::new();
        for _ in 0..400 {
            match seeded.below(8) {
                0 => operate(&mut model, &mut seeded),
                1..=4 => running.extend(model.next()),
                _ if running.is_empty() => {}
                _ => {
                    let context = running.swap_remove(seeded.below(running.len()));
                    let exit = [Exit::Code(0), Exit::Code(0), Exit::Code(0), Exit::Code(1), Exit::Signal(15)];
                    model.finish(context, &exit[seeded.below(5)]);
                }
            }
            check(&model, &running);
            subordinates += model.units().filter(|unit| unit.principal.is_some()).count();
        }
        for context in running {
            model.finish(context, &Exit::Code(0));
        }
        let names: Vec<String> = model.applications().map(|application| application.name.clone()).collect();
        for name in names {
            // Another one may have taken it along.
            if model.application(&name).is_some_and(|application| application.life == Life::Alive) {
                model.remove_application(&name).unwrap();
            }
        }
        let last = hooks::story(&mut model);
        check(&model, &[]);
        assert_eq!(model.units().count(), 0, "seed {seed}: {last:?}");
        let left = (model.applications().count(), model.relations().count(), model.machines().count());
        assert_eq!(left, (0, 0, 0), "seed {seed}: {last:?}");
    }
    assert!(subordinates > 1000, "next to no subordinate ever lived: {subordinates}");
}

//! A model that is written down and read again, as for a Juju that is kept on disk between two commands.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use std::time::Duration;

use charm_testing::model::{Exit, Model, Network, StorageId};
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

//! Storage, resources, networks, containers, the cloud.

use charm_testing::model::{CloudSpec, JujuVersion, Network, Reboot, StorageId};
use charm_testing::{Faults, Relation, State, on};

use crate::other;
use crate::webapp::{Webapp, binding, container, endpoint, resource, storage};

#[test]
fn a_storage_is_attached_and_detached() {
    let state =
        State::<Webapp>::new().storage::<storage::Data>(0, "/srv/0").storage::<storage::Data>(3, "/srv/3");
    let out = state.run(on::storage_attached::<storage::Data>().number(3)).succeeded();
    assert_eq!(out.log[0].message, r#"data/3 at Some("/srv/3") of ["data/0","data/3"]"#);
    assert_eq!(out.state.storages, state.storages);
    let out = out.state.run(on::storage_detaching::<storage::Data>().number(0)).succeeded();
    let left: Vec<String> = out.state.storages.keys().map(ToString::to_string).collect();
    assert_eq!(left, ["data/3"]);
}

#[test]
fn a_container_s_events_run_among_the_unit_s_surroundings() {
    let state = State::<Webapp>::new()
        .resource::<resource::Page>("/var/page.html")
        .network::<binding::Admin>(Network::of_address("192.0.2.7"))
        .planned_units(3)
        .cloud(CloudSpec { kind: "lxd".to_owned(), ..CloudSpec::default() });
    let out = state.run(on::pebble_ready::<container::App>()).succeeded();
    let lines: Vec<&str> = out.log.iter().map(|line| line.message.as_str()).collect();
    assert_eq!(lines, ["/var/page.html", "192.0.2.7", "3", "true"]);

    let noticed = state.run(on::pebble_custom_notice::<container::App>("example.com/done")).succeeded();
    assert!(noticed.logged("example.com/done"));

    let refused =
        State::<Webapp>::new().resource::<resource::Page>("/x").run(on::pebble_ready::<container::App>());
    assert!(refused.failed().to_string().contains("permission denied"), "nobody trusts it: {refused}");
}

#[test]
fn a_reboot_is_asked_for() {
    assert_eq!(State::<Webapp>::new().run(on::upgrade_charm()).succeeded().reboot, Some(Reboot::AfterHook));
    assert_eq!(State::<Webapp>::new().run(on::install()).succeeded().reboot, None);
}

#[test]
fn a_restricted_hook_can_do_next_to_nothing_and_is_none_of_juju_4() {
    let out = State::<Webapp>::new().run(on::collect_metrics());
    assert_eq!(out.failed().handler(), Some("metrics"));
    let juju_4 = State::<Webapp>::new().juju(JujuVersion::V4_0);
    let refused = juju_4.try_run(on::meter_status_changed(), Faults::new()).unwrap_err();
    assert!(refused.to_string().contains("has no metrics"));
}

#[test]
fn what_is_around_a_unit_is_declared_too() {
    let problem = |state: State<Webapp>| state.try_run(on::install(), Faults::new()).unwrap_err().to_string();
    let new = State::<Webapp>::new;
    assert_eq!(
        problem(new().resource::<other::resource::Pgae>("/x")),
        "this can't be: the charm has no resource `pgae`; did you mean `page`?"
    );
    assert!(
        problem(new().network::<other::binding::Admn>(Network::default())).contains("did you mean `admin`?")
    );
    let peers = Relation::<endpoint::Peers>::peers().remote_units([1, 2]);
    assert!(problem(new().relation(peers).planned_units(2)).contains("2 units are planned, and 3 are there"));
    let data = |state: State<Webapp>, number| state.storage::<storage::Data>(number, "/srv");
    assert!(problem(data(data(data(new(), 0), 1), 2)).contains("has 3 instances"));
    assert!(problem(data(data(new(), 0), 0)).contains("data/0 is attached twice"));
    let mut undeclared = data(new(), 0);
    let one = undeclared.storages.remove(&StorageId::new("data", 0)).unwrap();
    undeclared.storages.insert(StorageId::new("date", 0), one);
    assert!(problem(undeclared).contains("no storage `date`; did you mean `data`?"));

    let event = |state: &State<Webapp>, event: on::Event| {
        state.try_run(event, Faults::new()).unwrap_err().to_string()
    };
    let attached = on::storage_attached::<storage::Data>;
    assert!(event(&new(), attached().into()).contains("needs the storage"));
    let two = data(data(new(), 0), 1);
    assert!(event(&two, attached().into()).contains("say which by `.number(..)`"));
    assert!(event(&two, attached().number(7).into()).contains("no storage data/7"));
}

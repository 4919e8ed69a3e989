//! `network-get` and `unit-get`.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{JujuVersion, Model, Network, RelationId};
use hooks::{call, charm, hook, ok, related, settle, unit};

#[test]
fn words_and_codes_are_juju_s() {
    let mut model = related(1);
    let mut context = hook(&mut model, "web/0");
    for (words, code, printed) in [
        ("network-get", 2, "ERROR no arguments specified"),
        ("network-get ", 2, "ERROR no binding name specified"),
        ("network-get backend x", 2, "ERROR unrecognized args: [\"x\"]"),
        ("network-get backend -r 9", 2, "ERROR invalid value \"9\" for option -r: relation not found"),
        ("network-get x", 1, "ERROR no network config found for binding \"x\""),
        (
            "network-get backend --primary-address --bind-address",
            1,
            "ERROR --primary-address must be the only flag specified",
        ),
        ("network-get backend --primary-address", 0, "10.0.0.11"),
        ("network-get backend -r 0 --ingress-address", 0, "10.0.0.11"),
        ("network-get juju-info --egress-subnets", 0, "10.0.0.11/32"),
        (
            "network-get backend --ingress-address --bind-address --egress-subnets",
            0,
            "bind-address: 10.0.0.11\negress-subnets:\n- 10.0.0.11/32\ningress-address: 10.0.0.11",
        ),
        (
            "network-get backend --format json",
            0,
            "{\"bind-addresses\":[{\"mac-address\":\"02:00:00:00:00:01\",\"interface-name\":\"eth0\",\"addresses\":\
             [{\"hostname\":\"\",\"value\":\"10.0.0.11\",\"cidr\":\"10.0.0.0/8\"}]}],\"egress-subnets\":[\"10.0.0.11/32\"],\
             \"ingress-addresses\":[\"10.0.0.11\"]}",
        ),
        // Outside JSON what old charms look for stands there once more.
        (
            "network-get backend --format yaml",
            0,
            "bind-addresses:\n- mac-address: \"02:00:00:00:00:01\"\n  interface-name: eth0\n  addresses:\n  - hostname: \"\"\n    \
             value: 10.0.0.11\n    cidr: 10.0.0.0/8\n    address: 10.0.0.11\n  macaddress: \"02:00:00:00:00:01\"\n  \
             interfacename: eth0\negress-subnets:\n- 10.0.0.11/32\ningress-addresses:\n- 10.0.0.11",
        ),
        ("unit-get", 2, "ERROR no setting specified"),
        ("unit-get x", 2, "ERROR unknown setting \"x\""),
        ("unit-get public-address", 0, "10.0.0.11"),
    ] {
        assert_eq!(call(&mut model, &mut context, words), (code, format!("{printed}\n")), "{words:?}");
    }
}

#[test]
fn networks_can_differ_by_binding_and_by_relation() {
    let mut model = Model::new(0);
    let declarations = format!("{}extra-bindings:\n  admin:\n", hooks::REQUIRER);
    model.deploy("web", charm("web", &declarations), 1).unwrap();
    model.deploy("app", charm("app", hooks::PROVIDER), 1).unwrap();
    model.integrate("web", "app:web").unwrap();
    settle(&mut model);
    let web = unit("web/0");
    model.set_network(&web, "admin", Network::of_address("192.0.2.1"));
    let egress_less = Network { egress_subnets: Vec::new(), ..Network::of_address("192.0.2.2") };
    model.set_relation_network(&web, RelationId(0), egress_less);
    let mut context = hook(&mut model, "web/0");
    assert_eq!(ok(&mut model, &mut context, "network-get admin --bind-address"), "192.0.2.1");
    assert_eq!(ok(&mut model, &mut context, "network-get backend --bind-address"), "10.0.0.10");
    assert_eq!(ok(&mut model, &mut context, "network-get backend -r 0 --bind-address"), "192.0.2.2");
    assert_eq!(
        ok(&mut model, &mut context, "network-get backend -r 0 --egress-subnets --format=json"),
        "null"
    );
    let whole = ok(&mut model, &mut context, "network-get backend -r 0 --format json");
    assert!(!whole.contains("egress-subnets"), "{whole}");

    let nameless =
        Network { bind_addresses: vec![charm_testing::model::BindAddress::default()], ..Network::default() };
    model.set_network(&web, "admin", nameless);
    let words = "ERROR no addresses attached to space for binding \"admin\"\n".to_owned();
    assert_eq!(call(&mut model, &mut context, "network-get admin --bind-address"), (1, words));
}

#[test]
fn a_relation_that_is_gone_has_other_words_in_juju_4() {
    for (version, network, data) in [
        (JujuVersion::V3_6, "permission denied", "permission denied"),
        (JujuVersion::V4_0, "relation 0 not found", "relation not found"),
    ] {
        let mut model = related(1);
        model.set_version(version);
        let mut context = hook(&mut model, "web/0");
        assert!(model.forget_relation(RelationId(0)));
        for (words, printed) in [
            ("network-get backend -r 0", network),
            ("relation-get -r 0 - app/0", data),
            ("relation-get -r 0 --app - app", data),
            ("relation-get -r 0 - web/0", data),
        ] {
            assert_eq!(call(&mut model, &mut context, words), (1, format!("ERROR {printed}\n")), "{words}");
        }
    }
}

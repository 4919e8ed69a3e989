//! Ports: conflicts, endpoints, and what a commit makes of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod hooks;

use charm_testing::model::{Exit, Model};
use hooks::{call, charm, failure, hook, in_hook, ok, settle, unit};

fn deployed() -> Model {
    let mut model = Model::new(0);
    let endpoints = "provides:\n  dmz: {interface: http}\n  web: {interface: http}\n";
    model.deploy("app", charm("app", endpoints), 1).unwrap();
    settle(&mut model);
    model
}

fn opened(model: &mut Model) -> String {
    in_hook(model, "app/0", &["opened-ports --endpoints"]).remove(0)
}

#[test]
fn words_and_codes_are_juju_s() {
    let mut model = deployed();
    in_hook(&mut model, "app/0", &["open-port 80-90"]);
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "open-port 100-110/udp");
    for (words, code, printed) in [
        ("open-port", 2, "ERROR no port or range specified\n"),
        ("open-port x", 2, "ERROR invalid port \"x\": strconv.Atoi: parsing \"x\": invalid syntax\n"),
        ("open-port 80/x", 2, "ERROR invalid protocol \"x\", expected \"tcp\", \"udp\", or \"icmp\"\n"),
        ("open-port 1-65536", 2, "ERROR port range bounds must be between 0 and 65535, got 1-65536\n"),
        ("open-port 80 81", 2, "ERROR unrecognized args: [\"81\"]\n"),
        (
            "open-port 85",
            1,
            "ERROR cannot open 85/tcp (unit \"app/0\"): port range conflicts with 80-90/tcp (unit \"app/0\")\n",
        ),
        (
            "open-port 105-120/udp",
            1,
            "ERROR cannot open 105-120/udp (unit \"app/0\"): port range conflicts with 100-110/udp (unit \"app/0\") \
             requested earlier\n",
        ),
        (
            "close-port 85",
            1,
            "ERROR cannot close 85/tcp (unit \"app/0\"): port range conflicts with 80-90/tcp (unit \"app/0\")\n",
        ),
        ("open-port 80-90", 0, ""),
        ("open-port ICMP --format json", 0, "--format flag deprecated for command \"open-port\""),
        ("opened-ports", 0, "icmp\n80-90/tcp\n100-110/udp\n"),
        ("close-port 80-90", 0, ""),
        ("close-port 1", 0, ""),
        ("opened-ports --format json", 0, "[\"icmp\",\"100-110/udp\"]\n"),
    ] {
        assert_eq!(call(&mut model, &mut context, words), (code, printed.to_owned()), "{words}");
    }
    model.finish(context, &Exit::Code(1));
    assert_eq!(opened(&mut model), "80-90/tcp (*)", "a failed hook has changed nothing");
}

#[test]
fn a_port_can_be_open_for_some_endpoints() {
    let mut model = deployed();
    in_hook(&mut model, "app/0", &["open-port 80 --endpoints web,dmz", "open-port 81 --endpoints web"]);
    assert_eq!(opened(&mut model), "80/tcp (dmz, web)\n81/tcp (web)");
    in_hook(&mut model, "app/0", &["close-port 80 --endpoints dmz", "open-port 81"]);
    assert_eq!(opened(&mut model), "80/tcp (web)\n81/tcp (*)");
    // One of all goes: the others stay.
    in_hook(&mut model, "app/0", &["close-port 81 --endpoints web", "close-port 80"]);
    assert_eq!(opened(&mut model), "81/tcp (dmz, juju-info)");
}

#[test]
fn an_endpoint_that_is_none_fails_the_hook() {
    let mut model = deployed();
    let mut context = hook(&mut model, "app/0");
    ok(&mut model, &mut context, "open-port 80 --endpoints x");
    model.finish(context, &Exit::Code(0));
    let cause = "cannot apply changes: open port range: endpoint \"x\" for unit \"app/0\" not found";
    assert_eq!(failure(&model, "app/0").as_deref(), Some(cause));
    assert_eq!(model.unit(&unit("app/0")).unwrap().ports().count(), 0);
}

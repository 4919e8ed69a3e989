//! The order in which units run their hooks, from install to remove.

mod local;

use local::{Local, unit};

const PROVIDER: &str = "provides:\n  web:\n    interface: http\n";
const REQUIRER: &str = "requires:\n  backend:\n    interface: http\n";
const PEERS: &str = "peers:\n  fellows:\n    interface: gossip\n";

#[test]
fn a_unit_alone_starts_and_stops() {
    let mut local = Local::new();
    local.deploy("hello", "", "", 1);
    local.settle();
    assert_eq!(local.take_record("hello/0"), ["install", "leader-elected", "config-changed", "start"]);
    // Without a status of its own, nothing is known of the charm.
    assert_eq!(local.status("hello/0"), ("unknown".to_owned(), String::new()));

    local.settle();
    assert_eq!(local.take_record("hello/0"), [""; 0], "a unit at rest runs nothing");
    local.model.request_update_status();
    local.settle();
    assert_eq!(local.take_record("hello/0"), ["update-status"]);

    local.model.remove_application("hello").unwrap();
    local.settle();
    assert_eq!(local.take_record("hello/0"), ["stop", "remove"]);
    assert_eq!(local.model.units().count(), 0);
    assert_eq!(local.model.applications().count(), 0);
}

#[test]
fn two_applications_live_through_their_relation() {
    for seed in 0..4 {
        let mut local = Local::with_seed(seed);
        let write = "test $hook = backend-relation-joined && relation-set key=value || true";
        local.deploy("app", PROVIDER, "", 1);
        local.deploy("web", REQUIRER, write, 1);
        let relation = local.model.integrate("web", "app:web").unwrap();
        local.settle();
        let start = |endpoint: &str, remote: &str| {
            let relation = |kind: &str| format!("{endpoint}-relation-{kind} {remote}");
            vec![
                "install".to_owned(),
                format!("{endpoint}-relation-created"),
                "leader-elected".to_owned(),
                "config-changed".to_owned(),
                "start".to_owned(),
                relation("joined"),
                relation("changed"),
            ]
        };
        assert_eq!(local.take_record("web/0"), start("backend", "app/0"), "seed {seed}");
        // Whether the other's data was there when it joined is the seed's choice; if not, another changed tells of it.
        let mut of_app = local.take_record("app/0");
        of_app.dedup();
        assert_eq!(of_app, start("web", "web/0"), "seed {seed}");

        local.model.request_update_status();
        local.settle();
        assert_eq!(local.take_record("app/0"), ["update-status"]);
        assert_eq!(local.take_record("web/0"), ["update-status"]);

        local.model.remove_relation(relation).unwrap();
        local.settle();
        assert_eq!(local.take_record("app/0"), ["web-relation-departed web/0", "web-relation-broken"]);
        assert_eq!(
            local.take_record("web/0"),
            ["backend-relation-departed app/0", "backend-relation-broken"]
        );
        assert!(local.model.relation(relation).is_none());

        local.model.integrate("app:web", "web:backend").unwrap();
        local.settle();
        let again = local.take_record("app/0");
        assert_eq!(again[..2], ["web-relation-created", "web-relation-joined web/0"]);

        local.model.remove_application("app").unwrap();
        local.settle();
        let last = ["web-relation-departed web/0", "web-relation-broken", "stop", "remove"];
        assert_eq!(local.take_record("app/0"), last);
        let last = local.take_record("web/0");
        assert_eq!(last[last.len() - 2..], ["backend-relation-departed app/0", "backend-relation-broken"]);
    }
}

#[test]
fn peers_join_and_depart_but_never_break() {
    let mut local = Local::new();
    local.deploy("hello", PEERS, "", 2);
    local.settle();
    let first = local.take_record("hello/0");
    assert_eq!(first[..2], ["install", "fellows-relation-created"]);
    let peers = ["fellows-relation-joined hello/1", "fellows-relation-changed hello/1"];
    assert_eq!(first[first.len() - 2..], peers);
    local.take_record("hello/1");

    local.model.remove_unit(&unit("hello/1")).unwrap();
    local.settle();
    assert_eq!(local.take_record("hello/1"), ["fellows-relation-departed hello/0", "stop", "remove"]);
    let survivor = local.take_record("hello/0");
    assert_eq!(survivor.last().unwrap(), "fellows-relation-departed hello/1");

    local.model.remove_application("hello").unwrap();
    local.settle();
    assert_eq!(local.take_record("hello/0"), ["stop", "remove"]);
    assert_eq!(local.model.relations().count(), 0);
}

#[test]
fn the_leader_s_departure_makes_another_one() {
    let mut local = Local::new();
    local.deploy("hello", "", "record leads $(is-leader)", 2);
    local.settle();
    let leader = local.model.leader("hello").unwrap().clone();
    let other = unit(if leader == unit("hello/0") { "hello/1" } else { "hello/0" });
    assert!(local.take_record(&leader.to_string()).contains(&"leader-elected".to_owned()));
    assert!(!local.take_record(&other.to_string()).contains(&"leader-elected".to_owned()));

    local.model.remove_unit(&leader).unwrap();
    local.settle();
    assert_eq!(local.take_record(&other.to_string()), ["leader-elected", "leads True"]);
    assert_eq!(local.model.leader("hello"), Some(&other));
}

#[test]
fn a_new_configuration_is_one_config_changed() {
    let mut local = Local::new();
    let config = "config:\n  options:\n    port: {type: int, default: 80}\n    name: {type: string}\n";
    local.deploy("hello", config, "record $(config-get port) $(config-get name)", 1);
    local.settle();
    local.take_record("hello/0");

    local.model.set_config("hello", [("port", "8080"), ("name", "x")]).unwrap();
    local.model.set_config("hello", [("name", "y")]).unwrap();
    local.settle();
    assert_eq!(local.take_record("hello/0"), ["config-changed", "8080 y"]);
    local.model.set_config("hello", [("name", "y")]).unwrap();
    local.settle();
    assert_eq!(local.take_record("hello/0"), [""; 0], "an equal configuration is no change");

    for (key, value, words) in [
        ("port", "many", "option \"port\" of application \"hello\" expected int, got \"many\""),
        ("prot", "1", "unknown option \"prot\" of application \"hello\" (its charm has: name, port)"),
    ] {
        let error = local.model.set_config("hello", [("name", "z"), (key, value)]).unwrap_err();
        assert_eq!(error.to_string(), words);
    }
    local.settle();
    assert_eq!(local.take_record("hello/0"), [""; 0], "nothing of a refused change is kept");
}

#[test]
fn one_seed_is_one_run() {
    let run = |seed| {
        let mut local = Local::with_seed(seed);
        local.deploy("app", &format!("{PROVIDER}{PEERS}"), "", 2);
        local.deploy("web", REQUIRER, "", 2);
        local.model.integrate("web", "app:web").unwrap();
        local.settle();
        local.log_lines()
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn a_relation_needs_fitting_ends() {
    let mut local = Local::new();
    local.deploy("app", PROVIDER, "", 0);
    local.deploy(
        "web",
        "requires:\n  backend:\n    interface: http\n    limit: 1\n  other: {interface: http}\n",
        "",
        0,
    );
    let mut refusal =
        |first: &str, second: &str| local.model.integrate(first, second).unwrap_err().to_string();
    assert!(refusal("app", "nobody").starts_with("application \"nobody\" not found"));
    assert!(refusal("app:nothing", "web").starts_with("application \"app\" has no \"nothing\" endpoint"));
    assert!(refusal("app", "web").starts_with("ambiguous relation: \"app web\" could refer to"));
    assert!(refusal("app", "app").starts_with("no relations found"));
    local.model.integrate("app", "web:backend").unwrap();
    let mut refusal =
        |first: &str, second: &str| local.model.integrate(first, second).unwrap_err().to_string();
    assert_eq!(refusal("web:backend", "app"), "relation app:web web:backend already exists");
    local.deploy("app-two", PROVIDER, "", 0);
    let error = local.model.integrate("app-two", "web:backend").unwrap_err();
    assert!(error.to_string().contains("would exceed its maximum relation limit of 1"), "{error}");
}

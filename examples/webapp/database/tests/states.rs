//! What the charm makes of each event.

use charm_testing::{Relation, State, on};
use example_database::{Database, Request, endpoint};

fn client(name: &str) -> Relation<endpoint::Database> {
    Relation::new(name).remote_app(&Request { database: name.to_owned() })
}

#[test]
fn each_client_gets_an_account_of_its_own() {
    let state =
        State::<Database>::new().leader(true).relation(client("shop").id(1)).relation(client("wiki").id(2));
    let out = state.run(on::config_changed()).succeeded();
    for (label, name) in [("account:1", "shop"), ("account:2", "wiki")] {
        let account = out.secret(label);
        assert_eq!(account.get("user").as_deref(), Some(name));
        assert_eq!(account.granted_to(), [name]);
    }
    let again = out.state.run(on::update_status()).succeeded();
    assert_eq!(again.calls.iter().filter(|call| call.command.is_buffered()).count(), 0, "{again}");
}

#[test]
fn a_rotation_makes_a_new_password_and_the_old_one_goes_when_nobody_reads_it() {
    let state = State::<Database>::new().leader(true).relation(client("shop").id(1));
    let served = state.run(on::config_changed()).succeeded();
    let before = served.secret("account:1").get("password");
    let rotated = served.state.run(on::secret_rotate("account:1")).succeeded();
    assert_eq!(rotated.secret("account:1").get("user").as_deref(), Some("shop"));
    assert_ne!(rotated.secret("account:1").get("password"), before);
    let removed = rotated.state.run(on::secret_remove("account:1")).succeeded();
    assert_eq!(removed.secret("account:1").revisions(), [2]);
}

#[test]
fn an_account_goes_with_its_client() {
    let state = State::<Database>::new().leader(true).relation(client("shop"));
    let served = state.run(on::config_changed()).succeeded();
    let out = served.state.run(on::relation_broken::<endpoint::Database>()).succeeded();
    assert!(out.state.secrets.is_empty(), "{out}");
}

#[test]
fn a_new_leader_removes_what_the_last_one_left() {
    let state =
        State::<Database>::new().leader(true).relation(client("shop").id(1)).relation(client("wiki").id(2));
    let mut served = state.run(on::config_changed()).succeeded();
    served.state.relations.remove(&1);
    let out = served.state.run(on::leader_elected()).succeeded();
    let labels: Vec<&str> = out.state.secrets.values().map(|secret| secret.label.as_str()).collect();
    assert_eq!(labels, ["account:2"]);
}

#[test]
fn an_account_outlives_the_leader_that_made_it() {
    let state = State::<Database>::new().leader(true).relation(client("shop").id(1));
    let served = state.run(on::config_changed()).succeeded();
    let going = on::relation_broken::<endpoint::Database>().because_this_unit_goes();
    let out = served.state.run(going).succeeded();
    assert_eq!(out.secret("account:1").revisions(), [1]);
}

#[test]
fn a_follower_writes_nothing() {
    let out = State::<Database>::new().relation(client("shop")).run(on::config_changed()).succeeded();
    assert!(
        out.state.secrets.is_empty() && out.relation::<endpoint::Database>().local_app().is_none(),
        "{out}"
    );
}

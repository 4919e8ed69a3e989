//! Secrets: of others, of the operator, and own ones.

use charm_testing::model::JujuVersion;
use charm_testing::{Faults, Secret, State, on};

use crate::webapp::{Webapp, action};

fn read() -> Secret {
    Secret::granted_by("pg", [("password", "old")]).read_as("db").revision([("password", "newer")])
}

#[test]
fn a_secret_of_another_application_is_read_once_it_is_granted() {
    let state = State::<Webapp>::new().secret(read());
    let out = state.run(on::secret_changed(&read())).succeeded();
    assert_eq!(out.log[0].message, format!("Some(\"db\"): {} bytes", "{\"password\":\"newer\"}\n".len()));
    assert_eq!(out.secret(&read()).tracked(), Some(2), "--refresh moves it");
    assert_eq!(state.secrets[&out.secret("db").state().id].consumers.values().next().unwrap().tracked, 1);

    let refused = State::<Webapp>::new().secret(read().not_granted()).run(on::secret_changed("db"));
    assert!(refused.failed().to_string().contains("permission denied"), "{refused}");
}

#[test]
fn what_was_tracked_stays_so_where_the_handler_fails_although_juju_moves_it_at_once() {
    let out = State::<Webapp>::new().config("ratio", 2.0).secret(read()).run(on::secret_changed("db"));
    assert!(out.failed().to_string().contains("over 1"));
    // The bare command is immediate; it is the framework's own reading that waits with it.
    assert_eq!(out.secret("db").tracked(), Some(2));
}

#[test]
fn a_manager_makes_and_removes_revisions() {
    let state = State::<Webapp>::new().leader(true).secret(Secret::of_app("admin", [("password", "old")]));
    let rotated = state.run(on::secret_rotate("admin")).succeeded();
    let admin = rotated.secret("admin");
    assert_eq!((admin.latest(), admin.get("password").as_deref()), (2, Some("new")));
    assert_eq!(admin.get_of(1, "password").as_deref(), Some("old"));
    let removed = rotated.state.run(on::secret_remove("admin")).succeeded();
    assert_eq!(removed.secret("admin").revisions(), [2]);

    let expired = rotated.state.run(on::secret_expired("admin").revision(1)).succeeded();
    assert_eq!(expired.log[0].message, "Some(\"admin\") 1");
    assert!(rotated.secret("admin").granted_to().is_empty());
}

#[test]
fn a_refused_commit_keeps_secrets_in_juju_3_and_not_in_juju_4() {
    let state = State::<Webapp>::new().leader(true).secret(Secret::of_app("admin", [("password", "old")]));
    for (juju, latest) in [(JujuVersion::V3_6, 2), (JujuVersion::V4_0, 1)] {
        let refused = Faults::new().refuse_commit("the controller is away");
        let out = state.clone().juju(juju).run_with(on::secret_rotate("admin"), refused);
        assert!(out.refused_commit.is_some());
        assert_eq!(out.secret("admin").latest(), latest, "{juju}");
    }
}

#[test]
fn new_secrets_never_have_the_ids_of_old_ones() {
    let mut state = State::<Webapp>::new();
    for count in 1..4 {
        let add = on::action::<action::BreakDown>().param("how", "add a secret");
        state = state.run(add).succeeded().state;
        assert_eq!(state.secrets.len(), count);
    }
}

#[test]
fn a_secret_s_id_is_its_own_and_its_content_is_not_shown() {
    let secret = |value: &str| Secret::granted_by("pg", [("password", value)]);
    assert_eq!(secret("a").uri(), secret("a").uri());
    assert_ne!(secret("a").uri(), secret("b").uri());
    assert_eq!(secret("a").id("9m4e2mr0ui3e8a215n4g").uri(), "secret:9m4e2mr0ui3e8a215n4g");
    let state = State::<Webapp>::new().secret(secret("hunter2"));
    assert!(!format!("{:?}", state.run(on::install())).contains("hunter2"));
}

//! Events of own secrets: whose handlers run, and what becomes of obsolete revisions.

use charm_runtime::prelude::*;
use charm_runtime::{Exit, RawSecret};

use super::agent::{Agent, ID};

#[charm(
    metadata_str = "{name: pg, summary: s, description: d, provides: {db: {interface: x}}}",
    secret(admin, content = RawSecret, owner = app, rotate = daily),
    secret(user, content = RawSecret, owner = app, rotate = daily, per_relation = db),
    secret(admin_user, content = RawSecret, owner = app)
)]
#[derive(Default)]
struct Pg;

#[charm(metadata_str = "{name: pg, summary: s, description: d, provides: {db: {interface: x}}}")]
impl Pg {
    #[on(secret_rotate = "admin")]
    fn rotate_admin(&mut self, event: SecretRotate<secret::Admin>) {
        info!("admin {}", event.secret().label());
    }

    #[on(secret_rotate = secret::User)]
    fn rotate_user(&mut self, event: SecretRotate<secret::User>) {
        info!("user {}", event.secret().label());
    }

    #[on(secret_rotate)]
    fn rotate_any(&mut self, event: SecretRotate) {
        info!("any {:?}", event.label);
    }

    #[on(secret_remove = "admin")]
    fn keep(&mut self, event: SecretRemove<secret::Admin>) {
        event.keep();
    }

    #[on(secret_remove = "admin-user")]
    fn remove_twice(&mut self, event: SecretRemove<secret::AdminUser>, leader: Option<Leader>) -> Result<()> {
        let leader = leader.context("a leader is expected")?;
        event.secret().remove_revision(&leader, event.revision)?;
        Ok(())
    }
}

fn rotated(label: &str) -> Vec<String> {
    let agent = Agent::new();
    let variables = [("JUJU_SECRET_ID", ID), ("JUJU_SECRET_LABEL", label)];
    assert_eq!(agent.dispatch::<Pg>("hooks/secret-rotate", &variables), Exit::Success);
    let text = agent.calls().join("\n");
    text.lines().map(|line| line.rsplit("-- ").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn handlers_are_found_by_label() {
    assert_eq!(rotated("admin"), ["admin admin", "any Some(\"admin\")"]);
    assert_eq!(rotated("user:7"), ["user user:7", "any Some(\"user:7\")"]);
    for other in ["user", "user:", "user:x", "user:7:7", "admin:7", "admi", "adminx"] {
        assert_eq!(rotated(other), [format!("any Some({other:?})")]);
    }
    assert_eq!(rotated(""), ["any None"]);
}

fn removed(agent: &Agent, label: &str, revision: &str) -> Vec<String> {
    let variables =
        [("JUJU_SECRET_ID", ID), ("JUJU_SECRET_LABEL", label), ("JUJU_SECRET_REVISION", revision)];
    assert_eq!(agent.dispatch::<Pg>("hooks/secret-remove", &variables), Exit::Success);
    agent.writes()
}

fn agent(label: &str) -> Agent {
    let agent = Agent::new();
    agent.has_secret(label, r#""revision":3,"owner":"application""#, "{}");
    agent
}

#[test]
fn an_obsolete_revision_is_removed_without_a_handler() {
    let expected = [format!("secret-remove {ID} --revision=2")];
    assert_eq!(removed(&agent("other"), "other", "2"), expected);
    // Once, also where a handler does it.
    assert_eq!(removed(&agent("admin-user"), "admin-user", "2"), expected);
}

#[test]
fn a_handler_can_keep_it() {
    assert!(removed(&agent("admin"), "admin", "2").is_empty());
}

#[test]
fn what_is_gone_or_the_newest_is_left_alone() {
    assert!(removed(&Agent::new(), "other", "2").is_empty());
    let agent = Agent::new();
    agent.refuses("secret-info-get", "ERROR permission denied");
    assert!(removed(&agent, "other", "2").is_empty());
    assert!(removed(&self::agent("other"), "other", "3").is_empty());
}

#[test]
fn a_malformed_id_names_its_variable() {
    let agent = Agent::new();
    assert_eq!(agent.dispatch::<Pg>("hooks/secret-rotate", &[("JUJU_SECRET_ID", "no id")]), Exit::Failure);
    assert!(agent.calls().join("\n").contains("JUJU_SECRET_ID"));
}

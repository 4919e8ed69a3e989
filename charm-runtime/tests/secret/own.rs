//! Own secrets: what is sent, when, and what stays.

use std::rc::Rc;
use std::time::Duration;

use charm_runtime::prelude::*;
use charm_runtime::{Exit, MemoryHome, RawSecret};

use super::agent::{Agent, ID};

#[derive(SecretContent)]
struct Credentials {
    password: SecretString,
}

fn password(text: &str) -> Credentials {
    Credentials { password: text.into() }
}

#[charm(
    metadata_str = "{name: pg, summary: s, description: d, provides: {db: {interface: x}}, actions: {prune: {}, reset: {}}}",
    secret(admin, content = Credentials, owner = app, rotate = monthly, expire = days(90), description = "for the admin"),
    secret(host_key, content = RawSecret, owner = unit),
    secret(user, content = Credentials, owner = app, per_relation = db)
)]
#[derive(Default)]
struct Pg {
    runs: Stored<u32>,
}

#[charm(
    metadata_str = "{name: pg, summary: s, description: d, provides: {db: {interface: x}}, actions: {prune: {}, reset: {}}}"
)]
impl Pg {
    /// Adds.
    #[on(install)]
    fn install(&mut self, admin: Secret<secret::Admin>, leader: Option<Leader>) -> Result<()> {
        let Some(leader) = leader else { return Ok(()) };
        let id = admin.ensure(&leader, &password("first"))?;
        ensure!(id.to_string() == ID && admin.id()? == Some(id));
        // It is there by now.
        admin.ensure(&leader, &password("first"))?;
        Ok(())
    }

    /// Many changes of one secret.
    #[on(start)]
    fn start(&mut self, juju: &Juju, admin: Secret<secret::Admin>) -> Result<()> {
        let leader = juju.leader()?.context("a leader is expected")?;
        ensure!(admin.content()?.map(|content| content.password) == Some("old".into()));
        admin.ensure(&leader, &password("new"))?;
        admin.set_description(&leader, "another")?;
        admin.set_expiry(&leader, Duration::from_secs(60))?;
        ensure!(admin.content()?.map(|content| content.password) == Some("new".into()));
        let info = admin.info()?.context("it is made")?;
        ensure!(info.description.as_deref() == Some("another"));
        ensure!(admin.remove_revision(&leader, 1).unwrap_err().halt().is_some());
        Ok(())
    }

    /// Removals of one secret.
    #[on(action = "prune")]
    fn prune(&mut self, juju: &Juju, admin: Secret<secret::Admin>) -> Result<()> {
        let leader = juju.leader()?.context("a leader is expected")?;
        admin.remove_revision(&leader, 1)?;
        ensure!(admin.remove_revision(&leader, 1).is_ok());
        let second = admin.remove_revision(&leader, 2).unwrap_err().to_string();
        ensure!(second.contains("revision 1 is removed in this dispatch already"), "{second}");
        ensure!(admin.remove_revision(&leader, 9).is_err());
        Ok(())
    }

    /// Changes that end as they began.
    #[on(config_changed)]
    fn config_changed(&mut self, juju: &Juju, admin: Secret<secret::Admin>) -> Result<()> {
        let leader = juju.leader()?.context("a leader is expected")?;
        admin.ensure(&leader, &password("new"))?;
        admin.ensure(&leader, &password("old"))?;
        Ok(())
    }

    #[on(update_status)]
    fn update_status(&mut self, key: Secret<secret::HostKey>, unit: &Unit) -> Result<()> {
        key.ensure(unit, &RawSecret::from([("private-key", "x".repeat(9000))]))?;
        Ok(())
    }

    #[on(upgrade_charm)]
    fn upgrade_charm(&mut self, key: Secret<secret::HostKey>, unit: &Unit) -> Result<()> {
        ensure!(key.content()?.is_some());
        key.remove_all(unit)?;
        ensure!(key.content()?.is_none() && key.id()?.is_none() && key.info()?.is_none());
        ensure!(key.set_description(unit, "x").is_err());
        Ok(())
    }

    #[on(leader_elected)]
    fn leader_elected(&mut self, key: Secret<secret::HostKey>, unit: &Unit) -> Result<Outcome> {
        *self.runs.get_mut()? += 1;
        if *self.runs.get()? == 1 {
            return Ok(Outcome::defer("not yet"));
        }
        key.ensure(unit, &RawSecret::from([("private-key", "k")]))?;
        bail!("after it was added")
    }

    #[on(action = "reset")]
    fn reset(&mut self, key: Secret<secret::HostKey>, unit: &Unit) -> Result<()> {
        key.ensure(unit, &RawSecret::from([("private-key", "k")]))?;
        Err(ActionFailed::new("no").into())
    }

    #[on(relation_joined = "db")]
    fn joined(
        &mut self,
        event: RelationJoined<endpoint::Db>,
        users: Secrets<secret::User>,
        leader: Option<Leader>,
    ) -> Result<()> {
        let Some(leader) = leader else { return Ok(()) };
        let user = users.of(&event.relation);
        ensure!(user.label() == "user:7");
        ensure!(user
            .grant(&leader, &event.relation)
            .unwrap_err()
            .to_string()
            .contains("call `ensure` first"));
        user.ensure(&leader, &password("theirs"))?;
        user.revoke_unit(&leader, &event.relation, "web/0")?;
        user.grant(&leader, &event.relation)?;
        Ok(())
    }

    #[on(relation_changed = "db")]
    fn changed(&mut self, relation: Relation<endpoint::Db>, juju: &Juju) -> Result<()> {
        let leader = juju.leader()?.context("a leader is expected")?;
        let user = juju.own_secrets::<secret::User>().of(&relation);
        user.grant(&leader, &relation)?;
        user.revoke(&leader, &relation)?;
        user.grant(&leader, &relation)?;
        user.grant_unit(&leader, &relation, "web/1")?;
        Ok(())
    }

    #[on(secret_rotate = secret::Admin)]
    #[on(secret_expired = "admin")]
    fn renew(&mut self) {}
}

const JOINED: [(&str, &str); 3] =
    [("JUJU_RELATION_ID", "db:7"), ("JUJU_REMOTE_UNIT", "web/0"), ("JUJU_REMOTE_APP", "web")];

fn agent_with_admin(rotation: &str) -> Agent {
    let agent = Agent::new();
    let info = format!(
        r#""revision":3,"owner":"application","description":"for the admin","rotation":"{rotation}","expiry":"2030-01-01T00:00:00Z""#
    );
    agent.has_secret("admin", &info, r#"{"password":"old"}"#);
    agent
}

#[test]
fn a_secret_is_added_at_once_with_what_is_declared() {
    let agent = Agent::new();
    agent.says(&format!("secret-get --format=json {ID}"), r#"{"password":"first"}"#);
    assert_eq!(agent.dispatch::<Pg>("hooks/install", &[]), Exit::Success);
    assert_eq!(
        agent.writes(),
        ["secret-add --owner=application --label=admin --description=for the admin --rotate=monthly \
          --expire=7776000s {password=first}"]
    );
}

#[test]
fn a_retried_add_adopts_the_secret_that_was_left_behind() {
    // By its label; and where Juju doesn't find it so, by its id.
    for is_found_by_label in [true, false] {
        let agent = Agent::new();
        let info = r#""revision":1,"owner":"application","description":"for the admin","rotation":"monthly","expiry":"2030-01-01T00:00:00Z""#;
        agent.has_secret("admin", info, r#"{"password":"other"}"#);
        if !is_found_by_label {
            agent.refuses("secret-info-get --format=json --label", r#"ERROR secret "x" not found"#);
            agent.refuses("secret-add", r#"ERROR secret with label "admin" already exists"#);
            agent.says("secret-ids", r#"["9m4e2mr0ui3e8a215n4g"]"#);
        }
        assert_eq!(agent.dispatch::<Pg>("hooks/install", &[]), Exit::Success);
        let writes = agent.writes();
        assert_eq!(writes.last().unwrap(), &format!("secret-set {ID} --expire=7776000s {{password=first}}"));
        assert_eq!(writes.len(), if is_found_by_label { 1 } else { 2 }, "{writes:?}");
    }
}

#[test]
fn a_label_that_somebody_else_has_is_an_error() {
    let agent = Agent::new();
    agent.refuses("secret-add", r#"ERROR secret with label "admin" already exists"#);
    assert_eq!(agent.dispatch::<Pg>("hooks/install", &[]), Exit::Failure);
}

#[test]
fn all_changes_of_a_secret_are_one_call() {
    let agent = agent_with_admin("monthly");
    assert_eq!(agent.dispatch::<Pg>("hooks/start", &[]), Exit::Success);
    assert_eq!(
        agent.writes(),
        [format!("secret-set {ID} --description=another --expire=60s {{password=new}}")]
    );
}

#[test]
fn one_revision_is_removed() {
    let action = [("JUJU_ACTION_NAME", "prune"), ("JUJU_ACTION_UUID", "1")];
    let agent = agent_with_admin("monthly");
    assert_eq!(agent.dispatch::<Pg>("actions/prune", &action), Exit::Success);
    assert_eq!(agent.writes(), [format!("secret-remove {ID} --revision=1")]);
}

/// Who reads an own secret tracks a revision of it, and Juju calls none obsolete that anybody tracks.
#[test]
fn a_new_revision_is_tracked_with_the_command_that_makes_it() {
    let agent = agent_with_admin("monthly");
    assert_eq!(agent.dispatch::<Pg>("hooks/start", &[]), Exit::Success);
    let calls = agent.calls();
    let set = calls.iter().position(|call| call.starts_with("secret-set")).unwrap();
    assert_eq!(calls[set + 1], format!("secret-get --format=json {ID} --refresh"));
    assert!(!calls.iter().any(|call| call.contains("--peek")), "{calls:?}");
}

#[test]
fn nothing_is_sent_where_nothing_differs_and_what_is_declared_is_restored() {
    let agent = agent_with_admin("monthly");
    agent.says(&format!("secret-get --format=json {ID}"), r#"{"password":"first"}"#);
    assert_eq!(agent.dispatch::<Pg>("hooks/install", &[]), Exit::Success);
    assert!(agent.writes().is_empty());
    let agent = agent_with_admin("never");
    agent.says(&format!("secret-get --format=json {ID}"), r#"{"password":"first"}"#);
    assert_eq!(agent.dispatch::<Pg>("hooks/install", &[]), Exit::Success);
    assert_eq!(agent.writes(), [format!("secret-set {ID} --rotate=monthly")]);
}

#[test]
fn content_that_ends_as_it_began_is_not_sent() {
    let agent = agent_with_admin("monthly");
    assert_eq!(agent.dispatch::<Pg>("hooks/config-changed", &[]), Exit::Success);
    assert!(agent.writes().is_empty());
}

#[test]
fn another_owner_is_an_error() {
    let agent = Agent::new();
    agent.has_secret("admin", r#""revision":3,"owner":"unit""#, r#"{"password":"old"}"#);
    assert_eq!(agent.dispatch::<Pg>("hooks/install", &[]), Exit::Failure);
    let calls = agent.calls().join("\n");
    assert!(calls.contains("its owner is the unit, and is declared to be the application"), "{calls}");
}

#[test]
fn what_juju_3_would_refuse_is_an_error_at_the_call() {
    let agent = Agent::new();
    assert_eq!(agent.dispatch::<Pg>("hooks/update-status", &[]), Exit::Failure);
    let calls = agent.calls().join("\n");
    assert!(calls
        .contains("secret `host-key`: the value of `private-key` has 9000 bytes, 12000 in base64; Juju 3 takes up to 8192"));
    assert!(!calls.contains("secret-add"), "{calls}");
}

#[test]
fn a_removed_secret_is_gone_for_the_rest_of_the_dispatch() {
    let agent = Agent::new();
    agent.has_secret("host-key", r#""revision":2,"owner":"unit""#, r#"{"private-key":"k"}"#);
    assert_eq!(agent.dispatch::<Pg>("hooks/upgrade-charm", &[]), Exit::Success);
    assert_eq!(agent.writes(), [format!("secret-remove {ID}")]);
}

#[test]
fn an_added_secret_stays_where_its_handler_is_rolled_back() {
    let agent = Agent::new();
    let home = Rc::new(MemoryHome::default());
    assert_eq!(agent.dispatch_at::<Pg>("hooks/leader-elected", &[], &home), Exit::Success);
    assert!(agent.writes().is_empty());
    // The deferred event fails; the dispatch goes on. Juju would refuse a hook that adds a secret and removes it.
    assert_eq!(agent.dispatch_at::<Pg>("hooks/leader-settings-changed", &[], &home), Exit::Success);
    let add = "secret-add --owner=unit --label=host-key --rotate=never {private-key=k}";
    assert_eq!(agent.writes(), [add]);

    // The action fails, and is said to.
    let action = [("JUJU_ACTION_NAME", "reset"), ("JUJU_ACTION_UUID", "1")];
    assert_eq!(agent.dispatch::<Pg>("actions/reset", &action), Exit::Success);
    assert_eq!(agent.writes(), [add, "action-fail -- no"]);
}

#[test]
fn a_family_has_a_secret_for_each_relation() {
    let agent = Agent::new();
    assert_eq!(agent.dispatch::<Pg>("hooks/db-relation-joined", &JOINED), Exit::Success);
    assert_eq!(
        agent.writes(),
        [
            "secret-add --owner=application --label=user:7 --rotate=never {password=theirs}".to_owned(),
            format!("secret-revoke {ID} -r db:7 --unit=web/0"),
            format!("secret-grant {ID} -r db:7"),
        ]
    );
}

#[test]
fn what_is_granted_is_not_granted_again() {
    let agent = Agent::new();
    let access =
        r#""access":[{"target":"application-web","scope":"relation-web.database#pg.db","role":"view"}]"#;
    let info = format!(r#""revision":1,"owner":"application",{access}"#);
    agent.has_secret("user:7", &info, r#"{"password":"theirs"}"#);
    assert_eq!(agent.dispatch::<Pg>("hooks/db-relation-changed", &JOINED), Exit::Success);
    assert_eq!(agent.writes(), [format!("secret-grant {ID} -r db:7 --unit=web/1")]);
}

#[test]
fn a_follower_writes_nothing() {
    let agent = Agent::new();
    agent.says("is-leader", "false");
    assert_eq!(agent.dispatch::<Pg>("hooks/install", &[]), Exit::Success);
    assert!(agent.writes().is_empty());
}

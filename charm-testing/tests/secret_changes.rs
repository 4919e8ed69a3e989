//! Changes of one secret that meet in a dispatch, and secrets that several units and relations have in common.

use std::time::Duration;

use charm_runtime::Exit;
use charm_runtime::prelude::*;
use charm_testing::model::JujuVersion;
use charm_testing::transition::SecretName;
use charm_testing::{Faults, Relation as StateRelation, Secret as StateSecret, State, on};

#[derive(SecretContent, PartialEq)]
struct Credentials {
    password: SecretString,
}

fn password(text: &str) -> Credentials {
    Credentials { password: text.into() }
}

#[charm(
    metadata_str = "{name: pg, summary: s, description: d, provides: {db: {interface: x}, admin: {interface: y}},
        config: {options: {do: {type: string}}}, peers: {cluster: {interface: z}}, actions: {prune: {}}}",
    secret(admin, content = Credentials, owner = app, expire = days(30)),
    secret(client, content = Credentials, owner = app, per_relation = db),
    secret(host_key, content = Credentials, owner = unit)
)]
#[derive(Default)]
struct Pg;

#[charm(
    metadata_str = "{name: pg, summary: s, description: d, provides: {db: {interface: x}, admin: {interface: y}},
        config: {options: {do: {type: string}}}, peers: {cluster: {interface: z}}, actions: {prune: {}}}"
)]
impl Pg {
    /// Whatever the option says, in order.
    #[on(config_changed)]
    fn configured(
        &mut self,
        juju: &Juju,
        config: &Config,
        unit: &Unit,
        dbs: Relations<endpoint::Db>,
        admins: Relations<endpoint::Admin>,
    ) -> Result<()> {
        let admin = juju.own_secret::<secret::Admin>();
        let key = juju.own_secret::<secret::HostKey>();
        let leader = juju.leader()?;
        let leader = || leader.as_ref().context("a leader is expected");
        for word in config.r#do.as_deref().unwrap_or_default().split_whitespace() {
            match word {
                "ensure" => drop(admin.ensure(leader()?, &password("new"))?),
                "ensure-old" => drop(admin.ensure(leader()?, &password("old"))?),
                "ensure-key" => drop(key.ensure(unit, &password("key"))?),
                "remove-1" => admin.remove_revision(leader()?, 1)?,
                "remove-all" => admin.remove_all(leader()?)?,
                "grant-db" => {
                    for db in &dbs {
                        admin.grant(leader()?, db)?;
                    }
                }
                "revoke-db" => {
                    for db in &dbs {
                        admin.revoke(leader()?, db)?;
                    }
                }
                "grant-admin" => {
                    for relation in &admins {
                        admin.grant(leader()?, relation)?;
                    }
                }
                "revoke-admin" => {
                    for relation in &admins {
                        admin.revoke(leader()?, relation)?;
                    }
                }
                "read" => {
                    let content = admin.content()?;
                    info!("content: {:?}", content.map(|content| content.password.into_inner()));
                }
                other => bail!("{other}?"),
            }
        }
        Ok(())
    }

    #[on(start)]
    fn start(&mut self, admin: Secret<secret::Admin>, leader: Option<Leader>) -> Result<()> {
        let leader = leader.context("a leader is expected")?;
        admin.ensure(&leader, &password("deferred"))?;
        Ok(())
    }

    #[on(secret_expired = "admin")]
    fn expired(&mut self, event: SecretExpired<secret::Admin>, leader: Option<Leader>) -> Result<()> {
        let leader = leader.context("a leader is expected")?;
        event.secret().ensure(&leader, &password("new"))?;
        event.secret().remove_revision(&leader, event.revision)?;
        Ok(())
    }

    #[on(secret_changed)]
    fn changed(&mut self, event: SecretChanged, admin: Secret<secret::Admin>) -> Result<()> {
        info!("{:?} {:?}", event.label, admin.content()?.map(|content| content.password.expose().to_owned()));
        Ok(())
    }

    #[on(action = "prune")]
    fn prune(&mut self, admin: Secret<secret::Admin>, leader: Option<Leader>) -> Result<()> {
        let leader = leader.context("a leader is expected")?;
        admin.ensure(&leader, &password("new"))?;
        admin.remove_revision(&leader, 1)?;
        Ok(())
    }
}

fn admin() -> StateSecret {
    StateSecret::of_app("admin", [("password", "old")])
}

fn leader() -> State<Pg> {
    State::new().leader(true)
}

/// The revisions that are left, and the newest content.
fn left(out: &charm_testing::Transition<Pg>) -> (Vec<u32>, Option<String>) {
    (out.secret("admin").revisions(), out.secret("admin").get("password"))
}

fn two() -> State<Pg> {
    leader().secret(admin().revision([("password", "second")]))
}

/// Juju would drop the content with the removal, and with its only revision the whole secret would go.
#[test]
fn new_content_is_not_lost_to_the_removal_of_a_revision() {
    let new = Some("new".to_owned());
    for juju in [JujuVersion::V3_6, JujuVersion::V4_0] {
        let state = leader().juju(juju).secret(admin());
        let out = state.run(on::secret_expired("admin")).succeeded();
        assert_eq!(left(&out), (vec![1, 2], new.clone()), "{out}");
        let waiting = Status::waiting("secret `admin` has changed; its revision 1 goes later");
        assert_eq!(*out.unit_status(), waiting, "{out}");
        // Asked again, it goes.
        let out = out.state.run(on::secret_expired("admin").revision(1)).succeeded();
        assert_eq!(left(&out), (vec![2], new.clone()), "{out}");
    }

    let out = two().config("do", "remove-1 ensure").run(on::config_changed()).succeeded();
    assert_eq!(left(&out), (vec![1, 2, 3], new), "{out}");
    assert!(out.logged("revision 1 of secret:"), "{out}");

    let failed = two().run(on::action::<action::Prune>()).succeeded();
    let failure = failed.action().failure.as_deref();
    assert_eq!(failure, Some("waiting: secret `admin` has changed; its revision 1 goes later"));
    assert_eq!(left(&failed), (vec![1, 2], Some("second".to_owned())));
}

#[test]
fn what_a_deferred_event_changes_is_not_lost_to_an_obsolete_revision() {
    let out = two().deferred(on::start(), "start").run(on::secret_remove("admin")).succeeded();
    assert_eq!(left(&out), (vec![1, 2, 3], Some("deferred".to_owned())), "{out}");
}

fn related() -> State<Pg> {
    let db = StateRelation::<endpoint::Db>::new("web");
    leader().secret(admin()).relation(db).relation(StateRelation::<endpoint::Admin>::new("web"))
}

#[test]
fn a_grant_is_not_lost_to_the_removal_of_a_revision() {
    let state = two().relation(StateRelation::<endpoint::Db>::new("web"));
    let out = state.clone().config("do", "grant-db remove-1").run(on::config_changed()).succeeded();
    assert_eq!((out.secret("admin").granted_to(), left(&out).0), (vec!["web".to_owned()], vec![1, 2]));
    let out = state.config("do", "remove-1 grant-db").run(on::config_changed()).succeeded();
    assert_eq!((out.secret("admin").granted_to(), left(&out).0), (vec!["web".to_owned()], vec![1, 2]));
}

/// Juju refuses the whole dispatch otherwise.
#[test]
fn an_application_has_one_grant_over_however_many_relations() {
    let both = related().config("do", "grant-db grant-admin").run(on::config_changed()).succeeded();
    assert_eq!(both.secret("admin").granted_to(), ["web"]);
    assert_eq!(both.calls_of("secret-grant").count(), 1);
    // Nor in a later dispatch.
    let again = both.state.clone().config("do", "grant-admin").run(on::config_changed()).succeeded();
    assert_eq!(again.calls_of("secret-grant").count(), 0);
    // It keeps that one when there is none to take back.
    let kept = both.state.clone().config("do", "revoke-admin").run(on::config_changed()).succeeded();
    assert_eq!(kept.secret("admin").granted_to(), ["web"]);

    let moved = both.state.config("do", "revoke-db grant-admin").run(on::config_changed()).succeeded();
    assert!(moved.secret("admin").granted_to().is_empty(), "{moved}");
    assert!(moved.unit_status().message.contains("is granted over admin:"), "{moved}");
    let moved = moved.state.config("do", "grant-admin").run(on::config_changed()).succeeded();
    assert_eq!(moved.secret("admin").granted_to(), ["web"]);
}

#[test]
fn a_follower_reads_what_the_leader_makes_and_writes_nothing() {
    let state = || State::<Pg>::new().config("do", "read");
    let none = state().run(on::config_changed()).succeeded();
    assert!(none.logged("content: None"), "{none}");
    let some = state().secret(admin()).run(on::config_changed()).succeeded();
    assert!(some.logged("content: Some(\"old\")"), "{some}");
    let renewed = admin().read().revision([("password", "second")]);
    let changed = State::<Pg>::new().secret(renewed).run(on::secret_changed("admin")).succeeded();
    assert!(changed.logged("Some(\"admin\") Some(\"second\")"), "{changed}");
    assert_eq!(changed.secret("admin").tracked(), Some(2));
}

#[test]
fn the_last_word_counts() {
    for (words, labels, content) in [
        ("remove-all ensure", vec!["admin"], Some("new")),
        ("remove-all ensure-old", vec!["admin"], Some("old")),
        ("ensure remove-all", vec![], None),
        ("ensure remove-all ensure", vec!["admin"], Some("new")),
        ("ensure ensure-old", vec!["admin"], Some("old")),
        ("ensure ensure-old ensure read", vec!["admin"], Some("new")),
        ("remove-all read", vec![], None),
    ] {
        let out = leader().secret(admin()).config("do", words).run(on::config_changed()).succeeded();
        let found: Vec<&str> = out.state.secrets.values().map(|secret| &*secret.label).collect();
        assert_eq!(found, labels, "{words}: {out}");
        if content.is_some() {
            assert_eq!(out.secret("admin").get("password").as_deref(), content, "{words}: {out}");
        }
    }
}

#[test]
fn a_leader_that_is_one_no_more_changes_nothing_and_comes_again_as_a_follower() {
    for (faults, exit) in [
        (Faults::new().lose_leadership_before("secret-set"), Exit::Failure),
        (Faults::new().lose_leadership_before("secret-grant"), Exit::Failure),
        (Faults::new().lose_leadership_before_commit(), Exit::Success),
    ] {
        let state = related().config("do", "ensure grant-db");
        let out = state.run_with(on::config_changed(), faults);
        assert_eq!((out.exit, left(&out).0), (exit, vec![1]), "{out}");
        assert!(!out.state.leader && out.secret("admin").granted_to().is_empty());
        out.state.config("do", "read").run(on::config_changed()).succeeded();
    }
    // An answer that is too old is asked for again, and nothing is sent.
    let slow = Faults::new().calls_take(Duration::from_secs(9)).lose_leadership_before("secret-get");
    let out = related().config("do", "ensure").run_with(on::config_changed(), slow);
    assert!(out.failed().to_string().contains("leadership was lost"), "{out}");
    assert_eq!(out.calls_of("secret-set").count(), 0);
}

#[test]
fn declared_secrets_are_given_and_looked_at_by_their_types() {
    let admin = StateSecret::own::<secret::Admin>(&password("old"));
    let state = State::<Pg>::new().leader(true).secret(admin.clone());
    // What is declared is there already.
    let out = state.clone().config("do", "ensure-old").run(on::config_changed()).succeeded();
    assert_eq!(out.calls_of("secret-set").count(), 0, "{out}");
    let out = state.config("do", "ensure").run(on::config_changed()).succeeded();
    let made = out.own_secret::<secret::Admin>();
    assert_eq!((made.content().password.expose(), made.content_of(1).password.expose()), ("new", "old"));
    let out = out.state.run(on::secret_remove(SecretName::own::<secret::Admin>())).succeeded();
    assert_eq!(out.secret(&admin).revisions(), [2]);

    let out = State::<Pg>::new().config("do", "ensure-key").run(on::config_changed()).succeeded();
    assert!(out.own_secret::<secret::HostKey>().content() == password("key"));
    let given = StateSecret::own::<secret::HostKey>(&password("key"));
    let out =
        State::<Pg>::new().secret(given).config("do", "ensure-key").run(on::config_changed()).succeeded();
    assert_eq!(out.calls_of("secret-set").count(), 0, "{out}");
}

#[test]
fn declared_secrets_of_relations_are_looked_at_by_theirs() {
    let client = StateSecret::own_of::<secret::Client>(7, &password("theirs"));
    let state = leader().secret(client.clone()).relation(StateRelation::<endpoint::Db>::new("web").id(7));
    let out = state.run(on::relation_broken::<endpoint::Db>()).succeeded();
    assert!(out.own_secret_of::<secret::Client>(7).content() == password("theirs"));
    assert_eq!(out.secret(SecretName::own_of::<secret::Client>(7)).state(), out.secret(&client).state());
}

#[test]
#[should_panic(expected = "there is no secret `admin`")]
fn a_declared_secret_that_is_not_made_ends_the_test() {
    State::<Pg>::new().run(on::start()).own_secret::<secret::Admin>();
}

#[test]
#[should_panic(expected = "secret content: it has no `password`")]
fn content_of_another_type_ends_the_test() {
    let state = leader().secret(StateSecret::of_app("admin", [("passwort", "x")]));
    state.run(on::config_changed()).own_secret::<secret::Admin>().content();
}

#[test]
fn the_same_run_makes_the_same_secrets() {
    let state = leader().config("do", "ensure ensure-key");
    let (one, other) = (state.run(on::config_changed()), state.run(on::config_changed()));
    assert!(one == other && one.state.secrets.len() == 2, "{one}");
}

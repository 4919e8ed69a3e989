//! A charm's own secrets and those that it was granted, by their types, on the local Juju.

use charm_runtime::prelude::*;
use charm_testing::model::JujuVersion;
use charm_testing::{Faults, Relation as StateRelation, Secret as StateSecret, State, on};

#[derive(SecretContent)]
struct Credentials {
    password: SecretString,
}

fn password(text: &str) -> Credentials {
    Credentials { password: text.into() }
}

#[charm(
    metadata_str = "{name: pg, summary: s, description: d, provides: {web: {interface: http}},
        requires: {backend: {interface: http}}, config: {options: {key: {type: secret}}}}",
    secret(admin, content = Credentials, owner = app, rotate = monthly, description = "of the admin"),
    secret(user, content = Credentials, owner = app, per_relation = web)
)]
#[derive(Default)]
struct Pg;

#[charm(metadata_str = "{name: pg, summary: s, description: d, provides: {web: {interface: http}},
        requires: {backend: {interface: http}}, config: {options: {key: {type: secret}}}}")]
impl Pg {
    #[on(install)]
    fn install(&mut self, admin: Secret<secret::Admin>, leader: Option<Leader>) -> Result<()> {
        match leader {
            Some(leader) => drop(admin.ensure(&leader, &password("first"))?),
            None => info!("made: {}", admin.content()?.is_some()),
        }
        Ok(())
    }

    #[on(relation_created = "web")]
    fn created(
        &mut self,
        web: Relation<endpoint::Web>,
        users: Secrets<secret::User>,
        leader: Option<Leader>,
    ) -> Result<()> {
        let leader = leader.or_waiting("the leader")?;
        let user = users.of(&web);
        let id = user.ensure(&leader, &password("theirs"))?;
        user.grant(&leader, &web)?;
        web.local_app(&leader).insert("secret", id.to_string())?;
        Ok(())
    }

    #[on(relation_broken = "web")]
    fn broken(
        &mut self,
        event: RelationBroken<endpoint::Web>,
        users: Secrets<secret::User>,
        leader: Option<Leader>,
    ) -> Result<()> {
        let Some(leader) = leader else { return Ok(()) };
        users.of(&event.relation).remove_all(&leader)?;
        Ok(())
    }

    #[on(secret_rotate = "admin")]
    fn rotate(&mut self, event: SecretRotate<secret::Admin>, leader: Option<Leader>) -> Result<()> {
        let leader = leader.or_waiting("the leader")?;
        event.secret().ensure(&leader, &password("rotated"))?;
        Ok(())
    }

    #[on(secret_changed)]
    fn changed(
        &mut self,
        event: SecretChanged,
        juju: &Juju,
        backends: Relations<endpoint::Backend>,
    ) -> Result<()> {
        let secret = juju.secret(&event.id.typed::<Credentials>());
        ensure!(secret.get()?.password.expose() == "old");
        ensure!(secret.track()?.password.expose() == "new");
        ensure!(!backends.is_empty(), "it fails after it asked for the latest");
        Ok(())
    }

    #[on(config_changed)]
    fn configured(&mut self, config: &Config, juju: &Juju) -> Result<()> {
        if let Some(key) = &config.key {
            info!("{} bytes", juju.secret(&key.typed::<Credentials>()).latest()?.password.expose().len());
        }
        Ok(())
    }
}

#[test]
fn the_leader_makes_what_is_declared() {
    let made = State::<Pg>::new().leader(true).run(on::install()).succeeded();
    let admin = made.secret("admin");
    assert_eq!(admin.get("password").as_deref(), Some("first"));
    assert_eq!(admin.state().description, "of the admin");
    // Nothing differs the second time.
    let again = made.state.run(on::install()).succeeded();
    assert_eq!((again.secret("admin").latest(), again.calls_of("secret-set").count()), (1, 0));
    // Everybody else reads it.
    let follower = made.state.leader(false).run(on::install()).succeeded();
    assert!(follower.logged("made: true"), "{follower}");
}

#[test]
fn what_juju_3_left_behind_is_adopted_by_the_retried_event() {
    for juju in [JujuVersion::V3_6, JujuVersion::V4_0] {
        let state = State::<Pg>::new().leader(true).juju(juju);
        let refused = state.run_with(on::install(), Faults::new().refuse_commit("the controller is away"));
        assert!(refused.refused_commit.is_some());
        let left = refused.state.secrets.len();
        assert_eq!(left, usize::from(juju == JujuVersion::V3_6));
        let retried = refused.state.run(on::install()).succeeded();
        assert_eq!(retried.state.secrets.len(), 1, "{retried}");
        assert_eq!(retried.calls_of("secret-add").count(), 1 - left, "{retried}");
    }
}

#[test]
fn a_secret_of_a_relation_is_granted_over_it_and_goes_with_it() {
    let web = StateRelation::<endpoint::Web>::new("web");
    let state = State::<Pg>::new().leader(true).relation(web);
    let made = state.run(on::relation_created::<endpoint::Web>()).succeeded();
    let label = format!("user:{}", made.relation::<endpoint::Web>().id());
    assert_eq!(made.secret(label.as_str()).granted_to(), ["web"]);
    // Already granted: nothing is sent.
    let again = made.state.run(on::relation_created::<endpoint::Web>()).succeeded();
    assert_eq!(again.calls.iter().filter(|call| call.command.is_buffered()).count(), 0, "{again}");
    let gone = made.state.run(on::relation_broken::<endpoint::Web>()).succeeded();
    assert!(gone.state.secrets.is_empty(), "{gone}");
}

#[test]
fn a_rotated_secret_has_a_new_revision_and_an_obsolete_one_is_removed() {
    let admin = StateSecret::of_app("admin", [("password", "old")]).description("of the admin");
    let state = State::<Pg>::new().leader(true).secret(admin);
    let rotated = state.run(on::secret_rotate("admin")).succeeded();
    assert_eq!(rotated.secret("admin").get("password").as_deref(), Some("rotated"));
    let removed = rotated.state.run(on::secret_remove("admin")).succeeded();
    assert_eq!(removed.secret("admin").revisions(), [2]);
}

#[test]
fn after_a_failed_handler_that_asked_for_the_latest_the_old_revision_is_still_tracked() {
    let secret =
        StateSecret::granted_by("other", [("password", "old")]).read().revision([("password", "new")]);
    let state = State::<Pg>::new().secret(secret.clone());
    let failed = state.run(on::secret_changed(&secret));
    assert!(failed.failed().to_string().contains("after it asked for the latest"));
    assert_eq!(failed.secret(&secret).tracked(), Some(1));

    let state = state.relation(StateRelation::<endpoint::Backend>::new("other"));
    assert_eq!(state.run(on::secret_changed(&secret)).succeeded().secret(&secret).tracked(), Some(2));
}

#[test]
fn an_option_names_a_secret_that_may_not_be_granted_yet() {
    let key = StateSecret::of_operator("key", [("password", "hunter2")]);
    let state = State::<Pg>::new().config("key", key.uri());
    let waiting = state.clone().secret(key.clone().not_granted()).run(on::config_changed()).succeeded();
    let expected = format!("credentials ({}) is not granted yet", key.uri());
    assert_eq!(*waiting.unit_status(), Status::waiting(expected));
    let read = state.secret(key).run(on::config_changed()).succeeded();
    assert!(read.logged("7 bytes"), "{read}");
}

/// A charm whose handlers fail once they have added a secret.
mod failing {
    use super::{Credentials, password};
    use charm_runtime::prelude::*;
    use charm_testing::{State, on};

    #[charm(
        metadata_str = "{name: pg, summary: s, description: d, config: {options: {is-sound: {type: boolean, default: false}}}}",
        secret(admin, content = Credentials, owner = unit)
    )]
    #[derive(Default)]
    struct Pg;

    #[charm(
        metadata_str = "{name: pg, summary: s, description: d, config: {options: {is-sound: {type: boolean, default: false}}}}"
    )]
    impl Pg {
        #[on(start)]
        fn start(&mut self, admin: Secret<secret::Admin>, unit: &Unit, config: &Config) -> Result<Outcome> {
            let text = if config.is_sound { "sound" } else { "half" };
            admin.ensure(unit, &password(text))?;
            ensure!(config.is_sound, "the other half is missing");
            Ok(Outcome::done())
        }

        #[on(stop)]
        fn stop(&mut self, admin: Secret<secret::Admin>, unit: &Unit) -> Result<()> {
            admin.ensure(unit, &password("late"))?;
            admin.remove_all(unit)?;
            Ok(())
        }
    }

    #[test]
    fn a_failed_deferral_leaves_its_secret_to_the_next_attempt() {
        let state = State::<Pg>::new().deferred(on::start(), "start");
        let failed = state.run(on::update_status());
        // Juju takes the dispatch: it would refuse one that adds a secret and removes it again.
        assert_eq!(failed.refused_commit, None, "{failed}");
        assert_eq!(failed.deferred().len(), 1, "{failed}");
        let next = failed.state.config("is-sound", true).run(on::update_status()).succeeded();
        assert_eq!(next.calls_of("secret-add").count(), 0, "{next}");
        assert_eq!(next.secret("admin").get("password").as_deref(), Some("sound"));
    }

    #[test]
    fn a_secret_can_not_go_in_the_dispatch_that_added_it() {
        let failed = State::<Pg>::new().run(on::stop());
        let message = failed.failed().to_string();
        assert!(message.contains("added in this dispatch") && message.contains("a later one"), "{message}");
        assert!(failed.state.secrets.is_empty());
    }
}

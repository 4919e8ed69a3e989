//! Others' secrets: which revision is read, and when it is tracked.

use charm_runtime::prelude::*;
use charm_runtime::Exit;

use super::agent::{Agent, ID};

#[derive(SecretContent)]
struct Credentials {
    password: SecretString,
}

fn id() -> SecretId<Credentials> {
    ID.parse().unwrap()
}

#[charm(
    metadata_str = "{name: web, summary: s, description: d, config: {options: {password: {type: secret}}}}"
)]
#[derive(Default)]
struct Web;

#[charm(
    metadata_str = "{name: web, summary: s, description: d, config: {options: {password: {type: secret}}}}"
)]
impl Web {
    #[on(install)]
    fn install(&mut self, juju: &Juju) -> Result<()> {
        let secret = juju.secret(&id());
        ensure!(secret.get()?.password.expose() == "old");
        ensure!(secret.get()?.password.expose() == "old");
        ensure!(secret.latest()?.password.expose() == "new");
        ensure!(secret.latest()?.password.expose() == "new");
        Ok(())
    }

    #[on(start)]
    fn start(&mut self, juju: &Juju) -> Result<()> {
        let secret = juju.secret(&id());
        ensure!(secret.get()?.password.expose() == "old");
        ensure!(secret.track()?.password.expose() == "new");
        ensure!(secret.get()?.password.expose() == "new");
        Ok(())
    }

    #[on(update_status)]
    fn update_status(&mut self, juju: &Juju) -> Result<()> {
        juju.secret(&id()).track()?;
        bail!("after it asked for the latest")
    }

    #[on(upgrade_charm)]
    fn upgrade_charm(&mut self, juju: &Juju) -> Result<()> {
        juju.secret(&id()).labelled("theirs").get()?;
        juju.secret_labelled::<Credentials>("theirs").latest()?;
        Ok(())
    }

    #[on(config_changed)]
    fn config_changed(&mut self, config: Config, juju: &Juju) -> Result<()> {
        let Some(id) = config.password else { return Ok(()) };
        juju.secret(&id.typed::<Credentials>()).latest()?;
        Ok(())
    }

    #[on(secret_changed)]
    fn secret_changed(&mut self, event: SecretChanged, juju: &Juju) -> Result<()> {
        ensure!(event.id.typed() == id() && event.label.as_deref() == Some("theirs"));
        juju.secret(&event.id.typed::<Credentials>()).track()?;
        Ok(())
    }
}

fn agent() -> Agent {
    let agent = Agent::new();
    agent.says("secret-get", r#"{"password":"new"}"#);
    agent.says(&format!("secret-get --format=json {ID}"), r#"{"password":"old"}"#);
    agent.says(&format!("secret-get --format=json {ID} --peek"), r#"{"password":"new"}"#);
    agent.says(&format!("secret-get --format=json {ID} --refresh"), r#"{"password":"new"}"#);
    agent
}

#[test]
fn what_is_tracked_is_read_once_and_the_latest_each_time() {
    let agent = agent();
    assert_eq!(agent.dispatch::<Web>("hooks/install", &[]), Exit::Success);
    let (get, peek) =
        (format!("secret-get --format=json {ID}"), format!("secret-get --format=json {ID} --peek"));
    assert_eq!(agent.calls(), [get, peek.clone(), peek]);
}

#[test]
fn tracking_is_the_last_thing_that_is_sent() {
    let agent = agent();
    assert_eq!(agent.dispatch::<Web>("hooks/start", &[]), Exit::Success);
    let calls = agent.calls();
    assert_eq!(calls.last().unwrap(), &format!("secret-get --format=json {ID} --refresh"));
    assert_eq!(calls.iter().filter(|call| call.contains("--refresh")).count(), 1);
}

#[test]
fn a_failed_handler_leaves_the_old_revision_tracked() {
    let agent = agent();
    assert_eq!(agent.dispatch::<Web>("hooks/update-status", &[]), Exit::Failure);
    let calls = agent.calls();
    assert!(!calls.iter().any(|call| call.contains("--refresh")), "{calls:?}");
}

#[test]
fn a_secret_that_changes_once_more_is_seen_by_the_retried_event() {
    let agent = agent();
    agent.says(&format!("secret-get --format=json {ID} --refresh"), r#"{"password":"newer"}"#);
    let changed = [("JUJU_SECRET_ID", ID), ("JUJU_SECRET_LABEL", "theirs")];
    assert_eq!(agent.dispatch::<Web>("hooks/secret-changed", &changed), Exit::Failure);
    let calls = agent.calls().join("\n");
    assert!(calls.contains("it changed once more"), "{calls}");
    assert!(!calls.contains("newer"), "{calls}");
}

#[test]
fn labels_are_given_and_used() {
    let agent = agent();
    agent.says(&format!("secret-get --format=json {ID} --label=theirs"), r#"{"password":"old"}"#);
    assert_eq!(agent.dispatch::<Web>("hooks/upgrade-charm", &[]), Exit::Success);
    assert_eq!(
        agent.calls(),
        [
            format!("secret-get --format=json {ID} --label=theirs"),
            "secret-get --format=json --label=theirs --peek".to_owned(),
        ]
    );
}

#[test]
fn what_is_not_granted_yet_is_waited_for() {
    for stderr in [
        "ERROR permission denied",
        "ERROR permission denied (unauthorized access)",
        r#"ERROR secret "9m4e2mr0ui3e8a215n4g" not found"#,
    ] {
        let agent = Agent::new();
        agent.says("config-get", &format!(r#"{{"password":"{ID}"}}"#));
        agent.refuses("secret-get", stderr);
        assert_eq!(agent.dispatch::<Web>("hooks/config-changed", &[]), Exit::Success, "{stderr}");
        let expected = format!("status-set -- waiting credentials ({ID}) is not granted yet");
        let calls = agent.calls();
        assert!(calls.contains(&expected), "{calls:?}");
    }
    // Any other refusal is one.
    let agent = Agent::new();
    agent.says("config-get", &format!(r#"{{"password":"{ID}"}}"#));
    agent.refuses("secret-get", "ERROR connection is shut down");
    assert_eq!(agent.dispatch::<Web>("hooks/config-changed", &[]), Exit::Failure);
}

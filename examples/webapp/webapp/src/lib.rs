//! A web application, as one reconciler.
//!
//! Whatever event comes, `Webapp::reconcile` looks at everything anew: what is missing ends it with a status that says
//! so, and what was done before stays. Nothing of `charmcraft.yaml` is named by a string: a wrong name does not compile.

use charm_runtime::prelude::*;

/// What the database is asked for.
#[derive(Debug, PartialEq, Databag)]
pub struct Request {
    /// The database that this application wants.
    pub database: String,
}

/// What the database answers.
#[derive(Debug, PartialEq, Databag)]
pub struct Offer {
    /// Where it listens.
    pub endpoint: String,
    /// What to log in with.
    pub account: SecretId<Account>,
}

/// What to log in to the database with.
#[derive(PartialEq, SecretContent)]
pub struct Account {
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

/// What sessions are signed with: one key for all units.
#[derive(PartialEq, SecretContent)]
pub struct SessionKey {
    /// The key.
    pub key: SecretString,
}

impl SessionKey {
    fn new() -> Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).context("no random numbers for a key")?;
        let key = format!("{:032x}", u128::from_le_bytes(random));
        Ok(Self { key: key.into() })
    }
}

/// What the action rotate answers.
#[derive(Debug, ActionResults)]
pub struct Rotated {
    /// How often this unit has done so.
    pub times: u32,
}

/// The charm.
#[charm(
    option(port = u16),
    endpoint(database, remote = Offer, local = Request),
    secret(session_key, content = SessionKey, owner = app, description = "what sessions are signed with")
)]
#[derive(Default)]
pub struct Webapp {
    /// How often this unit has made a new key for sessions.
    rotated: Stored<u32>,
}

#[charm]
impl Webapp {
    #[on(any)]
    fn reconcile(
        &mut self,
        config: &Config,
        database: Option<Relation<endpoint::Database>>,
        session_key: Secret<secret::SessionKey>,
        leader: Option<Leader>,
        ports: Ports,
        juju: &Juju,
    ) -> Result<()> {
        let database = database.or_blocked("relate a database")?;
        if let Some(leader) = &leader {
            // Sent at the end of the dispatch and only if it differs; it is, even if something below is missing.
            database.local_app(leader).set(&Request { database: "webapp".to_owned() })?;
            if session_key.id()?.is_none() {
                session_key.ensure(leader, &SessionKey::new()?)?;
            }
        }
        let hostname = config.external_hostname.as_ref().or_blocked("set external-hostname")?;
        let offer = database.remote_app().load()?.or_waiting("the database's answer")?;
        // Until it is granted, this ends with a status that says so. From now on a rotation is followed.
        let account = juju.secret(&offer.account).track()?;
        let key = session_key.content()?.or_waiting("a session key from the leader")?;
        configure(hostname, config.port, &offer.endpoint, &account, &key);
        ports.set([Port::tcp(config.port)])?;
        Ok(())
    }

    #[on(action = action::Rotate)]
    fn rotate(
        &mut self,
        params: action::RotateParams,
        session_key: Secret<secret::SessionKey>,
        leader: Option<Leader>,
    ) -> Result<Rotated> {
        let leader =
            leader.ok_or_else(|| ActionFailed::new("run it on the leader: juju run webapp/leader rotate"))?;
        info!("a new session key; why: {}", params.reason);
        session_key.ensure(&leader, &SessionKey::new()?)?;
        let times = self.rotated.get_mut()?;
        *times += 1;
        Ok(Rotated { times: *times })
    }

    #[status]
    fn status(&self) -> Status {
        Status::active("")
    }
}

/// Here a real charm writes the workload's configuration, and restarts it if that differs.
fn configure(hostname: &str, port: u16, endpoint: &str, account: &Account, key: &SessionKey) {
    info!("serving {hostname}:{port} from the database at {endpoint} as {}", account.user);
    debug!("the session key has {} characters", key.key.expose().len());
}

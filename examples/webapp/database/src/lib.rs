//! A database that gives each client an account of its own.
//!
//! The account is a secret of the application: one for each relation, granted over that relation alone, renewed by
//! Juju's rotation, and removed with the relation. Only its id travels in the databag.

use charm_runtime::prelude::*;

/// What a client asks for.
#[derive(Debug, PartialEq, Databag)]
pub struct Request {
    /// The database that it wants.
    pub database: String,
}

/// What a client is told.
#[derive(Debug, PartialEq, Databag)]
pub struct Offer {
    /// Where the database listens: `10.0.0.7:5432`.
    pub endpoint: String,
    /// The client's account.
    pub account: SecretId<Account>,
}

/// What a client logs in with.
#[derive(PartialEq, SecretContent)]
pub struct Account {
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

impl Account {
    fn new(user: impl Into<String>) -> Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).context("no random numbers for a password")?;
        let password = format!("{:032x}", u128::from_le_bytes(random));
        Ok(Self { user: user.into(), password: password.into() })
    }
}

/// The charm. It keeps no state: who its clients are and what they have been given, Juju knows.
#[charm(
    option(port = u16),
    endpoint(database, remote = Request, local = Offer),
    secret(account, content = Account, owner = app, rotate = monthly, per_relation = database)
)]
#[derive(Default)]
pub struct Database;

#[charm]
impl Database {
    /// Gives every client that has asked its account and our address.
    #[on(any)]
    fn serve(
        &mut self,
        clients: Relations<endpoint::Database>,
        accounts: Secrets<secret::Account>,
        leader: Option<Leader>,
        network: Network<endpoint::Database>,
        config: &Config,
    ) -> Result<()> {
        // What an application says, its leader writes.
        let Some(leader) = leader else { return Ok(()) };
        for client in &clients {
            let Some(request) = client.remote_app().load()? else { continue };
            let account = accounts.of(client);
            let id = match account.id()? {
                Some(id) => id,
                None => account.ensure(&leader, &Account::new(request.database)?)?,
            };
            account.grant(&leader, client)?;
            let host = network.info_for(client)?.ingress_address().or_waiting("an address")?.to_owned();
            let endpoint = format!("{host}:{}", config.port);
            client.local_app(&leader).set(&Offer { endpoint, account: id })?;
        }
        Ok(())
    }

    /// A month has passed: the same user gets another password. Clients follow when they are told that it changed.
    #[on(secret_rotate = secret::Account)]
    fn rotate(&mut self, event: SecretRotate<secret::Account>, leader: Option<Leader>) -> Result<()> {
        let leader = leader.context("Juju asks the leader to rotate")?;
        let account = event.secret();
        if let Some(Account { user, .. }) = account.content()? {
            account.ensure(&leader, &Account::new(user)?)?;
        }
        Ok(())
    }

    #[on(relation_broken = endpoint::Database)]
    fn gone(
        &mut self,
        event: RelationBroken<endpoint::Database>,
        accounts: Secrets<secret::Account>,
        leader: Option<Leader>,
    ) -> Result<()> {
        let Some(leader) = leader else { return Ok(()) };
        // For a unit that goes all relations break, and the others still need what they were given.
        if event.reason() == BrokenReason::RelationRemoved {
            accounts.of(&event.relation).remove_all(&leader)?;
        }
        Ok(())
    }

    /// Who led when a relation broke may have lost its leadership before it saw to the account.
    #[on(leader_elected)]
    fn tidy(
        &mut self,
        clients: Relations<endpoint::Database>,
        accounts: Secrets<secret::Account>,
        leader: Option<Leader>,
    ) -> Result<()> {
        let Some(leader) = leader else { return Ok(()) };
        accounts.left_over(&clients)?.iter().try_for_each(|account| Ok(account.remove_all(&leader)?))
    }

    #[status]
    fn status(&self, clients: Relations<endpoint::Database>) -> Status {
        Status::active(format!("clients: {}", clients.len()))
    }
}

//! `juju secrets` and `juju remove-secret`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use charm_testing::model::{Model, SecretId, SecretOwner};

use super::Client;
use super::output::{self, Output};
use super::show_secret::{Shown, owner};

/// List secrets
#[derive(Debug, clap::Args)]
#[command(alias = "list-secrets")]
pub(crate) struct Options {
    /// Only those of this owner: an application, a unit or `model`
    #[arg(long, value_name = "OWNER")]
    owner: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// Remove a secret of the model's, or one revision of it
#[derive(Debug, clap::Args)]
pub(crate) struct RemoveOptions {
    /// Its id or name
    secret: String,
    /// Only this revision
    #[arg(long, value_name = "NUMBER")]
    revision: Option<u32>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let wanted = |secret: &&charm_testing::model::Secret| {
        let name = owner(&secret.owner);
        options.owner.as_ref().is_none_or(|owner| {
            let given =
                owner.split_once('-').filter(|(kind, _)| ["application", "unit", "model"].contains(kind));
            let given = given.map_or(owner.as_str(), |(_, name)| name);
            name == given || name == format!("<{owner}>")
        })
    };
    let secrets: Vec<_> = record.model.secrets().filter(wanted).collect();
    let shown: BTreeMap<String, Shown> =
        secrets.iter().map(|secret| (secret.id.to_string(), Shown::of(&record, secret))).collect();
    options.output.show(client.out, &shown, || {
        let mut rows = vec![output::row(["ID", "Name", "Owner", "Rotation", "Revision", "Last updated"])];
        for secret in &secrets {
            let rotation = secret.rotate.map_or("never", charm_testing::model::RotatePolicy::as_str);
            let shown = Shown::of(&record, secret);
            let name = if secret.label.is_empty() { "-" } else { &secret.label };
            rows.push(output::row([
                secret.id.as_str(),
                name,
                &owner(&secret.owner),
                rotation,
                &secret.latest.to_string(),
                &shown.updated,
            ]));
        }
        output::table(&rows)
    })
}

pub(crate) fn remove(options: &RemoveOptions, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let id = find(&session.record.model, &options.secret)?;
    session.record.model.remove_secret(&id, options.revision)?;
    session.settle()
}

/// The model's own secret of that name.
pub(super) fn of_name(model: &Model, name: &str) -> Option<SecretId> {
    let own = model.secrets().filter(|secret| secret.owner == SecretOwner::Model);
    own.into_iter().find(|secret| secret.label == name).map(|secret| secret.id.clone())
}

/// The secret that is meant by its id or, if it is the model's own, by its name.
pub(super) fn find(model: &Model, given: &str) -> Result<SecretId> {
    let by_id = SecretId::parse(given).ok().filter(|id| model.secret(id).is_some());
    by_id
        .or_else(|| of_name(model, given))
        .with_context(|| format!("secret {given:?} not found: see `juju secrets`"))
}

//! `juju remove-relation`.

use anyhow::{Result, bail};
use charm_testing::model::{End, Model, RelationId};

use super::Client;

/// Remove a relation between two applications
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The relation's number, or one of its ends: APPLICATION or APPLICATION:ENDPOINT
    one: String,
    /// The other end
    other: Option<String>,
    /// Accepted: the units run their hooks for it all the same
    #[arg(long)]
    force: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    no_wait: bool,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let id = find(&session.record.model, &options.one, options.other.as_deref())?;
    session.record.model.remove_relation(id)?;
    session.settle()
}

/// The relation that is meant by its number or by its ends.
pub(super) fn find(model: &Model, one: &str, other: Option<&str>) -> Result<RelationId> {
    let Some(other) = other else {
        let id = one.parse().ok().map(RelationId).filter(|id| model.relation(*id).is_some());
        return id.ok_or_else(|| {
            anyhow::anyhow!("relation {one:?} not found: give its number, or both of its ends")
        });
    };
    let is = |end: &End, name: &str| match name.split_once(':') {
        Some((application, endpoint)) => end.application == application && end.endpoint == endpoint,
        None => end.application == name,
    };
    let meant: Vec<_> = model
        .relations()
        .filter(|relation| {
            let Some(requirer) = &relation.requirer else { return false };
            let provider = &relation.provider;
            is(provider, one) && is(requirer, other) || is(provider, other) && is(requirer, one)
        })
        .collect();
    match meant.as_slice() {
        [relation] => Ok(relation.id),
        [] => bail!("relation \"{one} {other}\" not found"),
        several => {
            let ends = several.iter().map(|relation| {
                let ends: Vec<String> = relation.ends().map(ToString::to_string).collect();
                format!("\"{}\"", ends.join(" "))
            });
            bail!(
                "ambiguous relation: \"{one} {other}\" could refer to {}: name both endpoints",
                ends.collect::<Vec<_>>().join("; ")
            )
        }
    }
}

//! `juju suspend-relation` and `juju resume-relation`.

use anyhow::Result;

use super::{Client, remove_relation};

/// Suspend relations: for their units they end, until they are resumed
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The relations' numbers, as `show-unit` has them
    #[arg(required = true)]
    relations: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    message: Option<String>,
}

/// Resume suspended relations
#[derive(Debug, clap::Args)]
pub(crate) struct ResumeOptions {
    /// The relations' numbers
    #[arg(required = true)]
    relations: Vec<String>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    for relation in &options.relations {
        let id = remove_relation::find(&session.record.model, relation, None)?;
        session.record.model.suspend_relation(id)?;
    }
    session.settle()
}

pub(crate) fn resume(options: &ResumeOptions, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    for relation in &options.relations {
        let id = remove_relation::find(&session.record.model, relation, None)?;
        session.record.model.resume_relation(id)?;
    }
    session.settle()
}

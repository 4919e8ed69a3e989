//! What a charm reads of a relation that is gone.

use std::rc::Rc;
use std::time::Instant;

use charm_runtime::hook_command::{HookCommand, Output, Transport};
use charm_runtime::prelude::*;
use charm_runtime::{Error, Exit, Host, MemoryHome};

/// Answers every `relation-get` as Juju does once the relation is gone.
struct Juju(&'static str);

impl Transport for Juju {
    fn run(&self, command: &HookCommand) -> Result<Output, Error> {
        let refused = command.name() == "relation-get";
        let stderr = if refused { format!("ERROR {}\n", self.0).into_bytes() } else { Vec::new() };
        let stdout = if command.name() == "is-leader" { b"true".to_vec() } else { Vec::new() };
        Ok(Output { code: i32::from(refused), stdout, stderr })
    }
}

#[charm(metadata_str = "{name: a, summary: s, description: d, requires: {db: {interface: x}}}")]
#[derive(Default)]
struct Charm;

#[charm(metadata_str = "{name: a, summary: s, description: d, requires: {db: {interface: x}}}")]
impl Charm {
    /// What the others wrote is read; it must be absent.
    #[on(relation_broken = "db")]
    fn broken(&mut self, event: RelationBroken<endpoint::Db>) -> Result<()> {
        let relation = &event.relation;
        ensure!(relation.remote_app().entries()?.is_empty());
        ensure!(relation.remote_unit("pg/0").entries()?.is_empty());
        Ok(())
    }

    /// What this application wrote is read; being refused is an error.
    #[on(relation_created = "db")]
    fn created(&mut self, event: RelationCreated<endpoint::Db>, leader: Option<Leader>) -> Result<()> {
        let leader = leader.context("a leader is expected")?;
        event.relation.local_app(&leader).entries()?;
        Ok(())
    }
}

fn dispatch(event: &str, words: &'static str) -> Exit {
    let environment = [
        ("JUJU_DISPATCH_PATH", format!("hooks/db-relation-{event}")),
        ("JUJU_UNIT_NAME", "a/0".to_owned()),
        ("JUJU_RELATION_ID", "db:1".to_owned()),
        ("JUJU_REMOTE_APP", "pg".to_owned()),
    ];
    let host = Host {
        environment: environment.into_iter().collect(),
        transport: Box::new(Juju(words)),
        clock: Box::new(Instant::now),
        home: Rc::new(MemoryHome::default()),
    };
    charm_runtime::dispatch::<Charm>(host).exit
}

#[test]
fn what_the_other_side_wrote_is_absent_in_either_jujus_words() {
    for words in ["permission denied", "permission denied (unauthorized access)", "relation not found"] {
        assert_eq!(dispatch("broken", words), Exit::Success, "{words}");
    }
    assert_eq!(dispatch("broken", "connection is shut down"), Exit::Failure);
}

#[test]
fn a_refusal_of_the_own_databag_is_an_error() {
    assert_eq!(dispatch("created", "permission denied"), Exit::Failure);
}

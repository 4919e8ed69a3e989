//! What is kept of a model between two calls: the model itself, and what only its operator's side knows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use charm_testing::model::{ActionId, ActionStatus, ExecId, Model, Moment, UnitName};
use serde::{Deserialize, Serialize};

/// How many operations are kept, with what units answered: Juju too forgets the old ones.
const MAX_OPERATIONS: usize = 100;

/// All that is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) model: Model,
    /// The charms of the applications.
    pub(crate) applications: BTreeMap<String, Deployed>,
    /// The revision that the next charm of a name gets.
    pub(crate) revisions: BTreeMap<String, u32>,
    /// What operators have had units run, by number.
    pub(crate) operations: BTreeMap<u32, Operation>,
    /// Since when each agent has been at rest.
    pub(crate) agents: BTreeMap<UnitName, Moment>,
    /// When each revision of each secret came.
    pub(crate) secrets: BTreeMap<String, BTreeMap<u32, Moment>>,
    /// `juju model-config`, as far as it was set.
    pub(crate) config: BTreeMap<String, String>,
    /// By how much the model's time is ahead of this machine's.
    pub(crate) ahead: Duration,
}

/// An application's charm and what was said when it was deployed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Deployed {
    /// The charm's name.
    pub(crate) charm: String,
    pub(crate) revision: u32,
    /// The files that its units run, below the model's directory: that may be moved.
    pub(crate) directory: PathBuf,
    /// Where they came from.
    pub(crate) source: PathBuf,
    /// By which its Python is run, if it is in Python and an operator said.
    pub(crate) python: Option<PathBuf>,
    /// `ubuntu@24.04`
    pub(crate) base: String,
    pub(crate) constraints: String,
}

impl Deployed {
    /// What `juju status` calls the charm.
    pub(crate) fn url(&self) -> String {
        format!("local:{}-{}", self.charm, self.revision)
    }
}

/// One `juju run` or `juju exec`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Operation {
    pub(crate) summary: String,
    /// The numbers of its tasks, one for each unit.
    pub(crate) tasks: Vec<u32>,
    pub(crate) enqueued: Moment,
    pub(crate) completed: Option<Moment>,
}

impl Record {
    pub(crate) fn new(model: Model) -> Self {
        Self {
            model,
            applications: BTreeMap::new(),
            revisions: BTreeMap::new(),
            operations: BTreeMap::new(),
            agents: BTreeMap::new(),
            secrets: BTreeMap::new(),
            config: BTreeMap::new(),
            ahead: Duration::ZERO,
        }
    }

    /// The next revision of a charm of that name: Juju counts local charms from 0.
    pub(crate) fn next_revision(&mut self, charm: &str) -> u32 {
        let next = self.revisions.entry(charm.to_owned()).or_default();
        let revision = *next;
        *next += 1;
        revision
    }

    /// Takes notice of what has come and gone in the model.
    pub(crate) fn follow(&mut self) {
        let Self { model, applications, agents, operations, secrets, .. } = self;
        applications.retain(|name, _| model.application(name).is_some());
        agents.retain(|unit, _| model.unit(unit).is_some());
        for operation in operations.values_mut().filter(|operation| operation.completed.is_none()) {
            let ended = operation.tasks.iter().all(|task| has_ended(model, *task));
            operation.completed = ended.then(|| model.now());
        }
        while operations.len() > MAX_OPERATIONS
            && let Some((_, oldest)) = operations.pop_first()
        {
            oldest.tasks.into_iter().for_each(|task| model.forget_task(task));
        }
        let known: BTreeSet<&str> = model.secrets().map(|secret| secret.id.as_str()).collect();
        secrets.retain(|id, _| known.contains(id.as_str()));
        for secret in model.secrets() {
            let revisions = secrets.entry(secret.id.as_str().to_owned()).or_default();
            for revision in secret.revisions.keys() {
                revisions.entry(*revision).or_insert_with(|| model.now());
            }
        }
    }
}

fn has_ended(model: &Model, task: u32) -> bool {
    let action = model.action(ActionId(task)).map(|action| action.status);
    let status = action.or_else(|| model.exec_result(ExecId(task)).map(|exec| exec.status));
    !matches!(status, Some(ActionStatus::Pending | ActionStatus::Running | ActionStatus::Aborting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use charm_testing::model::Exit;

    #[test]
    fn old_operations_are_forgotten_with_what_units_answered() {
        let charm = charm_meta::Metadata::parse("name: hello\nsummary: A test\ndescription: A test\n");
        let mut record = Record::new(Model::new(1));
        record.model.deploy("hello", charm.unwrap(), 1).unwrap();
        for number in 0..=u32::try_from(MAX_OPERATIONS).unwrap() {
            let task = record.model.exec(&UnitName::new("hello", 0), "true", None).unwrap().0;
            let enqueued = record.model.now();
            let operation =
                Operation { summary: String::new(), tasks: vec![task], enqueued, completed: None };
            record.operations.insert(number, operation);
        }
        while let Some(hook) = record.model.next() {
            record.model.finish(hook, &Exit::Code(0));
        }
        record.follow();
        assert_eq!(record.operations.len(), MAX_OPERATIONS);
        assert!(record.model.exec_result(ExecId(1)).is_none());
        assert!(record.model.exec_result(ExecId(2)).is_some());
        assert!(record.operations[&1].completed.is_some());
    }
}

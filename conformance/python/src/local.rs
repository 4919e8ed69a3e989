//! A local Juju with its agent, and what is looked at in it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use charm_testing::agent::{Agent, CharmSource, Ran};
use charm_testing::model::{
    ActionResult, ActionStatus, Exit, Hook, JujuVersion, LogLine, Model, Relation, RelationHookKind, Secret,
    SecretOwner, StatusKind, Unit, UnitName,
};
use serde_json::Map;
use tempfile::TempDir;

use crate::charm::Charms;

/// More hooks than any stage needs to come to rest.
const MAX_HOOKS: usize = 1000;

/// A local Juju.
pub(crate) struct Local {
    pub(crate) model: Model,
    agent: Agent,
    /// All that has run, in order.
    pub(crate) ran: Vec<Ran>,
    /// All that was logged.
    pub(crate) log: Vec<LogLine>,
    /// Gone with it.
    work: TempDir,
}

impl Local {
    pub(crate) fn new(charms: &Charms<'_>, seed: u64, juju: JujuVersion) -> Result<Self> {
        let work = tempfile::Builder::new().prefix("peers-").tempdir()?;
        let mut model = Model::new(seed);
        model.set_version(juju);
        let agent = Agent::new(work.path(), charms.program)?;
        Ok(Self { model, agent, ran: Vec::new(), log: Vec::new(), work })
    }

    /// Where a revision of a charm can be made.
    pub(crate) fn staging(&self, name: &str) -> PathBuf {
        self.work.path().join("charms").join(name)
    }

    pub(crate) fn deploy(&mut self, application: &str, charm: CharmSource, units: u32) -> Result<()> {
        self.agent.set_charm(application, charm.files);
        Ok(self.model.deploy(application, charm.metadata, units)?)
    }

    /// Gives an application another revision of its charm.
    pub(crate) fn refresh(&mut self, application: &str, charm: CharmSource) -> Result<()> {
        self.agent.set_charm(application, charm.files);
        Ok(self.model.refresh(application, charm.metadata)?)
    }

    /// Runs hooks until all units are at rest. None may fail: charms that wait say so by their status.
    pub(crate) fn settle(&mut self) -> Result<&[Ran]> {
        let first = self.ran.len();
        for _ in 0..MAX_HOOKS {
            let before = self.log.len();
            let log = &mut self.log;
            let Some(ran) = self.agent.run_next(&mut self.model, &mut |line| log.push(line.clone()))? else {
                return Ok(&self.ran[first..]);
            };
            if !matches!(ran.exit, Exit::Code(0) | Exit::Missing) {
                let lines: Vec<&str> = self.log[before..].iter().map(|line| line.message.as_str()).collect();
                bail!("{} of {} failed: {}\n{}", ran.hook.name(), ran.unit, ran.exit, lines.join("\n"));
            }
            self.ran.push(ran);
        }
        bail!("the units do not come to rest: {MAX_HOOKS} hooks have run and there are more")
    }

    /// Runs an action to its end and returns its results, those of its process left out.
    pub(crate) fn act(&mut self, unit: &UnitName, action: &str) -> Result<BTreeMap<String, String>> {
        let id = self.model.run_action(unit, action, Map::new())?;
        self.settle()?;
        let action = self.model.action(id).context("the action is gone")?;
        ensure!(action.status == ActionStatus::Completed, "{action:?}");
        let text = |result: &ActionResult| match result {
            ActionResult::Text(text) => Some(text.clone()),
            ActionResult::Map(_) => None,
        };
        Ok(action.results.iter().filter_map(|(key, result)| Some((key.clone(), text(result)?))).collect())
    }

    pub(crate) fn units_of(&self, application: &str) -> Vec<UnitName> {
        self.model.units_of(application).map(|unit| unit.name.clone()).collect()
    }

    pub(crate) fn unit(&self, name: &UnitName) -> Result<&Unit> {
        self.model.unit(name).with_context(|| format!("{name} is gone"))
    }

    pub(crate) fn leader(&self, application: &str) -> Result<UnitName> {
        let leader = self.model.leader(application);
        leader.cloned().with_context(|| format!("{application} has no leader"))
    }

    /// Fails unless `application` has `count` units, all of them active with the message that `message` says.
    pub(crate) fn expect_active(
        &self,
        application: &str,
        count: usize,
        message: impl Fn(&UnitName) -> String,
    ) -> Result<()> {
        let units: Vec<&Unit> = self.model.units_of(application).collect();
        ensure!(units.len() == count, "{application} has {} units, not {count}", units.len());
        for unit in units {
            ensure!(unit.failure.is_none(), "{} is in error: {:?}", unit.name, unit.failure);
            let (kind, shown, expected) = (unit.workload.kind, &unit.workload.message, message(&unit.name));
            let good = kind == StatusKind::Active && *shown == expected;
            ensure!(good, "{} is {kind} {shown:?}, not active {expected:?}", unit.name);
        }
        Ok(())
    }

    /// The relation whose provider is `application`.
    pub(crate) fn relation(&self, application: &str) -> Result<&Relation> {
        let mut relations = self.model.relations();
        let found =
            relations.find(|relation| !relation.is_peer() && relation.provider.application == application);
        found.with_context(|| format!("{application} provides nothing to anybody"))
    }

    /// The secrets that an application or one of its units owns.
    pub(crate) fn secrets_of(&self, application: &str) -> Vec<&Secret> {
        let own = |secret: &&Secret| match &secret.owner {
            SecretOwner::Application(name) => name == application,
            SecretOwner::Unit(unit) => unit.application() == application,
            SecretOwner::Model => false,
        };
        self.model.secrets().filter(own).collect()
    }

    /// How often `unit` has run something since hook number `since` that `which` means.
    pub(crate) fn count(&self, since: usize, unit: &UnitName, which: impl Fn(&Hook) -> bool) -> usize {
        self.ran[since..].iter().filter(|ran| ran.unit == *unit && which(&ran.hook)).count()
    }

    /// Fails unless nothing is left.
    pub(crate) fn expect_empty(&self) -> Result<()> {
        ensure!(self.model.units().next().is_none(), "units are left");
        ensure!(self.model.applications().next().is_none(), "applications are left");
        ensure!(self.model.relations().next().is_none(), "relations are left");
        ensure!(self.model.secrets().next().is_none(), "secrets are left");
        Ok(())
    }
}

/// Whether a hook is that relation hook of that endpoint.
pub(crate) fn is_relation_hook(hook: &Hook, endpoint: &str, kind: RelationHookKind) -> bool {
    matches!(hook, Hook::Relation(hook) if hook.endpoint == endpoint && hook.kind == kind)
}

//! What `ops` offers of Juju, each thing once.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use charm_testing::model::{
    ActionStatus, Hook, JujuVersion, SecretContent, SecretHookKind, StatusKind, UnitName,
};
use serde_json::json;

use crate::charm::{Charms, Language};
use crate::local::Local;
use crate::runs::Shown;

/// Goes through it once: what is looked at in Python is in the charm.
pub(crate) fn run(charms: &Charms<'_>, seed: u64, juju: JujuVersion) -> Result<Shown> {
    let mut local = Local::new(charms, seed, juju)?;
    let source = charms.package.join("charms/tour");
    for (name, units) in [("tour", 2), ("other", 1)] {
        local.deploy(name, charms.open(&source, Language::Python)?, units)?;
    }
    local.model.integrate("tour:service", "other:backend")?;
    local.model.integrate("other:service", "tour:backend")?;
    let token = local.model.add_secret("token", [("token", "of the operator")].into_iter().collect());
    local.model.grant_secret(&token, "tour")?;
    local.model.set_config("tour", [("token", token.uri())])?;
    local.settle()?;

    let unit = UnitName::new("tour", 0);
    let params = json!({"numbers": {"one": 1, "half": 0.5, "none": null, "list": [true]}});
    let id = local.model.run_action(&unit, "tour", params.as_object().cloned().unwrap_or_default())?;
    local.settle().context("the tour")?;
    let action = local.model.action(id).context("the action is gone")?;
    let said = local.log.iter().rev().take(3).map(|line| line.message.as_str());
    ensure!(
        action.status == ActionStatus::Completed,
        "the tour failed: {}",
        said.collect::<Vec<_>>().join("; ")
    );
    ensure!(action.log == ["on its way\nto the end"], "its log is {:?}", action.log);
    let shown = local.unit(&unit)?;
    let expected = (StatusKind::Waiting, "again started");
    ensure!((shown.workload.kind, shown.workload.message.as_str()) == expected, "{:?}", shown.workload);
    let ports: Vec<String> = shown.ports().map(ToString::to_string).collect();
    ensure!(ports == ["443/tcp", "53/udp"], "its ports are {ports:?}");
    let application = local.model.application_status("tour");
    ensure!(application.message == "of the leader", "the application is {application:?}");

    let id = local.model.run_action(&unit, "fail", serde_json::Map::new())?;
    local.settle()?;
    let action = local.model.action(id).context("the action is gone")?;
    let failed = action.status == ActionStatus::Failed && action.message == "as it was to";
    ensure!(failed && action.results.contains_key("so"), "the other action: {action:?}");
    let labels: Vec<&str> = local.secrets_of("tour").iter().map(|secret| secret.label.as_str()).collect();
    ensure!(labels == ["mine"], "its secrets are {labels:?}");

    // Its own secret expires, and the operator's gets another content.
    let since = local.ran.len();
    local.model.advance(Duration::from_secs(20 * 86_400));
    local.model.update_secret(&token, &SecretContent::from_iter([("token", "another")]))?;
    local.settle()?;
    for kind in [SecretHookKind::Expired, SecretHookKind::Changed] {
        let count = local.count(since, &unit, |hook| matches!(hook, Hook::Secret(hook) if hook.kind == kind));
        ensure!(count >= 1, "no secret-{kind:?} came to {unit}");
    }
    for application in ["other", "tour"] {
        local.model.remove_application(application)?;
        local.settle()?;
    }
    ensure!(local.model.applications().next().is_none(), "applications are left");
    Ok(format!("{} hooks and actions", local.ran.len()))
}

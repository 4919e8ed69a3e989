//! `cargo charm juju fire`: one event for one unit, due or not.

use anyhow::{Result, bail};
use charm_testing::model::{Hook, Model, RelationHook, SecretHook, SecretHookKind, UnitName};

use super::{Client, secrets, unit};

/// Have a unit run one hook, whether it is due or not (no command of Juju's)
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    unit: String,
    /// `update-status`, `config-changed`, `upgrade-charm`, `start`, `leader-elected`, `ENDPOINT-relation-changed`,
    /// `secret-changed`, `secret-rotate`, `secret-expired`; on Kubernetes `CONTAINER-pebble-ready`,
    /// `-pebble-custom-notice`, `-pebble-check-failed`, `-pebble-check-recovered`
    event: String,
    /// Of a relation event: which unit it tells of; without it, the application
    #[arg(long, value_name = "UNIT")]
    remote: Option<String>,
    /// Of a secret event: the secret's id or name
    #[arg(long, value_name = "SECRET")]
    secret: Option<String>,
    /// Of secret-expired: the revision
    #[arg(long, value_name = "NUMBER")]
    revision: Option<u32>,
    /// Of pebble-custom-notice: the notice's key
    #[arg(long, value_name = "KEY")]
    notice: Option<String>,
    /// Of pebble-check-failed and pebble-check-recovered: the check
    #[arg(long, value_name = "CHECK")]
    check: Option<String>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let mut session = client.open()?;
    let model = &mut session.record.model;
    let unit = unit::find(model, &options.unit)?;
    let event = options.event.as_str();
    match event.split_once("-pebble-") {
        Some((container, happening)) => pebble(options, model, &unit, container, happening)?,
        None => {
            let hook = hook(options, model, &unit)?;
            model.queue_hook(&unit, hook)?;
        }
    }
    session.settle()?;
    match session.failed.iter().find(|ran| ran.unit == unit && ran.hook.name() == event) {
        Some(ran) => bail!("hook {event:?} of \"{unit}\" failed: {}; see `juju debug-log`", ran.exit),
        None => Ok(()),
    }
}

/// Has something happen in a container, which makes the hook due: its agent runs it when its turn has come.
fn pebble(
    options: &Options,
    model: &mut Model,
    unit: &UnitName,
    container: &str,
    happening: &str,
) -> Result<()> {
    let event = &options.event;
    match (happening, &options.notice, &options.check) {
        ("ready", ..) => model.restart_container(unit, container)?,
        ("custom-notice", Some(key), _) => model.notify(unit, container, key)?,
        ("custom-notice", None, _) => bail!("{event} is about a notice: give its key by --notice"),
        ("check-failed", _, Some(check)) => model.fail_check(unit, container, check)?,
        ("check-recovered", _, Some(check)) => model.recover_check(unit, container, check)?,
        ("check-failed" | "check-recovered", _, None) => {
            bail!("{event} is about a check: name it by --check")
        }
        _ => bail!(
            "{event:?} can't be fired: Pebble makes pebble-ready, pebble-custom-notice, pebble-check-failed and \
             pebble-check-recovered happen"
        ),
    }
    Ok(())
}

const EVENTS: [&str; 8] = [
    "update-status",
    "config-changed",
    "upgrade-charm",
    "start",
    "leader-elected",
    "secret-changed",
    "secret-rotate",
    "secret-expired",
];

fn hook(options: &Options, model: &Model, unit: &UnitName) -> Result<Hook> {
    let event = options.event.as_str();
    let secret = |kind, revision| -> Result<Hook> {
        let Some(given) = &options.secret else { bail!("{event} is about a secret: name it by --secret") };
        let id = secrets::find(model, given)?;
        let secret = model.secret(&id);
        let label =
            secret.and_then(|secret| secret.consumers.get(unit)).map(|consumer| consumer.label.clone());
        let own = secret.map(|secret| secret.label.clone()).unwrap_or_default();
        Ok(Hook::Secret(SecretHook::new(kind, id, &label.unwrap_or(own), revision)))
    };
    Ok(match event {
        "update-status" => Hook::UpdateStatus,
        "config-changed" => Hook::ConfigChanged,
        "upgrade-charm" => Hook::UpgradeCharm,
        "start" => Hook::Start,
        "leader-elected" if model.leader(unit.application()) != Some(unit) => {
            bail!("\"{unit}\" does not lead {:?}: leader-elected is for its leader", unit.application())
        }
        "leader-elected" => Hook::LeaderElected,
        "secret-changed" => secret(SecretHookKind::Changed, None)?,
        "secret-rotate" => secret(SecretHookKind::Rotate, None)?,
        "secret-expired" => secret(SecretHookKind::Expired, options.revision.or(Some(1)))?,
        _ => match event.strip_suffix("-relation-changed") {
            Some(endpoint) => relation_changed(options, model, unit, endpoint)?,
            None => {
                let hint = charm_meta::did_you_mean(event, EVENTS.into_iter());
                let hint = hint.map(|meant| format!("did you mean {meant:?}? ")).unwrap_or_default();
                bail!(
                    "{event:?} can't be fired: {hint}What begins or ends something comes by add-unit, integrate, \
                     remove-relation and remove-unit; an action by `juju run`"
                )
            }
        },
    })
}

fn relation_changed(options: &Options, model: &Model, unit: &UnitName, endpoint: &str) -> Result<Hook> {
    let application = unit.application();
    let relation = model.relations().find(|relation| {
        relation.end_of(application).is_some_and(|end| end.endpoint == endpoint) && relation.has_member(unit)
    });
    let Some(relation) = relation else {
        bail!("\"{unit}\" has no relation at the endpoint {endpoint:?}");
    };
    let remote_application =
        relation.remote_of(application).map(|end| end.application.clone()).unwrap_or_default();
    let remote_unit = match &options.remote {
        None => None,
        Some(remote) => {
            let remote = unit::find(model, remote)?;
            if remote.application() != remote_application || !relation.has_member(&remote) {
                bail!("\"{remote}\" does not take part in the relation at {endpoint:?}");
            }
            Some(remote)
        }
    };
    Ok(Hook::Relation(RelationHook::changed(relation, endpoint, &remote_application, remote_unit)))
}

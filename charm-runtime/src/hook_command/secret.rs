//! `secret-add`, `secret-set`, `secret-get`, `secret-info-get`, `secret-ids`, `secret-grant`, `secret-revoke` and
//! `secret-remove` (Juju 3 and later).
//!
//! A secret's content is never an argument: [`HookCommand::secret_content`] carries it apart.

use std::collections::BTreeMap;

use super::{read, read_by, run, HookCommand, Transport};
use crate::error::Error;
use crate::relation::RelationId;
use crate::secret::{Expiry, Limits, RawSecret, RotatePolicy, SecretId, SecretInfo, SecretOwner};

/// What Linux passes as one argument, with some to spare.
const LONGEST_TEXT: usize = 100_000;

/// What a new secret is to be, beside its content.
#[derive(Debug, Clone, Copy, Default)]
pub struct SecretAdd<'a> {
    /// Who owns it; Juju's default is the application, and then only the leader can add it.
    pub owner: SecretOwner,
    /// What the owner calls it. Among the owner's labels it is unique, and it can't be taken off again.
    pub label: Option<&'a str>,
    /// What it is for. It can't be made empty again.
    pub description: Option<&'a str>,
    /// When its revision expires.
    pub expire: Option<Expiry>,
    /// How often it is to be rotated; never, if nothing is said.
    pub rotate: Option<RotatePolicy>,
}

/// What is to change about a secret, beside its content.
#[derive(Debug, Clone, Copy, Default)]
pub struct SecretSet<'a> {
    /// What the owner calls it.
    pub label: Option<&'a str>,
    /// What it is for.
    pub description: Option<&'a str>,
    /// When the newest revision expires.
    pub expire: Option<Expiry>,
    /// How often it is to be rotated.
    pub rotate: Option<RotatePolicy>,
}

/// Which secret, and which revision of it, `secret-get` reads.
#[derive(Debug, Clone, Copy)]
pub struct SecretGet<'a> {
    id: Option<&'a SecretId>,
    label: Option<&'a str>,
    flag: Option<&'static str>,
}

impl<'a> SecretGet<'a> {
    /// By its id. The revision is the one that this unit tracks; the first read begins to track the newest, at once
    /// and whether or not the dispatch ends well.
    pub fn of(id: &'a SecretId) -> Self {
        Self { id: Some(id), label: None, flag: None }
    }

    /// By the label that this unit, or as its owner this unit's application, gave it.
    pub fn labelled(label: &'a str) -> Self {
        Self { id: None, label: Some(label), flag: None }
    }

    /// Gives it this label, at once; it can then be read by it.
    #[must_use]
    pub fn giving_label(mut self, label: &'a str) -> Self {
        self.label = Some(label);
        self
    }

    /// The newest revision, without tracking it; but the first read of all begins to track it.
    #[must_use]
    pub fn peek(mut self) -> Self {
        self.flag = Some("--peek");
        self
    }

    /// The newest revision, tracking it from now on: at once, and whether or not the dispatch ends well. Of an own
    /// secret it is buffered.
    #[must_use]
    pub fn refresh(mut self) -> Self {
        self.flag = Some("--refresh");
        self
    }
}

/// An own secret, as `secret-info-get` is asked for it.
#[derive(Debug, Clone, Copy)]
pub enum OwnSecret<'a> {
    /// By its id.
    Id(&'a SecretId),
    /// By its owner's label.
    Label(&'a str),
}

/// From whom a secret is taken back.
#[derive(Debug, Clone, Copy)]
pub enum SecretRevoke<'a> {
    /// From the remote application of a relation and all of its units.
    Relation(&'a RelationId),
    /// From one remote unit of a relation.
    RelationUnit(&'a RelationId, &'a str),
    /// From an application, whatever it was granted over.
    App(&'a str),
    /// From a unit, whatever it was granted over.
    Unit(&'a str),
}

/// `secret-add --owner=OWNER ..`: makes a secret and returns its id. The id is there at once; the secret itself is
/// buffered until the process has exited 0. (Juju 3 may leave it behind although the dispatch was refused.)
///
/// Fails before the call where Juju would refuse the content, at the limits of Juju 4 ([`Error::is_invalid`], and
/// [`Error::is_too_large`] beside); Juju 3 takes less and says so. Of the refusals, [`Error::is_already_exists`] is for a
/// label that another secret has, [`Error::is_not_leader`] for an application's secret (Juju 3.6 and 4).
///
/// ```
/// use charm_runtime::hook_command::{secret_add, HookCommand, Scripted, SecretAdd};
/// use charm_runtime::{RawSecret, RotatePolicy};
///
/// let juju = Scripted::new().answer("secret:9m4e2mr0ui3e8a215n4g\n");
/// let content = RawSecret::from([("password", "hunter2")]);
/// let rotate = Some(RotatePolicy::Monthly);
/// let id = secret_add(&juju, &content, &SecretAdd { label: Some("admin"), rotate, ..SecretAdd::default() })?;
/// assert_eq!(id.to_string(), "secret:9m4e2mr0ui3e8a215n4g");
/// let expected =
///     HookCommand::new("secret-add").args(["--owner=application", "--label=admin", "--rotate=monthly"]);
/// assert_eq!(juju.calls(), [expected.secret_content(content)]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn secret_add(
    juju: &dyn Transport,
    content: &RawSecret,
    options: &SecretAdd<'_>,
) -> Result<SecretId, Error> {
    content.check("secret-add", &Limits::LARGEST)?;
    let SecretAdd { owner, label, description, expire, rotate } = *options;
    let command = HookCommand::new("secret-add").arg(format!("--owner={owner}"));
    let command = described(command, &SecretSet { label, description, expire, rotate })?;
    let command = command.secret_content(content.clone());
    let stdout = run(juju, &command)?;
    match std::str::from_utf8(&stdout).ok().and_then(|text| SecretId::parse(text.trim())) {
        Some(id) => Ok(id),
        None => Err(Error::hook_command(&command, "it printed no secret's id")),
    }
}

/// `secret-set ID ..`: gives an own secret a new revision, or changes what is known about it, or both. Buffered until the
/// process has exited 0; of two calls for one secret Juju before 3.6 keeps the last alone.
///
/// Fails before the call as [`secret_add`] does, and with [`Error::is_not_leader`] for an application's secret. Juju takes
/// any id, and refuses the whole dispatch at its end where the secret isn't there or isn't an own one.
///
/// ```
/// use charm_runtime::hook_command::{secret_set, HookCommand, Scripted, SecretSet};
/// use charm_runtime::RawSecret;
///
/// let juju = Scripted::new();
/// let content = RawSecret::from([("password", "hunter3")]);
/// secret_set(&juju, &"secret:9m4e2mr0ui3e8a215n4g".parse()?, Some(&content), &SecretSet::default())?;
/// let expected = HookCommand::new("secret-set").arg("secret:9m4e2mr0ui3e8a215n4g");
/// assert_eq!(juju.calls(), [expected.secret_content(content)]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn secret_set(
    juju: &dyn Transport,
    id: &SecretId,
    content: Option<&RawSecret>,
    options: &SecretSet<'_>,
) -> Result<(), Error> {
    let mut command = described(HookCommand::new("secret-set").arg(id.to_string()), options)?;
    if let Some(content) = content {
        content.check("secret-set", &Limits::LARGEST)?;
        command = command.secret_content(content.clone());
    }
    run(juju, &command).map(drop)
}

#[track_caller]
fn described(mut command: HookCommand, options: &SecretSet<'_>) -> Result<HookCommand, Error> {
    for (name, text) in [("label", options.label), ("description", options.description)] {
        let Some(text) = text else { continue };
        check_text(name, text)?;
        command = command.arg(format!("--{name}={text}"));
    }
    if let Some(policy) = options.rotate {
        command = command.arg(format!("--rotate={policy}"));
    }
    if let Some(expiry) = options.expire {
        command = command.arg(format!("--expire={}", expiry.argument()?));
    }
    Ok(command)
}

/// Whether a label or a description can be passed, and means something to Juju.
#[track_caller]
pub(crate) fn check_text(name: &str, text: &str) -> Result<(), Error> {
    let what = format!("{name} of a secret");
    let problem = if text.is_empty() {
        "it is empty, which to Juju is none given"
    } else if text.contains('\0') {
        "it holds NUL, which no argument can"
    } else if text.len() > LONGEST_TEXT {
        return Err(Error::too_large(what, text.len(), LONGEST_TEXT));
    } else {
        return Ok(());
    };
    Err(Error::invalid(what, problem))
}

/// `secret-get ID [--label=LABEL] [--peek|--refresh]`: the content of an own secret, or of one that was granted.
///
/// Which revision it is, and what is immediate about it, [`SecretGet`] says. Fails with [`Error::is_not_found`], and with
/// [`Error::is_permission_denied`] for a secret that was not granted, not yet or not any more (Juju 3.6 and 4).
///
/// ```
/// use charm_runtime::hook_command::{secret_get, HookCommand, Scripted, SecretGet};
///
/// let juju = Scripted::new().answer(r#"{"password":"hunter2"}"#);
/// let content = secret_get(&juju, &SecretGet::of(&"secret:9m4e2mr0ui3e8a215n4g".parse()?).peek())?;
/// assert_eq!(content.get("password"), Some("hunter2"));
/// let expected =
///     HookCommand::new("secret-get").args(["--format=json", "secret:9m4e2mr0ui3e8a215n4g", "--peek"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn secret_get(juju: &dyn Transport, secret: &SecretGet<'_>) -> Result<RawSecret, Error> {
    let mut command = HookCommand::new("secret-get").json();
    if let Some(id) = secret.id {
        command = command.arg(id.to_string());
    }
    if let Some(label) = secret.label {
        check_text("label", label)?;
        command = command.arg(format!("--label={label}"));
    }
    if let Some(flag) = secret.flag {
        command = command.arg(flag);
    }
    let content: BTreeMap<String, String> = read(juju, &command)?;
    Ok(content.into())
}

/// `secret-info-get`: what Juju knows of an own secret beside its content, what this hook has changed included.
///
/// Fails with [`Error::is_not_found`] for any other. To a unit that doesn't lead, the application's secrets are others.
///
/// ```
/// use charm_runtime::hook_command::{secret_info_get, HookCommand, OwnSecret, Scripted};
///
/// let juju = Scripted::new()
///     .answer(r#"{"9m4e2mr0ui3e8a215n4g":{"revision":3,"label":"admin","owner":"application"}}"#);
/// assert_eq!(secret_info_get(&juju, OwnSecret::Label("admin"))?.revision, 3);
/// let expected = HookCommand::new("secret-info-get").args(["--format=json", "--label=admin"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn secret_info_get(juju: &dyn Transport, secret: OwnSecret<'_>) -> Result<SecretInfo, Error> {
    let command = HookCommand::new("secret-info-get").json();
    let command = match secret {
        OwnSecret::Id(id) => command.arg(id.to_string()),
        OwnSecret::Label(label) => {
            check_text("label", label)?;
            command.arg(format!("--label={label}"))
        }
    };
    read_by(juju, &command, SecretInfo::read)
}

/// `secret-ids`: the own secrets, sorted, what this hook has added or removed included; the application's among them on
/// its leader.
///
/// ```
/// use charm_runtime::hook_command::{secret_ids, HookCommand, Scripted};
///
/// let juju = Scripted::new().answer("null").answer(r#"["9m4e2mr0ui3e8a215n4g"]"#);
/// assert!(secret_ids(&juju)?.is_empty());
/// assert_eq!(secret_ids(&juju)?[0].to_string(), "secret:9m4e2mr0ui3e8a215n4g");
/// assert_eq!(juju.calls()[0], HookCommand::new("secret-ids").arg("--format=json"));
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn secret_ids(juju: &dyn Transport) -> Result<Vec<SecretId>, Error> {
    let command = HookCommand::new("secret-ids").json();
    // A unit without secrets is told `null`, and one with several in an order that changes.
    let printed: Option<Vec<String>> = read(juju, &command)?;
    let mut ids = Vec::new();
    for id in printed.unwrap_or_default() {
        match SecretId::parse(&id) {
            // At its place: they are few, and `sort` is 5 KB of code for every type.
            Some(id) => ids.insert(ids.partition_point(|before| *before <= id), id),
            None => return Err(Error::hook_command(&command, "it printed what is no secret's id")),
        }
    }
    Ok(ids)
}

/// `secret-grant ID -r RELATION [--unit=UNIT]`: lets the remote application of a relation read an own secret, or one of
/// its units alone; as long as the relation is there. Buffered until the process has exited 0.
///
/// Fails with [`Error::is_relation_gone`]; with [`Error::is_granted_to_units`] for a grant to an application some of whose
/// units have one of their own, which must be revoked first; with [`Error::is_not_found`] for what is no own secret; with
/// [`Error::is_not_leader`] for an application's (Juju 3.6 and 4).
///
/// ```
/// use charm_runtime::hook_command::{secret_grant, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// secret_grant(&juju, &"secret:9m4e2mr0ui3e8a215n4g".parse()?, &"db:7".parse()?, None)?;
/// let expected = HookCommand::new("secret-grant").args(["secret:9m4e2mr0ui3e8a215n4g", "-r", "db:7"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn secret_grant(
    juju: &dyn Transport,
    id: &SecretId,
    relation: &RelationId,
    unit: Option<&str>,
) -> Result<(), Error> {
    let command = HookCommand::new("secret-grant").arg(id.to_string());
    run(juju, &over(command, relation, unit)).map(drop)
}

fn over(command: HookCommand, relation: &RelationId, unit: Option<&str>) -> HookCommand {
    let command = command.arg("-r").arg(relation.to_string());
    match unit {
        Some(unit) => command.arg(format!("--unit={unit}")),
        None => command,
    }
}

/// `secret-revoke ID ..`: takes back a grant. What has been read of the secret stays known. Buffered until the process has
/// exited 0.
///
/// Fails with [`Error::is_relation_gone`], and with [`Error::is_not_leader`] for an application's secret. Juju refuses the
/// whole dispatch at its end where the secret isn't an own one.
///
/// ```
/// use charm_runtime::hook_command::{secret_revoke, HookCommand, Scripted, SecretRevoke};
///
/// let juju = Scripted::new();
/// secret_revoke(&juju, &"secret:9m4e2mr0ui3e8a215n4g".parse()?, SecretRevoke::App("webapp"))?;
/// let expected = HookCommand::new("secret-revoke").args(["secret:9m4e2mr0ui3e8a215n4g", "--app=webapp"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn secret_revoke(juju: &dyn Transport, id: &SecretId, from: SecretRevoke<'_>) -> Result<(), Error> {
    let command = HookCommand::new("secret-revoke").arg(id.to_string());
    let command = match from {
        SecretRevoke::Relation(relation) => over(command, relation, None),
        SecretRevoke::RelationUnit(relation, unit) => over(command, relation, Some(unit)),
        SecretRevoke::App(app) => command.arg(format!("--app={app}")),
        SecretRevoke::Unit(unit) => command.arg(format!("--unit={unit}")),
    };
    run(juju, &command).map(drop)
}

/// `secret-remove ID [--revision=REVISION]`: removes an own secret, or one revision of it. Buffered until the process has
/// exited 0; of several revisions of one secret in a dispatch, Juju removes the last that was named, and the others stay.
///
/// Fails with [`Error::is_not_leader`] for an application's secret. Juju refuses the whole dispatch at its end where the
/// secret isn't there or isn't an own one.
///
/// ```
/// use charm_runtime::hook_command::{secret_remove, HookCommand, Scripted};
///
/// let juju = Scripted::new();
/// secret_remove(&juju, &"secret:9m4e2mr0ui3e8a215n4g".parse()?, Some(2))?;
/// let expected = HookCommand::new("secret-remove").args(["secret:9m4e2mr0ui3e8a215n4g", "--revision=2"]);
/// assert_eq!(juju.calls(), [expected]);
/// # Ok::<(), charm_runtime::Error>(())
/// ```
#[track_caller]
pub fn secret_remove(juju: &dyn Transport, id: &SecretId, revision: Option<u64>) -> Result<(), Error> {
    let mut command = HookCommand::new("secret-remove").arg(id.to_string());
    if let Some(revision) = revision {
        command = command.arg(format!("--revision={revision}"));
    }
    run(juju, &command).map(drop)
}

//! `juju show-secret`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use charm_testing::model::{Moment, RotatePolicy, Secret, SecretContent, SecretOwner, Subject};
use serde::Serialize;

use super::output::{Format, Output};
use super::record::Record;
use super::{Client, secrets, store, time};

/// Show a secret; its content only by --reveal
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Its id, or the name of one of the model's
    secret: String,
    /// Show the content
    #[arg(long)]
    reveal: bool,
    /// Show all revisions
    #[arg(long, conflicts_with_all = ["reveal", "revision"])]
    revisions: bool,
    /// The revision to show; without it the latest
    #[arg(short = 'r', long, value_name = "NUMBER")]
    revision: Option<u32>,
    #[command(flatten)]
    output: Output,
}

/// What is shown of a secret.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    revision: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    checksum: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    expires: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    rotation: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    rotates: String,
    owner: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    label: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    created: String,
    pub(super) updated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    revisions: Vec<Revision>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    access: Vec<Access>,
}

/// The values, which JSON has one level deeper than YAML.
#[derive(Serialize)]
#[serde(untagged)]
enum Content {
    Json {
        #[serde(rename = "Data")]
        data: BTreeMap<String, String>,
    },
    Yaml(BTreeMap<String, String>),
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Content")
    }
}

#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "it is Juju's name for it")]
struct Revision {
    revision: u32,
    backend: &'static str,
    created: String,
    updated: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    expires: String,
}

#[derive(Debug, Serialize)]
struct Access {
    target: String,
    scope: String,
    role: &'static str,
}

/// The owner as Juju shows it.
pub(super) fn owner(owner: &SecretOwner) -> String {
    match owner {
        SecretOwner::Application(name) => name.clone(),
        SecretOwner::Unit(unit) => unit.to_string(),
        SecretOwner::Model => "<model>".to_owned(),
    }
}

impl Shown {
    pub(super) fn of(record: &Record, secret: &Secret) -> Self {
        let of_model = secret.owner == SecretOwner::Model;
        let times = record.secrets.get(secret.id.as_str());
        let created = times.and_then(|times| times.values().next()).copied().unwrap_or_default();
        let updated = times.and_then(|times| times.values().next_back()).copied().unwrap_or_default();
        let moment = |moment: Option<Moment>| moment.map(time::rfc3339).unwrap_or_default();
        Self {
            revision: secret.latest,
            checksum: secret
                .revisions
                .get(&secret.latest)
                .map(|latest| checksum(&latest.content))
                .unwrap_or_default(),
            expires: moment(secret.expires()),
            rotation: secret
                .rotate
                .filter(|policy| *policy != RotatePolicy::Never)
                .map(|policy| policy.as_str().to_owned())
                .unwrap_or_default(),
            rotates: moment(secret.rotates),
            owner: owner(&secret.owner),
            name: if of_model { secret.label.clone() } else { String::new() },
            label: if of_model { String::new() } else { secret.label.clone() },
            description: secret.description.clone(),
            created: time::rfc3339(created),
            updated: time::rfc3339(updated),
            content: None,
            revisions: Vec::new(),
            access: Vec::new(),
        }
    }
}

/// A checksum of the content, equal for equal contents.
fn checksum(content: &SecretContent) -> String {
    let values: BTreeMap<&str, Option<Vec<u8>>> = content.keys().map(|key| (key, content.get(key))).collect();
    store::checksum(format!("{values:?}").as_bytes())
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let record = client.look()?;
    let id = secrets::find(&record.model, &options.secret)?;
    let secret = record.model.secret(&id).context("the secret has gone")?;
    let mut shown = Shown::of(&record, secret);
    if let Some(number) = options.revision {
        shown.revision = number;
    }
    let Some(revision) = secret.revisions.get(&shown.revision) else {
        bail!("secret revision \"{id}/{}\" not found: see them by --revisions", shown.revision);
    };
    if options.reveal {
        shown.content = Some(values(&revision.content, options.output.format() == Some(Format::Json)));
    }
    if options.revisions {
        shown.revisions = secret.revisions.keys().map(|number| listed(&record, secret, *number)).collect();
    }
    shown.access = access(&record, secret);
    options.output.show_yaml(client.out, &BTreeMap::from([(id.to_string(), shown)]))
}

fn values(content: &SecretContent, json: bool) -> Content {
    let text = |key: &str| {
        content.get(key).map(|value| String::from_utf8_lossy(&value).into_owned()).unwrap_or_default()
    };
    let data = content.keys().map(|key| (key.to_owned(), text(key))).collect();
    if json { Content::Json { data } } else { Content::Yaml(data) }
}

fn listed(record: &Record, secret: &Secret, revision: u32) -> Revision {
    let times = record.secrets.get(secret.id.as_str());
    let created = times.and_then(|times| times.get(&revision)).copied().unwrap_or_default();
    let expires = secret.revisions.get(&revision).and_then(|revision| revision.expires);
    Revision {
        revision,
        backend: "internal",
        created: time::rfc3339(created),
        updated: time::rfc3339(created),
        expires: expires.map(time::rfc3339).unwrap_or_default(),
    }
}

fn access(record: &Record, secret: &Secret) -> Vec<Access> {
    let scope = |relation: Option<charm_testing::model::RelationId>| {
        let relation = relation.and_then(|id| record.model.relation(id));
        match relation {
            Some(relation) => {
                let ends: Vec<String> =
                    relation.ends().map(|end| format!("{}.{}", end.application, end.endpoint)).collect();
                format!("relation-{}", ends.join("#"))
            }
            None => format!("model-{}", record.model.uuid()),
        }
    };
    let target = |subject: &Subject| match subject {
        Subject::Application(name) => format!("application-{name}"),
        Subject::Unit(unit) => unit.tag(),
    };
    let granted = secret.grants.iter();
    granted
        .map(|grant| Access { target: target(&grant.subject), scope: scope(grant.relation), role: "view" })
        .collect()
}

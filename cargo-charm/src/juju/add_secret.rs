//! `juju add-secret` and `juju update-secret`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use charm_testing::model::{SecretContent, SecretId};

use super::{Client, pairs, secrets};

/// Add a secret of the model's, for applications to be granted
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Its name
    name: String,
    #[command(flatten)]
    content: Content,
}

/// Give a secret of the model's new content, a new name or a description
#[derive(Debug, clap::Args)]
pub(crate) struct UpdateOptions {
    /// Its id or name
    secret: String,
    /// Its new name
    #[arg(long)]
    name: Option<String>,
    /// Remove revisions that nobody reads any more
    #[arg(long)]
    auto_prune: bool,
    #[command(flatten)]
    content: Content,
}

#[derive(Debug, clap::Args)]
struct Content {
    /// Content: KEY=VALUE, or KEY#file=PATH for what is in a file
    values: Vec<Word>,
    /// A YAML file of content
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// A description for people
    #[arg(long, value_name = "TEXT")]
    info: Option<String>,
}

/// A word that may hold a secret: no error of the command line shows it, and `Debug` doesn't either.
#[derive(Clone)]
struct Word(String);

impl From<String> for Word {
    fn from(word: String) -> Self {
        Self(word)
    }
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Word")
    }
}

impl Content {
    /// The content. No error shows a value.
    fn read(&self) -> Result<SecretContent> {
        let mut values: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        if let Some(file) = &self.file {
            for (key, value) in pairs::read_map(file)? {
                let value =
                    pairs::typed(&value).with_context(|| format!("{}: key {key:?}", file.display()))?;
                values.insert(key, value.into_bytes());
            }
        }
        for Word(word) in &self.values {
            let Some((key, value)) = word.split_once('=') else {
                bail!("a secret's content is KEY=VALUE or KEY#file=PATH: a word is there without `=`");
            };
            let (key, value) = match key.strip_suffix("#file") {
                Some(key) => {
                    let read = fs::read(Path::new(value));
                    (key, read.with_context(|| format!("key {key:?}: cannot read {value}"))?)
                }
                None => (key, value.as_bytes().to_vec()),
            };
            values.insert(key.to_owned(), value);
        }
        for (key, value) in &values {
            check_key(key)?;
            if value.is_empty() {
                bail!("secret value of {key:?} is empty: leave the key out");
            }
        }
        Ok(values.into_iter().collect())
    }
}

/// Juju's rule: three characters at least, small letters, digits and hyphens, a letter first, no hyphen at the end.
fn check_key(key: &str) -> Result<()> {
    let known = key.len() >= 3
        && key.starts_with(|first: char| first.is_ascii_lowercase())
        && key.ends_with(|last: char| last != '-')
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !known {
        bail!("secret key {key:?} not valid: use at least 3 of a-z, 0-9 and hyphens, a letter first");
    }
    Ok(())
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let content = options.content.read()?;
    if content.is_empty() {
        bail!("a secret needs content: give KEY=VALUE or --file");
    }
    let mut session = client.open()?;
    let model = &mut session.record.model;
    if secrets::of_name(model, &options.name).is_some() {
        bail!("secret with name {:?} already exists: choose another, or use update-secret", options.name);
    }
    let id = model.add_secret(&options.name, content);
    if let Some(info) = &options.content.info {
        describe(model, &id, None, Some(info));
    }
    session.settle()?;
    client.print(&format!("{}\n", id.uri()))
}

pub(crate) fn update(options: &UpdateOptions, client: &mut Client<'_>) -> Result<()> {
    let content = options.content.read()?;
    let mut session = client.open()?;
    let model = &mut session.record.model;
    let id = secrets::find(model, &options.secret)?;
    if content.is_empty() && options.name.is_none() && options.content.info.is_none() && !options.auto_prune {
        bail!("nothing to update: give content, --name, --info or --auto-prune");
    }
    if let Some(name) = &options.name
        && secrets::of_name(model, name).is_some_and(|other| other != id)
    {
        bail!("secret with name {name:?} already exists: choose another");
    }
    if !content.is_empty() {
        model.update_secret(&id, &content)?;
    }
    describe(model, &id, options.name.as_deref(), options.content.info.as_deref());
    if options.auto_prune {
        prune(model, &id);
    }
    session.settle()
}

fn describe(model: &mut charm_testing::model::Model, id: &SecretId, name: Option<&str>, info: Option<&str>) {
    let Some(mut secret) = model.secret(id).cloned() else { return };
    if let Some(name) = name {
        name.clone_into(&mut secret.label);
    }
    if let Some(info) = info {
        info.clone_into(&mut secret.description);
    }
    model.put_secret(secret);
}

fn prune(model: &mut charm_testing::model::Model, id: &SecretId) {
    let Some(mut secret) = model.secret(id).cloned() else { return };
    let obsolete: Vec<u32> = secret.obsolete().collect();
    secret.revisions.retain(|revision, _| !obsolete.contains(revision));
    model.put_secret(secret);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_juju_s() {
        for known in ["password", "a-1", "abc"] {
            check_key(known).unwrap();
        }
        for wrong in ["ab", "", "Abc", "1ab", "ab-", "a b"] {
            assert!(check_key(wrong).is_err(), "{wrong}");
        }
    }
}

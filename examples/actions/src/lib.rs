//! A charm whose work is its actions: it archives directories of its machine.
//!
//! ```console
//! $ juju config backup directory=/var/backups/juju
//! $ juju run backup/0 create name=monday source.directory=/etc compression=none
//! $ juju run backup/0 list
//! $ juju run backup/0 forget all=true
//! ```
//!
//! What an action takes and answers are types. `charmcraft.yaml` declares the parameters, of which `#[charm]` makes
//! structs such as [`action::CreateParams`]; the results are structs of the charm. An operator's mistake fails the action
//! with a message, and never the charm.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

use charm_runtime::prelude::*;
use serde::{Deserialize, Serialize};

/// The charm.
#[charm(option(directory = Directory))]
#[derive(Default)]
pub struct Backup {
    /// The archives by their names.
    archives: StoredMap<String, Archive>,
}

/// The option `directory`. Another path than an absolute one blocks the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Directory(PathBuf);

impl FromStr for Directory {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let path = PathBuf::from(text);
        if path.is_absolute() {
            Ok(Self(path))
        } else {
            Err("expected an absolute path, such as /var/backups")
        }
    }
}

/// An archive: what the charm remembers of it, and a part of the results.
#[derive(Serialize, Deserialize, ActionResults)]
pub struct Archive {
    path: String,
    bytes: u64,
}

/// What `create` answers.
#[derive(ActionResults)]
pub struct Created {
    name: String,
    archive: Archive,
}

/// What `list` answers.
#[derive(ActionResults)]
pub struct Listed {
    count: usize,
    archives: BTreeMap<String, Archive>,
}

/// What `forget` answers.
#[derive(ActionResults)]
pub struct Forgotten {
    forgotten: Vec<String>,
}

/// What `forget` is asked for.
pub enum Forget {
    /// The archive of this name.
    One(String),
    /// All.
    All,
}

/// What parameters mean together is checked here. The error fails the action.
impl TryFrom<action::ForgetParams> for Forget {
    type Error = &'static str;

    fn try_from(params: action::ForgetParams) -> Result<Self, Self::Error> {
        match (params.name, params.all) {
            (Some(name), false) => Ok(Self::One(name)),
            (None, true) => Ok(Self::All),
            _ => Err("give either a name, or all=true"),
        }
    }
}

#[charm]
impl Backup {
    #[on(action = "create")]
    fn create(
        &mut self,
        event: Action<action::Create>,
        params: action::CreateParams,
        config: &Config,
    ) -> Result<Created> {
        let Directory(directory) = config.directory.as_ref().or_blocked("set the option directory")?;
        let action::CreateParams { name, source, compression } = params;
        if self.archives.get(&name)?.is_some() {
            bail!(ActionFailed::new(format!(
                "there is an archive {name} already: forget it, or name another"
            )));
        }
        event.log(&format!("archiving {}", source.directory))?;
        let archive = tar(directory, &name, &source, compression)?;
        self.archives.insert(&name, &archive)?;
        Ok(Created { name, archive })
    }

    #[on(action = "list")]
    fn list(&mut self) -> Result<Listed> {
        let archives: BTreeMap<_, _> = self.archives.entries()?.into_iter().collect();
        Ok(Listed { count: archives.len(), archives })
    }

    #[on(action = "forget")]
    fn forget(&mut self, Params(forget): Params<Forget>) -> Result<Forgotten> {
        let mut archives = self.archives.entries()?;
        if let Forget::One(wanted) = forget {
            archives.retain(|(name, _)| *name == wanted);
            ensure!(!archives.is_empty(), ActionFailed::new(format!("there is no archive {wanted}")));
        }
        let mut forgotten = Vec::new();
        for (name, Archive { path, .. }) in archives {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    // `keeping`: those that are gone by now are to stay forgotten.
                    bail!(ActionFailed::keeping(format!("cannot delete {path}: {error}")));
                }
                _ => self.archives.remove(&name)?,
            }
            forgotten.push(name);
        }
        Ok(Forgotten { forgotten })
    }

    #[status]
    fn status(&self, config: &Config) -> Result<Status> {
        config.directory.as_ref().or_blocked("set the option directory")?;
        Ok(Status::active(format!("archives: {}", self.archives.entries()?.len())))
    }
}

/// Makes an archive. What the operator can put right fails the action, with what `tar` says; anything else is an error
/// of the charm.
fn tar(
    directory: &Path,
    name: &str,
    source: &action::CreateSource,
    compression: action::CreateCompression,
) -> Result<Archive> {
    fs::create_dir_all(directory).with_context(|| format!("cannot create {}", directory.display()))?;
    let file = directory.join(name).with_extension("tar");
    let mut tar = Command::new("tar");
    tar.arg("--create").arg("--file").arg(&file).arg("--directory").arg(&source.directory);
    if compression == action::CreateCompression::Gzip {
        tar.arg("--gzip");
    }
    match &source.only {
        Some(only) => tar.arg("--").args(only),
        None => tar.arg("."),
    };
    let output = tar.output().context("cannot run tar")?;
    if !output.status.success() {
        // Half an archive is none.
        let _ = fs::remove_file(&file);
        bail!(ActionFailed::new(String::from_utf8_lossy(&output.stderr).trim()));
    }
    Ok(Archive { path: file.display().to_string(), bytes: fs::metadata(&file)?.len() })
}

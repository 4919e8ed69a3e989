//! Where the models of the local Juju lie.

use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::store::{self, Store};

/// The model that is there without having been asked for.
pub(crate) const FIRST_MODEL: &str = "local";

/// The directory of all models.
#[derive(Debug)]
pub(crate) struct Data {
    root: PathBuf,
}

impl Data {
    /// `--data`, or a directory of its own below `JUJU_DATA`, or where XDG puts state. What a real client keeps in
    /// `JUJU_DATA` is not touched.
    pub(crate) fn new(given: Option<&Path>) -> Result<Self> {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let root = given
            .map(Path::to_owned)
            .or_else(|| Some(set("JUJU_DATA")?.join("cargo-charm")))
            .or_else(|| Some(set("XDG_STATE_HOME")?.join("cargo-charm/juju")))
            .or_else(|| Some(set("HOME")?.join(".local/state/cargo-charm/juju")));
        let root = root.context("cannot tell where models are kept: set HOME, JUJU_DATA or --data")?;
        // Charms run elsewhere, and are told where their own directories are.
        let root = std::path::absolute(&root).with_context(|| format!("cannot find {}", root.display()))?;
        Ok(Self { root })
    }

    /// The directory of a model, whether it is there or not.
    pub(crate) fn directory(&self, model: &str) -> PathBuf {
        self.root.join("models").join(model)
    }

    /// The names of all models, sorted.
    pub(crate) fn models(&self) -> Result<Vec<String>> {
        let models = self.root.join("models");
        let entries = match fs::read_dir(&models) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", models.display())),
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            // What begins with a dot is being made or being removed.
            .filter(|name| is_model_name(name))
            .collect();
        names.sort();
        Ok(names)
    }

    /// The model that commands without `--model` are for: the one switched to, or the first.
    pub(crate) fn current(&self) -> Result<String> {
        let file = self.root.join("current");
        match fs::read_to_string(&file) {
            Ok(name) if is_model_name(name.trim()) => Ok(name.trim().to_owned()),
            Ok(_) => bail!("{} holds no model's name: remove it", file.display()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(FIRST_MODEL.to_owned()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
        }
    }

    /// Makes a model the current one.
    pub(crate) fn switch(&self, model: &str) -> Result<()> {
        create_private(&self.root)?;
        store::write_whole(&self.root.join("current"), format!("{model}\n").as_bytes())
    }

    /// The model meant by `--model`, by `JUJU_MODEL` or by neither.
    pub(crate) fn meant(&self, given: Option<&str>) -> Result<String> {
        let variable = env::var("JUJU_MODEL").ok().filter(|value| !value.is_empty());
        match given.map(str::to_owned).or(variable) {
            Some(given) => name_of(&given),
            None => self.current(),
        }
    }

    /// Makes a model: it is there as a whole or not at all.
    pub(crate) fn create(&self, model: &str, first: &[u8]) -> Result<()> {
        let directory = self.directory(model);
        let exists = || anyhow::anyhow!("model {model:?} already exists: choose another name");
        if directory.exists() {
            return Err(exists());
        }
        let partial = self.directory(&format!(".new-{}-{model}", std::process::id()));
        create_private(&partial)?;
        Store::write_first(&partial, first)?;
        if let Err(error) = fs::rename(&partial, &directory) {
            // Whoever made it first has it.
            let _ = fs::remove_dir_all(&partial);
            if directory.exists() {
                return Err(exists());
            }
            return Err(error).with_context(|| format!("cannot create {}", directory.display()));
        }
        store::sync_directory(&self.root.join("models"))
    }

    /// Removes a model with all its files. From the first moment on it is no longer among the models.
    pub(crate) fn destroy(&self, model: &str) -> Result<()> {
        let directory = self.directory(model);
        let gone = self.directory(&format!(".gone-{}-{model}", std::process::id()));
        fs::rename(&directory, &gone).with_context(|| format!("cannot remove {}", directory.display()))?;
        fs::remove_dir_all(&gone).with_context(|| format!("cannot remove {}", gone.display()))
    }
}

/// The name of the model in `controller:user/model`, of which the local Juju has one controller and one user.
pub(crate) fn name_of(given: &str) -> Result<String> {
    let name = given.rsplit([':', '/']).next().unwrap_or_default();
    if !is_model_name(name) {
        bail!(
            "invalid model name {name:?}: use lower-case letters, digits and hyphens, a letter or digit first"
        );
    }
    Ok(name.to_owned())
}

/// Whether Juju takes `name` for a model. Such a name can't lead out of the directory of the models.
fn is_model_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && name.len() <= 100
}

/// Makes a directory that only its owner may enter, for it holds the contents of secrets.
pub(crate) fn create_private(path: &Path) -> Result<()> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    made.with_context(|| format!("cannot create {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_named_as_in_juju() {
        for given in ["test-1", "admin/test-1", "local:test-1", "local:admin/test-1"] {
            assert_eq!(name_of(given).unwrap(), "test-1");
        }
        for wrong in ["", "..", "../x/", ".new-1-x", "Upper", "-x", "a b"] {
            assert!(name_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_model_is_made_once() {
        let root = tempfile::tempdir().unwrap();
        let data = Data::new(Some(root.path())).unwrap();
        assert_eq!(data.models().unwrap(), [""; 0]);
        data.create("a", b"{}").unwrap();
        assert_eq!(
            data.create("a", b"{}").unwrap_err().to_string(),
            "model \"a\" already exists: choose another name"
        );
        assert_eq!(data.models().unwrap(), ["a"]);
        assert_eq!(data.current().unwrap(), "local");
        data.switch("a").unwrap();
        assert_eq!(data.current().unwrap(), "a");
        data.destroy("a").unwrap();
        assert_eq!(data.models().unwrap(), [""; 0]);
    }
}

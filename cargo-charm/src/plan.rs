//! What a path asks to be deployed: one charm, or the applications of a bundle.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use charm_meta::{Bundle, Problem};
use charm_testing::agent::CharmSource;

/// An application to deploy.
#[derive(Debug, PartialEq)]
pub(crate) struct Application {
    /// Its name; without one that of its charm.
    pub(crate) name: Option<String>,
    /// The directory of its charm, or its `.charm`.
    pub(crate) charm: PathBuf,
    pub(crate) units: u32,
    /// Options as an operator would type them.
    pub(crate) options: BTreeMap<String, String>,
}

/// Applications and their relations.
#[derive(Debug, PartialEq)]
pub(crate) struct Plan {
    pub(crate) applications: Vec<Application>,
    /// Ends as `app` or `app:endpoint`.
    pub(crate) relations: Vec<(String, String)>,
    /// Whether it comes from a bundle, which says itself how many units there are and how they are configured.
    pub(crate) is_bundle: bool,
}

impl Plan {
    /// The plan for a charm's directory or `.charm`, a directory with a `bundle.yaml`, or the bundle's file itself.
    pub(crate) fn of(path: &Path) -> Result<Self> {
        let about = fs::metadata(path);
        let about = about.with_context(|| {
            format!("cannot find {}: give the directory of a charm or a bundle.yaml", path.display())
        })?;
        let bundle = if about.is_file() { path.to_owned() } else { path.join("bundle.yaml") };
        if bundle.is_file() && !CharmSource::is_charm(path) {
            return Self::of_bundle(&bundle);
        }
        let charm = Application { name: None, charm: path.to_owned(), units: 1, options: BTreeMap::new() };
        Ok(Self { applications: vec![charm], relations: Vec::new(), is_bundle: false })
    }

    fn of_bundle(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let bundle = Bundle::parse(&text).map_err(|problems| in_file(file, &problems))?;
        if let Some(saas) = bundle.saas.first() {
            bail!(
                "{}: saas {saas:?} is of another model: the local Juju has only one; remove it",
                file.display()
            );
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        let mut applications = Vec::new();
        for (name, application) in bundle.applications {
            let charm = &application.charm;
            if !charm.starts_with(['.', '/']) {
                bail!(
                    "{}: application {name:?} has the charm {charm:?} of Charmhub: the local Juju runs only charms \
                     from directories; write its path, such as ./{charm}",
                    file.display()
                );
            }
            let directory = folder.join(charm);
            if !directory.is_dir() && !CharmSource::is_charm(&directory) {
                bail!(
                    "{}: application {name:?} has the charm {charm:?}, but there is no directory {}",
                    file.display(),
                    directory.display()
                );
            }
            let options =
                application.options.iter().map(|(key, value)| (key.clone(), value.to_string())).collect();
            applications.push(Application {
                name: Some(name),
                charm: directory,
                units: application.num_units,
                options,
            });
        }
        let relations = bundle.relations.iter().map(|(one, other)| (one.to_string(), other.to_string()));
        Ok(Self { applications, relations: relations.collect(), is_bundle: true })
    }
}

/// The problems of a file, each where an editor can jump to.
pub(crate) fn in_file(file: &Path, problems: &[Problem]) -> anyhow::Error {
    let lines: Vec<String> = problems.iter().map(|problem| format!("{}:{problem}", file.display())).collect();
    anyhow::anyhow!(lines.join("\nerror: "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_s_charms_lie_relative_to_it() {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("web")).unwrap();
        let bundle = "applications:\n  front: {charm: ./web, num_units: 2, options: {port: 80, open: true}}\n  back: {charm: ./web}\nrelations:\n- [front, 'back:db']\n";
        let file = directory.path().join("bundle.yaml");
        fs::write(&file, bundle).unwrap();
        let plan = Plan::of(directory.path()).unwrap();
        assert_eq!(plan, Plan::of(&file).unwrap());
        assert!(plan.is_bundle);
        assert_eq!(plan.relations, [("front".to_owned(), "back:db".to_owned())]);
        let front = &plan.applications[1];
        assert_eq!((front.name.as_deref(), front.units), (Some("front"), 2));
        assert_eq!(front.charm, directory.path().join("./web"));
        let options =
            [("open", "True"), ("port", "80")].map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(front.options, BTreeMap::from(options));
    }
}

//! The applications of a run, and how their charms come to their units: the first time, and again when they change.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use charm_meta::{Metadata, StorageKind};
use charm_testing::agent::{CharmFiles, CharmSource};
use charm_testing::model::Substrate;

use crate::charm;
use crate::local::Local;
use crate::plan::Plan;
use crate::progress::{Progress, say};
use crate::sources::{self, Stamps};

/// The files by which a charm that is built declares itself.
const DECLARATIONS: [&str; 4] = ["charmcraft.yaml", "metadata.yaml", "config.yaml", "actions.yaml"];

/// Deployed applications with their charms.
#[derive(Debug)]
pub(crate) struct Deployment {
    applications: Vec<Application>,
    release: bool,
    /// What runs Python charms.
    python: Option<PathBuf>,
    /// Where charms that are built are laid out, and how many there have been.
    staging: PathBuf,
    staged: usize,
    progress: Progress,
}

#[derive(Debug)]
struct Application {
    name: String,
    charm: PathBuf,
    /// What its units run; none before the first build.
    revision: Option<Revision>,
}

/// A charm as it was built.
#[derive(Debug, Clone)]
struct Revision {
    metadata: Metadata,
    files: CharmFiles,
    executable: Option<PathBuf>,
    stamps: Stamps,
}

impl Deployment {
    /// Deploys what the plan has, with `resources` for its applications and, if asked for, so many
    /// `units` of each. All that can be refused at once is, before
    /// minutes are spent on a build.
    pub(crate) fn new(
        local: &mut Local<'_>,
        plan: &Plan,
        units: Option<u32>,
        resources: &[(String, String)],
        work: &Path,
        release: bool,
    ) -> Result<Self> {
        let mut planned = Vec::new();
        for application in &plan.applications {
            let metadata = CharmSource::metadata(&application.charm)?;
            let name = application.name.clone().unwrap_or_else(|| metadata.name.clone());
            warn(&name, &metadata);
            planned.push((application, name, metadata));
        }
        // Containers are there only on Kubernetes. Charms without any run there as well.
        if planned.iter().any(|(.., metadata)| !metadata.containers.is_empty()) {
            local.model.set_substrate(Substrate::Kubernetes)?;
        }
        let mut applications = Vec::new();
        for (application, name, metadata) in planned {
            // Those of a subordinate come with its principal's; who asks for some is told so.
            let asked = units.or((!metadata.subordinate).then_some(application.units));
            local.model.deploy(&name, metadata, asked.unwrap_or(0))?;
            local.model.set_config(&name, &application.options)?;
            for (resource, path) in resources {
                let file = Path::new(path).canonicalize();
                let file =
                    file.with_context(|| format!("cannot find {path:?}, the resource {resource:?}"))?;
                local.model.attach_resource(&name, resource, &file.to_string_lossy())?;
            }
            applications.push(Application { name, charm: application.charm.clone(), revision: None });
        }
        for (one, other) in &plan.relations {
            local.model.integrate(one, other)?;
        }
        let staging = work.join("charms");
        Ok(Self { applications, release, python: None, staging, staged: 0, progress: Progress::new() })
    }

    /// Says by which Python charms are run that don't say so themselves: an interpreter or a virtual environment.
    pub(crate) fn set_python(&mut self, python: Option<PathBuf>) {
        self.python = python;
    }

    /// Builds all charms and gives those that have changed to their units. Says whether there were any.
    pub(crate) fn update(&mut self, local: &mut Local<'_>) -> Result<bool> {
        // Two applications of a bundle may be of one charm.
        let mut built: BTreeMap<PathBuf, Revision> = BTreeMap::new();
        for application in &self.applications {
            if !built.contains_key(&application.charm) {
                let staging = self.staging.join(self.staged.to_string());
                self.staged += 1;
                let revision = self.build(&application.charm, &staging)?;
                built.insert(application.charm.clone(), revision);
            }
        }
        let mut changed = false;
        for application in &mut self.applications {
            let Some(revision) = built.get(&application.charm) else { continue };
            if let Some(old) = &application.revision {
                if old.stamps == revision.stamps {
                    continue;
                }
                refresh(local, &application.name, old, revision)?;
            }
            local.agent.set_charm(&application.name, revision.files.clone());
            application.revision = Some(revision.clone());
            changed = true;
        }
        Ok(changed)
    }

    fn build(&self, charm: &Path, staging: &Path) -> Result<Revision> {
        let metadata = CharmSource::metadata(charm)?;
        let prepared = charm::prepare(charm, staging, self.release, self.python.as_deref(), &self.progress)?;
        let stamps = match &prepared.executable {
            Some(executable) => {
                let declarations = DECLARATIONS.map(|name| charm.join(name));
                sources::stamps(&[], &[[executable.clone()].as_slice(), &declarations].concat())
            }
            None if charm.is_file() => sources::stamps(&[], &[charm.to_owned()]),
            None => sources::stamps(&[charm.to_owned()], &[]),
        };
        Ok(Revision { metadata, files: prepared.files, executable: prepared.executable, stamps })
    }

    /// The directories of the charms.
    pub(crate) fn directories(&self) -> Vec<PathBuf> {
        let directories = self.applications.iter().map(|application| &application.charm);
        let mut directories: Vec<PathBuf> = directories.map(|directory| named_once(directory)).collect();
        directories.sort();
        directories.dedup();
        directories
    }

    /// The files that the last builds read, wherever they are.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let revisions = self.applications.iter().filter_map(|application| application.revision.as_ref());
        revisions
            .filter_map(|revision| revision.executable.as_deref())
            .flat_map(sources::of_executable)
            .map(|file| named_once(&file))
            .collect()
    }
}

/// The one name of a file that can be reached by several.
fn named_once(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Says what of a charm the local Juju hasn't.
fn warn(name: &str, metadata: &Metadata) {
    if !metadata.containers.is_empty() {
        say(&format!("note: {name} has containers: their events come, but no Pebble runs here"));
    }
    if metadata.storages.values().any(|storage| storage.kind == StorageKind::Block) {
        say(&format!(
            "note: {name} has block storage: in this local Juju its devices are names, and none is there"
        ));
    }
}

/// Gives an application another revision of its charm.
fn refresh(local: &mut Local<'_>, name: &str, old: &Revision, new: &Revision) -> Result<()> {
    let refused = || {
        format!(
            "cannot refresh {name}: its units stay with the charm they have; start the run again to see the new one"
        )
    };
    if old.metadata.name != new.metadata.name {
        let (old, new) = (&old.metadata.name, &new.metadata.name);
        return Err(anyhow::anyhow!("the charm was {old:?} and is {new:?} now")).with_context(refused);
    }
    // Whoever edits a charm whose hook fails wants to see that hook again, with the new charm.
    local.model.refresh_by_force(name, new.metadata.clone()).with_context(refused)?;
    let failed = local.model.units_of(name).filter(|unit| unit.failure.is_some());
    let failed: Vec<_> = failed.map(|unit| unit.name.clone()).collect();
    for unit in failed {
        local.model.resolve(&unit, true)?;
    }
    Ok(())
}

//! `juju deploy`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use charm_testing::agent::CharmSource;
use charm_testing::model::{Charm, Model, Substrate};

use super::stage::{Settings, stage};
use super::{Client, attach_resource, config};
use crate::charm;
use crate::plan::Plan;

/// Deploy a charm from its directory or .charm file, or the applications of a bundle
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A charm's directory, which is built first if it has a Cargo.toml, a .charm file, or a bundle.yaml
    charm: PathBuf,
    /// The application's name, if it is to be another than the charm's
    application: Option<String>,
    /// How many units
    #[arg(short = 'n', long, value_name = "N")]
    num_units: Option<u32>,
    /// Constraints to show; charms run on this machine
    #[arg(long, value_name = "CONSTRAINTS")]
    constraints: Vec<String>,
    #[command(flatten)]
    settings: Settings,
}

/// An application with all that can be refused about it read.
struct Planned {
    name: String,
    charm: Charm,
    source: PathBuf,
    units: u32,
    options: BTreeMap<String, String>,
    trust: bool,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    check_path(&options.charm)?;
    let plan = Plan::of(&options.charm)?;
    if plan.is_bundle
        && (options.num_units.is_some()
            || options.application.is_some()
            || !options.settings.config.is_empty()
            || !options.settings.resources.is_empty())
    {
        bail!(
            "a name, --num-units, --config and --resource are for a single charm: write them into the bundle"
        );
    }
    let mut planned = Vec::new();
    for application in &plan.applications {
        let metadata = CharmSource::metadata(&application.charm)?;
        let name = options.application.clone().or_else(|| application.name.clone());
        let name = name.unwrap_or_else(|| metadata.name.clone());
        let subordinate = metadata.subordinate;
        let mut values = application.options.clone();
        values.extend(config::read(&options.settings.config, &name)?);
        planned.push(Planned {
            name,
            charm: metadata.into(),
            source: application.charm.canonicalize().context("cannot find the charm")?,
            // Those of a subordinate come with its principal's; who asks for some is told so.
            units: options.num_units.unwrap_or(if subordinate { 0 } else { application.units }),
            options: values,
            trust: options.settings.trust,
        });
    }
    let mut session = client.open()?;
    let becomes = choose_substrate(&mut session.record.model, &planned)?;
    // All that the model refuses is refused before minutes are spent on a build, and before anything is saved.
    for application in &planned {
        let model = &mut session.record.model;
        model.deploy(&application.name, application.charm.clone(), application.units)?;
        model.set_config(&application.name, &application.options)?;
        if application.trust {
            model.trust(&application.name, true)?;
        }
    }
    for (one, other) in &plan.relations {
        session.record.model.integrate(one, other)?;
    }
    if let Some(words) = becomes {
        client.say(&words);
    }
    let python = charm::python(options.settings.python.as_deref())?;
    for application in &planned {
        let Planned { name, charm, source, .. } = application;
        let mut deployed = stage(&mut session, charm, source, options.settings.release, python.clone())?;
        deployed.base = options.settings.base.clone().unwrap_or_else(|| "ubuntu@24.04".to_owned());
        deployed.constraints = options.constraints.join(" ");
        client.say(&format!(
            "Deploying {:?} from local charm {:?}, revision {}",
            name, deployed.charm, deployed.revision
        ));
        session.record.applications.insert(name.clone(), deployed);
        for resource in &options.settings.resources {
            attach_resource::attach(&mut session, name, resource)?;
        }
    }
    session.settle()
}

/// Containers are there only on Kubernetes: a model that is still empty becomes one of it for a charm that has some, which
/// is to be told.
fn choose_substrate(model: &mut Model, planned: &[Planned]) -> Result<Option<String>> {
    let needs = planned.iter().find(|application| !application.charm.metadata.containers.is_empty());
    let Some(Planned { name, .. }) = needs.filter(|_| model.substrate() == Substrate::Machines) else {
        return Ok(None);
    };
    if let Some(other) = model.applications().next() {
        bail!(
            "{name:?} has containers, and model {:?} has machines since {:?} is in it: deploy it to a model of \
             Kubernetes, such as `juju add-model on-k8s k8s` adds",
            model.name(),
            other.name
        );
    }
    model.set_substrate(Substrate::Kubernetes)?;
    Ok(Some(format!(
        "Model {:?} becomes one of Kubernetes, since {name:?} has containers; its events come, but no Pebble runs here",
        model.name()
    )))
}

/// Tells those who name a charm of a store that there is none.
fn check_path(path: &Path) -> Result<()> {
    let text = path.to_string_lossy();
    let is_name = !path.exists() && !text.starts_with(['.', '/']) && !text.contains('/');
    if is_name || text.starts_with("ch:") {
        let name = text.trim_start_matches("ch:");
        bail!(
            "{text:?} is no file here, and the local Juju has no Charmhub: give the path of a charm's directory, of a \
             .charm file or of a bundle.yaml, such as ./{name}"
        );
    }
    Ok(())
}

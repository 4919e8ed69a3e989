//! `juju deploy`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use charm_testing::agent::CharmSource;
use charm_testing::model::{Charm, Model, Substrate};

use super::pairs::{self, Pair};
use super::record::Deployed;
use super::session::Session;
use super::{Client, data};
use crate::charm;
use crate::plan::Plan;
use crate::progress::Progress;

/// Deploy a charm from its directory, or the applications of a bundle
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A charm's directory, which is built first if it has a Cargo.toml, or a bundle.yaml
    charm: PathBuf,
    /// The application's name, if it is to be another than the charm's
    application: Option<String>,
    /// How many units
    #[arg(short = 'n', long, value_name = "N")]
    num_units: Option<u32>,
    /// An option as KEY=VALUE or KEY=@FILE, or a YAML file of options; may be repeated
    #[arg(long, value_name = "KEY=VALUE|FILE")]
    config: Vec<String>,
    /// A resource's file; may be repeated
    #[arg(long = "resource", value_name = "NAME=FILE")]
    resources: Vec<Pair>,
    /// Let the charm use the cloud's credentials
    #[arg(long)]
    trust: bool,
    /// The base that the application says it runs on; charms run on this machine
    #[arg(long, value_name = "BASE")]
    base: Option<String>,
    /// Constraints to show; charms run on this machine
    #[arg(long, value_name = "CONSTRAINTS")]
    constraints: Vec<String>,
    /// Build with optimizations, as for a real unit
    #[arg(long)]
    release: bool,
    #[command(flatten)]
    ignored: Ignored,
}

/// What means nothing where there are neither a store nor machines.
#[derive(Debug, clap::Args)]
pub(super) struct Ignored {
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    channel: Option<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    revision: Option<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    to: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    bind: Option<String>,
    /// Accepted: a unit gets the storage that its charm declares
    #[arg(long, hide = true)]
    storage: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    attach_storage: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    device: Vec<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    force: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    map_machines: Option<String>,
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
            || !options.config.is_empty()
            || !options.resources.is_empty())
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
        values.extend(read_config(&options.config, &name)?);
        planned.push(Planned {
            name,
            charm: metadata.into(),
            source: application.charm.canonicalize().context("cannot find the charm")?,
            // Those of a subordinate come with its principal's; who asks for some is told so.
            units: options.num_units.unwrap_or(if subordinate { 0 } else { application.units }),
            options: values,
            trust: options.trust,
        });
    }
    let mut session = client.open()?;
    choose_substrate(&mut session.record.model, &planned, client)?;
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
    for application in &planned {
        let deployed = stage(&mut session, &application.charm, &application.source, options.release)?;
        let deployed = Deployed {
            base: options.base.clone().unwrap_or_else(|| "ubuntu@24.04".to_owned()),
            constraints: options.constraints.join(" "),
            ..deployed
        };
        client.say(&format!(
            "Deploying {:?} from local charm {:?}, revision {}",
            application.name, deployed.charm, deployed.revision
        ));
        session.record.applications.insert(application.name.clone(), deployed);
        for resource in &options.resources {
            attach_resource(&mut session, &application.name, resource)?;
        }
    }
    session.settle()
}

/// Containers are there only on Kubernetes: a model that is still empty becomes one of it for a charm that has some.
fn choose_substrate(model: &mut Model, planned: &[Planned], client: &Client<'_>) -> Result<()> {
    let needs = planned.iter().find(|application| !application.charm.metadata.containers.is_empty());
    let Some(Planned { name, .. }) = needs.filter(|_| model.substrate() == Substrate::Machines) else {
        return Ok(());
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
    client.say(&format!(
        "Model {:?} becomes one of Kubernetes, since {name:?} has containers; they are told to be there, but no Pebble \
         runs in them",
        model.name()
    ));
    Ok(())
}

/// Tells those who name a charm of a store that there is none.
fn check_path(path: &Path) -> Result<()> {
    let text = path.to_string_lossy();
    let is_name = !path.exists() && !text.starts_with(['.', '/']) && !text.contains('/');
    if is_name || text.starts_with("ch:") {
        let name = text.trim_start_matches("ch:");
        bail!(
            "{text:?} is no file here, and the local Juju has no Charmhub: give the path of a charm's directory or of a \
             bundle.yaml, such as ./{name}"
        );
    }
    Ok(())
}

/// The options of an application from `--config`: pairs, and files with the options or with the applications' options.
pub(super) fn read_config(given: &[String], application: &str) -> Result<BTreeMap<String, String>> {
    let mut options = BTreeMap::new();
    for given in given {
        if let Ok(pair) = given.parse::<Pair>() {
            options.insert(pair.key.clone(), pair.read()?);
            continue;
        }
        let mut map = pairs::read_map(Path::new(given))?;
        if let Some(serde_json::Value::Object(inner)) = map.get(application) {
            map = inner.clone().into_iter().collect();
        }
        for (key, value) in map {
            let value = pairs::typed(&value).with_context(|| format!("{given}: option {key:?}"))?;
            options.insert(key, value);
        }
    }
    Ok(options)
}

/// Builds a charm if need be and puts what units run into the model's directory: what the charm's directory becomes
/// later is the next revision's.
pub(super) fn stage(session: &mut Session, charm: &Charm, source: &Path, release: bool) -> Result<Deployed> {
    let name = charm.metadata.name.clone();
    let revision = session.record.next_revision(&name);
    data::create_private(&session.directory.join("charms"))?;
    let place = Path::new("charms").join(format!("{name}-{revision}"));
    let directory = session.directory.join(&place);
    // A call that was killed may have left something there.
    if directory.exists() {
        fs::remove_dir_all(&directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    }
    charm::stage_copy(source, &directory, release, &Progress::new())?;
    Ok(Deployed {
        charm: name,
        revision,
        directory: place,
        source: source.to_owned(),
        base: String::new(),
        constraints: String::new(),
    })
}

/// Keeps a resource's file with the model and tells the application of it.
pub(super) fn attach_resource(session: &mut Session, application: &str, resource: &Pair) -> Result<()> {
    let Pair { key: name, value: file } = resource;
    let known = session.record.model.application(application);
    let declared = known.and_then(|known| known.charm.metadata.resources.get(name));
    // The model tells what is wrong, if anything is.
    let Some(declared) = declared else {
        return Ok(session.record.model.attach_resource(application, name, file)?);
    };
    if declared.kind != charm_meta::ResourceKind::File {
        // An image is known by its name alone.
        return Ok(session.record.model.attach_resource(application, name, file)?);
    }
    let base = Path::new(declared.filename.as_deref().unwrap_or(name)).file_name().unwrap_or(name.as_ref());
    // Its own directory each time: the file of before stays until no unit is told of it.
    let number = super::time::unix_milliseconds();
    let directory = session.directory.join("resources").join(application).join(format!("{name}-{number}"));
    data::create_private(&directory)?;
    let kept = directory.join(base);
    fs::copy(file, &kept).with_context(|| format!("cannot copy {file} to {}", kept.display()))?;
    let kept = kept.to_str().context("the path of the model's directory is not UTF-8")?;
    Ok(session.record.model.attach_resource(application, name, kept)?)
}

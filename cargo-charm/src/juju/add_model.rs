//! `juju add-model`.

use anyhow::{Result, bail};
use charm_testing::model::JujuVersion;

use super::pairs::Pair;
use super::{Client, cloud, data, model_config, session};

/// Add a model, and switch to it
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    name: String,
    /// `k8s` makes it a model of Kubernetes; any other cloud is this machine
    cloud: Option<String>,
    /// `agent-version=4.0` makes it a model of Juju 4, `agent-version=3.6` of 3.6; other keys as for model-config
    #[arg(long, value_name = "KEY=VALUE")]
    config: Vec<Pair>,
    /// Stay with the current model
    #[arg(long)]
    no_switch: bool,
    /// Accepted; does nothing here
    #[arg(short, long, hide = true)]
    controller: Option<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    credential: Option<String>,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let name = data::name_of(&options.name)?;
    let mut record = session::new_model();
    if let Some(cloud) = &options.cloud {
        record.model.set_substrate(cloud::substrate(cloud))?;
    }
    for pair in &options.config {
        match pair.key.as_str() {
            "agent-version" => record.model.set_version(version(&pair.value)?),
            key => model_config::set(&mut record, key, &pair.value)?,
        }
    }
    session::create(&client.data, &name, record)?;
    if !options.no_switch {
        client.data.switch(&name)?;
    }
    client.say(&format!("Added {name:?} model"));
    Ok(())
}

fn version(text: &str) -> Result<JujuVersion> {
    let major = text.split('.').next().unwrap_or_default();
    match major {
        "3" => Ok(JujuVersion::V3_6),
        "4" => Ok(JujuVersion::V4_0),
        _ => bail!("agent-version {text:?} is not known here: it is 3.6 or 4.0"),
    }
}

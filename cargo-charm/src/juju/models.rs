//! `juju models`, `show-model`, `destroy-model` and `switch`.

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use super::controller::{CONTROLLER, CONTROLLER_UUID, USER};
use super::output::{self, Output};
use super::{Client, cloud, data, session};

/// List models
#[derive(Debug, clap::Args)]
#[command(alias = "list-models")]
pub(crate) struct Options {
    #[command(flatten)]
    output: Output,
    /// Accepted; does nothing here
    #[arg(short, long, hide = true)]
    controller: Option<String>,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    all: bool,
}

/// Show a model
#[derive(Debug, clap::Args)]
pub(crate) struct ShowOptions {
    name: Option<String>,
    #[command(flatten)]
    output: Output,
}

/// Remove a model with all that is in it
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct DestroyOptions {
    name: String,
    /// Accepted: nothing is asked here
    #[arg(long, visible_short_alias = 'y')]
    no_prompt: bool,
    /// Accepted: storage goes with the model
    #[arg(long)]
    destroy_storage: bool,
    /// Accepted: storage goes with the model
    #[arg(long)]
    release_storage: bool,
    /// Remove it without the last hooks of its units
    #[arg(long)]
    force: bool,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    no_wait: bool,
    /// Accepted; does nothing here
    #[arg(short, long, hide = true)]
    timeout: Option<String>,
}

/// Make another model the current one, or show which one is
#[derive(Debug, clap::Args)]
pub(crate) struct SwitchOptions {
    name: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Shown {
    name: String,
    short_name: String,
    model_uuid: String,
    model_type: &'static str,
    controller_uuid: &'static str,
    controller_name: &'static str,
    is_controller: bool,
    owner: &'static str,
    cloud: String,
    region: String,
    r#type: String,
    life: &'static str,
    status: BTreeMap<&'static str, &'static str>,
    users: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
    agent_version: String,
}

impl Shown {
    fn of(model: &charm_testing::model::Model) -> Self {
        Self {
            name: format!("{USER}/{}", model.name()),
            short_name: model.name().to_owned(),
            model_uuid: model.uuid().to_owned(),
            model_type: cloud::model_type(model),
            controller_uuid: CONTROLLER_UUID,
            controller_name: CONTROLLER,
            is_controller: false,
            owner: USER,
            cloud: model.cloud().name.clone(),
            region: model.cloud().region.clone(),
            r#type: model.cloud().kind.clone(),
            life: "alive",
            status: BTreeMap::from([("current", "available")]),
            users: BTreeMap::from([(
                USER,
                BTreeMap::from([
                    ("access", "admin"),
                    ("display-name", USER),
                    ("last-connection", "just now"),
                ]),
            )]),
            agent_version: model.version().to_string(),
        }
    }
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    #[derive(Debug, Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct List {
        models: Vec<Shown>,
        current_model: String,
    }
    let mut models = Vec::new();
    for name in client.data.models()? {
        models.push(Shown::of(&session::look(&client.data, &name)?.model));
    }
    let list = List { models, current_model: client.model()? };
    options.output.show(client.out, &list, || {
        let mut rows = vec![output::row(["Model", "Cloud/Region", "Type", "Status", "Version"])];
        for model in &list.models {
            let current = if model.short_name == list.current_model { "*" } else { "" };
            let name = format!("{}{current}", model.short_name);
            let place = format!("{}/{}", model.cloud, model.region);
            rows.push(output::row([&name, &place, &model.r#type, "available", &model.agent_version]));
        }
        output::table(&rows)
    })
}

pub(crate) fn show(options: &ShowOptions, client: &mut Client<'_>) -> Result<()> {
    let name = client.data.meant(options.name.as_deref().or(client.model.as_deref()))?;
    let record = session::look(&client.data, &name)?;
    options.output.show_yaml(client.out, &BTreeMap::from([(name, Shown::of(&record.model))]))
}

pub(crate) fn destroy(options: &DestroyOptions, client: &mut Client<'_>) -> Result<()> {
    let name = data::name_of(&options.name)?;
    let mut session = session::Session::open(&client.data, &name)?;
    if !options.force {
        let names: Vec<String> =
            session.record.model.applications().map(|application| application.name.clone()).collect();
        for application in names {
            session.record.model.remove_application(&application)?;
        }
        // A unit that can't run its last hooks doesn't keep its model.
        if let Err(error) = session.settle() {
            client.say(&format!("WARNING {error:#}"));
        }
    }
    client.data.destroy(&name)?;
    client.say(&format!("Destroyed model {name:?}"));
    Ok(())
}

pub(crate) fn switch(options: &SwitchOptions, client: &mut Client<'_>) -> Result<()> {
    let Some(name) = &options.name else {
        let current = client.data.current()?;
        return client.print(&format!("{CONTROLLER}:{USER}/{current}\n"));
    };
    let name = data::name_of(name)?;
    let before = client.data.current()?;
    session::look(&client.data, &name)?;
    client.data.switch(&name)?;
    client.say(&format!("{CONTROLLER}:{USER}/{before} -> {CONTROLLER}:{USER}/{name}"));
    Ok(())
}

//! `cargo charm juju`: the commands of `juju` on a local model that is kept on disk.
//!
//! There is no daemon: each call takes the model's lock, runs what is due until the units are at rest, saves, and ends.
//! Called by the name `juju`, the program takes these commands alone, so that tools which drive Juju's client drive it.

mod actions;
mod add_model;
mod add_secret;
mod add_unit;
mod advance;
mod attach_resource;
mod cloud;
mod config;
mod controller;
mod data;
mod debug_log;
mod deploy;
mod exec;
mod fire;
mod grant_secret;
mod integrate;
mod journal;
mod model_config;
mod models;
mod operation;
mod output;
mod pairs;
mod place;
mod queue;
mod record;
mod refresh;
mod remove_application;
mod remove_relation;
mod remove_unit;
mod resolve;
mod run;
mod scale_application;
mod secrets;
mod session;
mod show_application;
mod show_secret;
mod show_unit;
mod stage;
mod status;
mod store;
mod suspend_relation;
mod task;
mod time;
mod trust;
mod unit;
mod unknown;
mod version;

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Parser, Subcommand};

use data::Data;
use record::Record;
use session::Session;

/// What `cargo charm juju` takes.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct Options {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
struct Global {
    /// The model to work on, instead of the current one
    #[arg(short, long, global = true, value_name = "MODEL")]
    model: Option<String>,
    /// Where models are kept, instead of $JUJU_DATA/cargo-charm or ~/.local/state/cargo-charm/juju
    #[arg(long, global = true, value_name = "DIRECTORY")]
    data: Option<PathBuf>,
    /// Say nothing but results and errors
    #[arg(long, global = true)]
    quiet: bool,
    /// Accepted; does nothing here
    #[arg(long, global = true, hide = true)]
    verbose: bool,
    /// Accepted; does nothing here
    #[arg(long, global = true, hide = true)]
    debug: bool,
    /// Accepted; does nothing here
    #[arg(long, global = true, hide = true)]
    show_log: bool,
    /// Accepted; does nothing here
    #[arg(long, global = true, hide = true, value_name = "LEVELS")]
    logging_config: Option<String>,
    /// Accepted; does nothing here
    #[arg(short = 'B', long, global = true, hide = true)]
    no_browser_login: bool,
}

/// The program under the name `juju`.
#[derive(Debug, Parser)]
#[command(
    name = "juju",
    bin_name = "juju",
    about = "The commands of `juju` on a local model, without a controller",
    disable_version_flag = true
)]
struct Called {
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    Deploy(deploy::Options),
    Status(status::Options),
    Config(config::Options),
    Integrate(integrate::Options),
    RemoveRelation(remove_relation::Options),
    SuspendRelation(suspend_relation::Options),
    ResumeRelation(suspend_relation::ResumeOptions),
    AddUnit(add_unit::Options),
    ScaleApplication(scale_application::Options),
    RemoveUnit(remove_unit::Options),
    RemoveApplication(remove_application::Options),
    Refresh(refresh::Options),
    Resolved(resolve::Options),
    Run(run::Options),
    Actions(actions::Options),
    Exec(exec::Options),
    Operations(operation::OperationsOptions),
    ShowOperation(operation::ShowOperationOptions),
    ShowTask(operation::ShowTaskOptions),
    ShowUnit(show_unit::Options),
    ShowApplication(show_application::Options),
    DebugLog(debug_log::Options),
    AddSecret(add_secret::Options),
    UpdateSecret(add_secret::UpdateOptions),
    RemoveSecret(secrets::RemoveOptions),
    GrantSecret(grant_secret::Options),
    RevokeSecret(grant_secret::RevokeOptions),
    Secrets(secrets::Options),
    ShowSecret(show_secret::Options),
    AttachResource(attach_resource::Options),
    Trust(trust::Options),
    AddModel(add_model::Options),
    DestroyModel(models::DestroyOptions),
    Models(models::Options),
    ShowModel(models::ShowOptions),
    ModelConfig(model_config::Options),
    Switch(models::SwitchOptions),
    Controllers(controller::ControllersOptions),
    Whoami(controller::WhoamiOptions),
    Version(version::Options),
    Queue(queue::Options),
    Fire(fire::Options),
    Advance(advance::Options),
    #[command(external_subcommand)]
    Unknown(Vec<OsString>),
}

/// One call.
struct Client<'a> {
    data: Data,
    model: Option<String>,
    quiet: bool,
    out: &'a mut dyn Write,
}

impl Client<'_> {
    /// The name of the model that is meant.
    fn model(&self) -> Result<String> {
        self.data.meant(self.model.as_deref())
    }

    /// The model, to change it.
    fn open(&self) -> Result<Session> {
        Session::open(&self.data, &self.model()?)
    }

    /// The model, to look at it.
    fn look(&self) -> Result<Record> {
        session::look(&self.data, &self.model()?)
    }

    /// Tells the operator what is being done.
    fn say(&self, words: &str) {
        if !self.quiet {
            crate::progress::say(words);
        }
    }

    fn print(&mut self, text: &str) -> Result<()> {
        output::print(self.out, text)
    }
}

/// Whether a program that was called as `arg0` is to be `juju`.
pub(crate) fn is_called(arg0: &OsStr) -> bool {
    Path::new(arg0).file_name() == Some(OsStr::new("juju"))
}

/// The options of a program that was called as `juju`.
pub(crate) fn parse() -> Options {
    Called::parse().options
}

/// Runs it. The error's last line begins with Juju's `ERROR`.
pub(crate) fn run(options: Options) -> Result<()> {
    let mut out = io::stdout().lock();
    let data = Data::new(options.global.data.as_deref())?;
    let mut client = Client { data, model: options.global.model, quiet: options.global.quiet, out: &mut out };
    let client = &mut client;
    match options.command {
        Command::Deploy(options) => deploy::run(&options, client),
        Command::Status(options) => status::run(&options, client),
        Command::Config(options) => config::run(&options, client),
        Command::Integrate(options) => integrate::run(&options, client),
        Command::RemoveRelation(options) => remove_relation::run(&options, client),
        Command::SuspendRelation(options) => suspend_relation::run(&options, client),
        Command::ResumeRelation(options) => suspend_relation::resume(&options, client),
        Command::AddUnit(options) => add_unit::run(&options, client),
        Command::ScaleApplication(options) => scale_application::run(&options, client),
        Command::RemoveUnit(options) => remove_unit::run(&options, client),
        Command::RemoveApplication(options) => remove_application::run(&options, client),
        Command::Refresh(options) => refresh::run(&options, client),
        Command::Resolved(options) => resolve::run(&options, client),
        Command::Run(options) => run::run(&options, client),
        Command::Actions(options) => actions::run(&options, client),
        Command::Exec(options) => exec::run(&options, client),
        Command::Operations(options) => operation::list(&options, client),
        Command::ShowOperation(options) => operation::show(&options, client),
        Command::ShowTask(options) => operation::show_task(&options, client),
        Command::ShowUnit(options) => show_unit::run(&options, client),
        Command::ShowApplication(options) => show_application::run(&options, client),
        Command::DebugLog(options) => debug_log::run(&options, client),
        Command::AddSecret(options) => add_secret::run(&options, client),
        Command::UpdateSecret(options) => add_secret::update(&options, client),
        Command::RemoveSecret(options) => secrets::remove(&options, client),
        Command::GrantSecret(options) => grant_secret::run(&options, client),
        Command::RevokeSecret(options) => grant_secret::revoke(&options, client),
        Command::Secrets(options) => secrets::run(&options, client),
        Command::ShowSecret(options) => show_secret::run(&options, client),
        Command::AttachResource(options) => attach_resource::run(&options, client),
        Command::Trust(options) => trust::run(&options, client),
        Command::AddModel(options) => add_model::run(&options, client),
        Command::DestroyModel(options) => models::destroy(&options, client),
        Command::Models(options) => models::run(&options, client),
        Command::ShowModel(options) => models::show(&options, client),
        Command::ModelConfig(options) => model_config::run(&options, client),
        Command::Switch(options) => models::switch(&options, client),
        Command::Controllers(options) => controller::controllers(&options, client),
        Command::Whoami(options) => controller::whoami(&options, client),
        Command::Version(options) => version::run(&options, client),
        Command::Queue(options) => queue::run(&options, client),
        Command::Fire(options) => fire::run(&options, client),
        Command::Advance(options) => advance::run(&options, client),
        Command::Unknown(words) => unknown::run(&words),
    }
}

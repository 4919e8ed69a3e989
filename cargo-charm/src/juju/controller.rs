//! The controller, which isn't there: `juju controllers` and `juju whoami`.

use anyhow::Result;

use super::Client;
use super::cloud::LOCALHOST;
use super::output::{self, Output};

/// The only user.
pub(super) const USER: &str = "admin";
/// The only controller, which isn't there.
pub(super) const CONTROLLER: &str = "local";
/// Its UUID, as tools expect one.
pub(super) const CONTROLLER_UUID: &str = "00000000-0000-4000-8000-000000000000";

/// List controllers: there is one, which needs no machine
#[derive(Debug, clap::Args)]
#[command(alias = "list-controllers")]
pub(crate) struct ControllersOptions {
    #[command(flatten)]
    output: Output,
    /// Accepted; does nothing here
    #[arg(long, hide = true)]
    refresh: bool,
}

/// Show the controller, the model and the user that commands are for
#[derive(Debug, clap::Args)]
pub(crate) struct WhoamiOptions {
    #[command(flatten)]
    output: Output,
}

pub(crate) fn controllers(options: &ControllersOptions, client: &mut Client<'_>) -> Result<()> {
    let current = format!("{USER}/{}", client.data.current()?);
    let version = charm_testing::model::JujuVersion::default().to_string();
    let controller = serde_json::json!({
        "current-model": current,
        "user": USER,
        "access": "superuser",
        "uuid": CONTROLLER_UUID,
        "cloud": LOCALHOST,
        "region": LOCALHOST,
        "agent-version": version,
    });
    let list = serde_json::json!({"controllers": {CONTROLLER: controller}, "current-controller": CONTROLLER});
    options.output.show(client.out, &list, || {
        output::table(&[
            output::row(["Controller", "Model", "User", "Access", "Cloud/Region", "Version"]),
            output::row([
                &format!("{CONTROLLER}*"),
                &current,
                USER,
                "superuser",
                "localhost/localhost",
                &version,
            ]),
        ])
    })
}

pub(crate) fn whoami(options: &WhoamiOptions, client: &mut Client<'_>) -> Result<()> {
    let model = client.data.current()?;
    let shown = serde_json::json!({"controller": CONTROLLER, "model": model, "user": USER});
    options.output.show(client.out, &shown, || {
        format!("Controller:  {CONTROLLER}\nModel:       {model}\nUser:        {USER}\n")
    })
}

//! `juju version`.

use anyhow::Result;
use charm_testing::model::JujuVersion;
use serde::Serialize;

use super::Client;
use super::output::Output;

/// Show which Juju's commands these are
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Show all of it
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Shown {
    version: String,
    git_commit: &'static str,
    compiler: &'static str,
}

pub(crate) fn run(options: &Options, client: &mut Client<'_>) -> Result<()> {
    let arch = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    let version = format!("{}-genericlinux-{arch}", JujuVersion::default());
    let text = format!("{version}\n");
    if options.all {
        let shown = Shown { version, git_commit: "", compiler: "" };
        return options.output.show_yaml(client.out, &shown);
    }
    options.output.show(client.out, &version, || text)
}

//! Words that are no command here.

use std::ffi::OsString;

use anyhow::{Result, bail};
use clap::CommandFactory as _;

/// Commands of Juju that mean something only with a controller, a cloud, a store or several models.
const ELSEWHERE: [&str; 34] = [
    "add-cloud",
    "add-credential",
    "add-k8s",
    "add-machine",
    "add-ssh-key",
    "add-storage",
    "add-user",
    "bootstrap",
    "bind",
    "clouds",
    "constraints",
    "consume",
    "create-backup",
    "credentials",
    "debug-code",
    "debug-hooks",
    "destroy-controller",
    "download",
    "enable-ha",
    "export-bundle",
    "expose",
    "find",
    "find-offers",
    "info",
    "kill-controller",
    "login",
    "migrate",
    "offer",
    "register",
    "scp",
    "ssh",
    "storage",
    "unexpose",
    "upgrade-model",
];

pub(crate) fn run(words: &[OsString]) -> Result<()> {
    let word = words.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
    if ELSEWHERE.contains(&word.as_str()) {
        bail!(
            "`juju {word}` is not part of the local Juju, which has no controller, clouds or machines; see `juju help`"
        );
    }
    let command = super::Called::command();
    let names: Vec<&str> = command
        .get_subcommands()
        .flat_map(|command| std::iter::once(command.get_name()).chain(command.get_all_aliases()))
        .collect();
    match charm_meta::did_you_mean(&word, names.into_iter()) {
        Some(meant) => bail!("{word:?} is not a juju command: did you mean `juju {meant}`? See `juju help`"),
        None => bail!("{word:?} is not a juju command: see `juju help`"),
    }
}

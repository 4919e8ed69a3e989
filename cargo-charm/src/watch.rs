//! `cargo charm run --watch`: what is edited is built and given to the units, as an upgrade.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;

use crate::deployment::Deployment;
use crate::local::Local;
use crate::progress::say;
use crate::sources::Sources;

/// Builds and runs until `stop` is raised: at first, and whenever sources have changed. `live` is called after each
/// build that changed something. Whatever goes wrong is said, and the next change awaited.
///
/// `except` is a file that is written meanwhile.
pub(crate) fn watch(
    local: &mut Local<'_>,
    deployment: &mut Deployment,
    except: Option<&Path>,
    stop: &AtomicBool,
    mut live: impl FnMut(&mut Local<'_>) -> Result<()>,
) {
    // Before the build: what is edited while it runs is to be built again.
    let mut sources = Sources::new(deployment.directories(), Vec::new(), except);
    loop {
        let updated = deployment.update(local);
        if stop.load(Ordering::Acquire) {
            return;
        }
        sources.set_files(deployment.files());
        let outcome = match updated {
            Ok(true) => live(local),
            Ok(false) => {
                say("nothing to upgrade: the charm is as it was");
                Ok(())
            }
            Err(error) => Err(error),
        };
        if stop.load(Ordering::Acquire) {
            return;
        }
        if let Err(error) = outcome {
            say(&format!("error: {error:#}"));
        }
        say("watching for changes; Ctrl-C ends it");
        let Some(changed) = sources.wait(stop) else { return };
        say(&format!("changed: {}", listed(&changed)));
    }
}

/// The first few of what has changed.
fn listed(changed: &[PathBuf]) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let shown = |path: &PathBuf| path.strip_prefix(&here).unwrap_or(path).display().to_string();
    let first: Vec<String> = changed.iter().take(3).map(shown).collect();
    let more = if changed.len() > 3 { format!(" and {} more", changed.len() - 3) } else { String::new() };
    format!("{}{more}", first.join(", "))
}

//! What a charm declares, in one file or in three.

use std::path::{Path, PathBuf};

use charm_meta::{Metadata, Problem, Split};
use serde_json::Value;

use super::error::CharmError;
use super::files::{Content, Made};

pub(super) const CHARMCRAFT: &str = "charmcraft.yaml";
/// Where older charms, and all packed ones, declare themselves.
pub(super) const METADATA: &str = "metadata.yaml";
const CONFIG: &str = "config.yaml";
const ACTIONS: &str = "actions.yaml";

/// What the files of a charm say together.
pub(super) struct Declaration {
    pub(super) metadata: Metadata,
    /// The files as the author wrote them.
    pub(super) written: Vec<Made>,
    /// Those that Juju reads and the author left to be split from charmcraft.yaml.
    pub(super) made: Vec<Made>,
}

/// A file, and whether it is the author's.
struct Part {
    file: &'static str,
    text: Option<String>,
    written: bool,
}

impl Declaration {
    pub(super) fn read(content: &Content) -> Result<Self, CharmError> {
        let charmcraft = content.read_text(CHARMCRAFT)?;
        let whole = content.path().join(CHARMCRAFT);
        let split = charmcraft.as_deref().map(Split::of).transpose();
        let split = split.map_err(|problems| invalid(&whole, problems))?;
        let (metadata, config, actions) =
            split.map_or((None, None, None), |split| (Some(split.metadata), split.config, split.actions));
        let mut parts = Vec::new();
        for (file, made) in [(METADATA, metadata), (CONFIG, config), (ACTIONS, actions)] {
            let own = content.read_text(file)?;
            parts.push(Part { file, written: own.is_some(), text: own.or(made) });
        }
        let metadata = match &charmcraft {
            // All from one file: then problems can be told where they are.
            Some(text) if parts.iter().all(|part| !part.written) => {
                Metadata::parse(text).map_err(|problems| invalid(&whole, problems))?
            }
            _ => unite(content.path(), &parts)?,
        };
        let mut written: Vec<Made> = charmcraft.iter().map(|text| Made::file(CHARMCRAFT, text)).collect();
        let mut made = Vec::new();
        for Part { file, text, written: own } in &parts {
            let files = if *own { &mut written } else { &mut made };
            files.extend(text.iter().map(|text| Made::file(file, text)));
        }
        Ok(Self { metadata, written, made })
    }
}

/// Reads metadata.yaml, config.yaml and actions.yaml as one.
fn unite(place: &Path, parts: &[Part]) -> Result<Metadata, CharmError> {
    let path = place.display();
    let not_json = |error| CharmError::Refused(format!("{path}: {error}"));
    let mut whole = Value::Null;
    for Part { file, text, .. } in parts {
        let Some(text) = text else { continue };
        let source = place.join(file);
        if *file == METADATA {
            // As the splitting of a charmcraft.yaml keeps it: without the keys that mean nothing to a model.
            let split = Split::of(text).map_err(|problems| invalid(&source, problems))?;
            whole = serde_json::from_str(&split.metadata).map_err(not_json)?;
            continue;
        }
        // One level deeper they are what charmcraft.yaml has.
        let key = if *file == CONFIG { "config" } else { "actions" };
        let lines: Vec<&str> = text.lines().filter(|line| *line != "---").collect();
        let split = Split::of(&format!("{key}:\n  {}\n", lines.join("\n  ")))
            .map_err(|problems| invalid(&source, problems))?;
        if let Some(part) = if *file == CONFIG { split.config } else { split.actions } {
            // Without metadata.yaml there is nothing to add to.
            if whole.is_object() {
                whole[key] = serde_json::from_str(&part).map_err(not_json)?;
            }
        }
    }
    if whole.is_null() {
        return Err(CharmError::Refused(format!(
            "{path} is no charm: it has no {CHARMCRAFT}; give the directory of a charm, a .charm file or a bundle.yaml"
        )));
    }
    // The places are those of a text that nobody has seen.
    Metadata::parse(&whole.to_string()).map_err(|problems| CharmError::Invalid {
        file: place.to_owned(),
        problems,
        placed: false,
    })
}

fn invalid(file: &Path, problems: Vec<Problem>) -> CharmError {
    CharmError::Invalid { file: PathBuf::from(file), problems, placed: true }
}

//! The files that Juju reads from a charm, made from charmcraft.yaml as `charmcraft pack` makes them.

use std::fmt::Write;

use serde_json::{Map, Value as Json};

use crate::problem::Problem;
use crate::yaml::Node;

/// metadata.yaml, config.yaml and actions.yaml as texts. They are written in JSON, which every reader of YAML
/// reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// metadata.yaml.
    pub metadata: String,
    /// config.yaml, if the charm has options.
    pub config: Option<String>,
    /// actions.yaml, if the charm has actions.
    pub actions: Option<String>,
}

/// What goes into metadata.yaml under the same name.
const KEPT: &[&str] = &[
    "name",
    "summary",
    "description",
    "assumes",
    "charm-user",
    "containers",
    "devices",
    "extra-bindings",
    "peers",
    "provides",
    "requires",
    "resources",
    "storage",
    "subordinate",
    "terms",
];

impl Split {
    /// Splits a charmcraft.yaml (charmcraft 4.5).
    ///
    /// It is split as it is: only a text that is no YAML is an error.
    /// [`Metadata::parse`](crate::Metadata::parse) says whether Juju would take the result.
    pub fn of(charmcraft: &str) -> Result<Self, Vec<Problem>> {
        let root = Node::parse(charmcraft)?.to_json();
        Ok(Self {
            metadata: write(&metadata(&root)),
            config: file(&root, "config"),
            actions: file(&root, "actions"),
        })
    }
}

fn metadata(root: &Json) -> Json {
    let mut metadata = Map::new();
    let mut put = |key: &str, value: &Json| {
        if !value.is_null() {
            metadata.insert(key.to_owned(), value.clone());
        }
    };
    for key in KEPT {
        put(key, &root[key]);
    }
    put("display-name", &root["title"]);
    let links = &root["links"];
    put("docs", &links["documentation"]);
    for key in ["issues", "source", "website"] {
        put(key, &links[key]);
    }
    match &links["contact"] {
        Json::String(contact) => put("maintainers", &Json::from(vec![contact.as_str()])),
        contacts => put("maintainers", contacts),
    }
    Json::Object(metadata)
}

/// A part of charmcraft.yaml that is a file of its own, unless it is empty.
fn file(root: &Json, key: &str) -> Option<String> {
    root[key].as_object().filter(|map| !map.is_empty()).map(|_| write(&root[key]))
}

fn write(value: &Json) -> String {
    let mut text = String::new();
    for c in format!("{value:#}\n").chars() {
        // JSON lets these stand as they are and YAML does not. They can only stand in strings.
        if matches!(c, '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') {
            _ = write!(text, "\\u{:04x}", u32::from(c)); // Writing to a String can't fail.
        } else {
            text.push(c);
        }
    }
    text
}

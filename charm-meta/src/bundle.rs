//! Bundles: applications and their relations, deployed together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::config::ConfigValue;
use crate::field::{Field, Report};
use crate::grammar::{is_application, is_endpoint};
use crate::problem::Problem;
use crate::suggest::hint;
use crate::yaml::{Node, Value};

/// A bundle.yaml, as far as a local model can follow it.
///
/// Keys that say where and on what to deploy (`machines`, `to`, `constraints`, `channel`…) are let through
/// and not kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bundle {
    /// The applications.
    pub applications: BTreeMap<String, BundleApplication>,
    /// Applications of other models, known by their offers; relations may name them.
    pub saas: BTreeSet<String>,
    /// The relations, in the order of the file.
    pub relations: Vec<(EndpointRef, EndpointRef)>,
}

/// An application of a bundle.
#[derive(Debug, Clone, PartialEq)]
pub struct BundleApplication {
    /// A charm's name, or the path of a local one, which starts with `.` or `/`.
    pub charm: String,
    /// How many units: `num_units` or, on Kubernetes, `scale`. One if neither is given, as a single `juju
    /// deploy` would have it.
    pub num_units: u32,
    /// The options that are set. Whether the charm has them is not known here.
    pub options: BTreeMap<String, ConfigValue>,
    /// Whether it may use the cloud's credentials.
    pub trust: bool,
}

/// One end of a relation: `web` or `web:db`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointRef {
    /// The application.
    pub application: String,
    /// The endpoint, if it takes one to tell.
    pub endpoint: Option<String>,
}

impl fmt::Display for EndpointRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.endpoint {
            Some(endpoint) => write!(f, "{}:{endpoint}", self.application),
            None => f.write_str(&self.application),
        }
    }
}

impl Bundle {
    /// Reads a bundle.yaml of one document (no overlays behind it); on error tells everything that is wrong,
    /// from top to bottom.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let node = Node::parse(text)?;
        let report = Report::default();
        let bundle = Self::read(&Field::root(&node, &report));
        report.finish(bundle)
    }

    fn read(root: &Field<'_>) -> Option<Self> {
        root.check_slips(&["applications", "relations", "saas", "services"]);
        // Juju still reads the old word.
        let applications = root.get("services").or_else(|| root.require("applications", EMPTY))?;
        let fields = applications.entries();
        if fields.is_empty() && applications.is_map() {
            applications.complain(EMPTY);
        }
        let names: BTreeSet<&str> = fields.iter().map(Field::name).collect();
        let mut bundle = Self::default();
        for field in &fields {
            if let Some(application) = BundleApplication::read(field) {
                bundle.applications.insert(field.name().to_owned(), application);
            }
        }
        for field in root.entries_of("saas") {
            if names.contains(field.name()) {
                field.complain_of_key("an application of this bundle has the same name; rename one");
            }
            bundle.saas.insert(field.name().to_owned());
        }
        let known: BTreeSet<&str> = names.into_iter().chain(bundle.saas.iter().map(String::as_str)).collect();
        for field in root.items_of("relations") {
            if let Some(relation) = read_relation(&field, &known) {
                let (a, b) = &relation;
                if bundle.relations.iter().any(|(c, d)| (a, b) == (c, d) || (a, b) == (d, c)) {
                    field.complain(format!("`{a}` and `{b}` are related above already; drop this one"));
                }
                bundle.relations.push(relation);
            }
        }
        Some(bundle)
    }
}

const EMPTY: &str = "a bundle has at least one application; add `name: {charm: …}` below `applications`";
const CHARMLESS: &str = "an application needs a charm; write `charm: …`, its name or the path of a local one";

impl BundleApplication {
    fn read(field: &Field<'_>) -> Option<Self> {
        if !is_application(field.name()) {
            field.complain_of_key(format!(
                "`{}` is no application's name; use words of a-z and 0-9 joined by hyphens, a letter first, and one in each word",
                field.name()
            ));
        }
        let charm = field.require("charm", CHARMLESS)?.filled(CHARMLESS);
        field.check_slips(&[
            "charm",
            "num_units",
            "scale",
            "options",
            "trust",
            "to",
            "resources",
            "revision",
        ]);
        let count = |key| field.get_some(key).and_then(|count| read_count(&count));
        let (num_units, scale) = (count("num_units"), count("scale"));
        if let (Some(num_units), Some(scale)) = (num_units, scale)
            && num_units != scale
        {
            field
                .nearest("scale")
                .complain(format!("`num_units` says {num_units}, `scale` {scale}; keep one of the two"));
        }
        Some(Self {
            charm: charm?,
            num_units: num_units.or(scale).unwrap_or(1),
            options: field
                .entries_of("options")
                .iter()
                .filter_map(|option| Some((option.name().to_owned(), read_option(option)?)))
                .collect(),
            trust: field.get_some("trust").and_then(|trust| trust.boolean()).unwrap_or_default(),
        })
    }
}

fn read_count(field: &Field<'_>) -> Option<u32> {
    let count = u32::try_from(field.whole()?);
    if count.is_err() {
        field.complain("a number of units is from 0 to 4294967295");
    }
    count.ok()
}

/// An option's value; nothing for a null, which sets nothing.
fn read_option(field: &Field<'_>) -> Option<ConfigValue> {
    match &field.node().value {
        Value::Null => None,
        Value::Bool(value) => Some(ConfigValue::Boolean(*value)),
        Value::Int(value) => Some(ConfigValue::Int(*value)),
        Value::Float(value) => Some(ConfigValue::Float(*value)),
        Value::String(value) => Some(ConfigValue::String(value.clone())),
        Value::List(_) | Value::Map(_) => {
            let what = field.node().describe();
            field.complain(format!(
                "an option is a text, a number or a boolean, not {what}; put it in quotes"
            ));
            None
        }
    }
}

fn read_relation(field: &Field<'_>, known: &BTreeSet<&str>) -> Option<(EndpointRef, EndpointRef)> {
    let ends = field.items();
    let [a, b] = ends.as_slice() else {
        if matches!(field.node().value, Value::List(_)) {
            field.complain(format!(
                "a relation has two ends, such as `[web:db, postgresql]`, not {}",
                ends.len()
            ));
        }
        return None;
    };
    let (a, b) = (read_end(a, known), read_end(b, known));
    let (a, b) = (a?, b?);
    if a.application == b.application {
        field.complain(format!("this relates `{}` to itself; name two applications", a.application));
    }
    Some((a, b))
}

fn read_end(field: &Field<'_>, known: &BTreeSet<&str>) -> Option<EndpointRef> {
    let text = field.text()?;
    let (application, endpoint) = match text.split_once(':') {
        Some((application, endpoint)) => (application, Some(endpoint)),
        None => (text.as_str(), None),
    };
    if !known.contains(application) {
        let hint = hint(application, known.iter().copied());
        field.complain(format!("there is no application `{application}` in this bundle{hint}"));
        return None;
    }
    if endpoint.is_some_and(|endpoint| !is_endpoint(endpoint)) {
        field.complain(format!(
            "{text:?} is no end of a relation; write `application` or `application:endpoint`"
        ));
        return None;
    }
    Some(EndpointRef { application: application.to_owned(), endpoint: endpoint.map(ToOwned::to_owned) })
}

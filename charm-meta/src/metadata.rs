//! A charm's metadata as a whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::action::Action;
use crate::assumption::Assumption;
use crate::config::ConfigOption;
use crate::container::Container;
use crate::device::Device;
use crate::endpoint::{Endpoint, Role};
use crate::field::{Field, Report};
use crate::grammar::is_application;
use crate::problem::Problem;
use crate::resource::Resource;
use crate::storage::Storage;
use crate::suggest::hint;
use crate::term;
use crate::yaml::Node;

/// What charmcraft.yaml says about a charm, as far as Juju and the charm's own code care.
///
/// How the charm is built (`platforms`, `parts`, `base`…) is left to charmcraft and not looked at.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Metadata {
    /// The charm's name, which is also its application's unless an operator chooses another.
    pub name: String,
    /// The name for people.
    pub title: Option<String>,
    /// One line about the charm.
    pub summary: String,
    /// All about the charm.
    pub description: String,
    /// Whether it lives beside the units of another application.
    pub subordinate: bool,
    /// Provided, required and peer endpoints; their names are unique across the three.
    pub endpoints: BTreeMap<String, Endpoint>,
    /// Workload containers; only on Kubernetes.
    pub containers: BTreeMap<String, Container>,
    /// Storages.
    pub storages: BTreeMap<String, Storage>,
    /// Resources.
    pub resources: BTreeMap<String, Resource>,
    /// Devices; only on Kubernetes.
    pub devices: BTreeMap<String, Device>,
    /// Network bindings beside those that every endpoint has.
    pub extra_bindings: BTreeSet<String>,
    /// Actions.
    pub actions: BTreeMap<String, Action>,
    /// Configuration options.
    pub config: BTreeMap<String, ConfigOption>,
    /// What Juju must offer; all of it.
    pub assumes: Vec<Assumption>,
    /// The user as which the charm runs on Kubernetes; nothing leaves it to Juju.
    pub charm_user: Option<CharmUser>,
    /// Terms that must be agreed to.
    pub terms: Vec<String>,
}

/// The user as which a charm runs, on Kubernetes. Juju 3.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum CharmUser {
    /// The superuser.
    Root,
    /// An ordinary user that may become superuser.
    Sudoer,
    /// An ordinary user.
    NonRoot,
}

/// The keys that charmcraft takes at the top; all others it refuses.
const KEYS: &[&str] = &[
    "actions",
    "adopt-info",
    "analysis",
    "assumes",
    "base",
    "bases",
    "build-base",
    "charm-libs",
    "charm-user",
    "charmhub",
    "config",
    "containers",
    "description",
    "devices",
    "extensions",
    "extra-bindings",
    "links",
    "name",
    "package-repositories",
    "parts",
    "peers",
    "platforms",
    "provides",
    "requires",
    "resources",
    "storage",
    "subordinate",
    "summary",
    "terms",
    "title",
    "type",
];

/// Keys of metadata.yaml that charmcraft.yaml knows by another name or not at all, with what to do.
const MOVED: &[(&str, &str)] = &[
    ("display-name", "write `title`"),
    ("docs", "write `links.documentation`"),
    ("issues", "write `links.issues`"),
    ("maintainer", "write `links.contact`"),
    ("maintainers", "write `links.contact`"),
    ("min-juju-version", "write `assumes: [juju >= …]`"),
    ("options", "write it below `config`"),
    ("payloads", "drop it: Juju 4 has no payloads"),
    ("series", "write `platforms`"),
    ("source", "write `links.source`"),
    ("tags", "drop it: Charmhub keeps them"),
    ("website", "write `links.website`"),
];

impl Metadata {
    /// Reads a charmcraft.yaml.
    ///
    /// It obeys Juju's rules (3.6 and 4) and charmcraft's for the keys at the top. On error it tells
    /// everything that is wrong at once, from top to bottom; a text that is no YAML has no more than where it
    /// breaks, and duplicate keys.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let node = Node::parse(text)?;
        let report = Report::default();
        let read = Self::read(&Field::root(&node, &report));
        report.finish(read)
    }

    fn read(root: &Field<'_>) -> Option<Self> {
        check_keys(root);
        if !root.is_map() {
            return None;
        }
        let mut metadata = Self {
            name: read_name(root),
            title: read_between(root, "title", 2, 40),
            summary: required(root, "summary", "one line about the charm"),
            description: required(root, "description", "what the charm does and for whom"),
            subordinate: root.get_some("subordinate").and_then(|value| value.boolean()).unwrap_or_default(),
            storages: read_map(root, "storage", Storage::read),
            resources: read_map(root, "resources", Resource::read),
            devices: read_map(root, "devices", Device::read),
            actions: read_map(root, "actions", |action| Some(Action::read(action))),
            config: read_config(root),
            assumes: root.get_some("assumes").map(|list| Assumption::read_all(&list)).unwrap_or_default(),
            charm_user: root.get_some("charm-user").and_then(|user| user.choice(CHARM_USERS)),
            terms: root.items_of("terms").iter().filter_map(term::read).collect(),
            ..Self::default()
        };
        read_between(root, "summary", 0, 200);
        metadata.containers = read_map(root, "containers", |container| {
            Some(Container::read(container, root, &metadata.resources))
        });
        metadata.read_endpoints(root);
        metadata.read_extra_bindings(root);
        Some(metadata)
    }

    fn read_endpoints(&mut self, root: &Field<'_>) {
        // In the order of the file, so that of two endpoints with one name the lower one is complained of.
        for section in root.entries() {
            let Some(role) = Role::ALL.into_iter().find(|role| role.key() == section.name()) else {
                continue;
            };
            for field in root.entries_of(role.key()) {
                if let Some(earlier) = self.endpoints.get(field.name()) {
                    let key = earlier.role.key();
                    field.complain_of_key(format!(
                        "`{}` stands below `{key}` already, and endpoints share one set of names; rename one",
                        field.name()
                    ));
                } else if let Some(endpoint) = Endpoint::read(&field, role) {
                    endpoint.check_reserved(&field, &self.name, self.subordinate);
                    self.endpoints.insert(field.name().to_owned(), endpoint);
                }
            }
        }
        // A scope that is written wrongly is complained of already.
        let attaches =
            |field: &Field<'_>| field.get("scope").is_some_and(|scope| scope.as_text() != Some("global"));
        if self.subordinate && !root.entries_of("requires").iter().any(attaches) {
            root.nearest("subordinate").complain_of_key(
                "a subordinate needs an endpoint to its principal: one below `requires` with `scope: container`, \
                 such as `juju-info: {interface: juju-info, scope: container}`",
            );
        }
    }

    fn read_extra_bindings(&mut self, root: &Field<'_>) {
        let Some(bindings) = root.get_some("extra-bindings") else { return };
        let entries = bindings.entries();
        if entries.is_empty() && bindings.is_map() {
            bindings.complain("there is no binding here; add one as `name:`, or drop the key");
        }
        for binding in entries {
            if !binding.is_null() {
                binding.complain(format!("a binding is a name alone; write `{}:`", binding.name()));
            }
            if binding.name().is_empty() {
                binding.complain_of_key("a binding needs a name");
            } else if self.endpoints.contains_key(binding.name()) {
                binding.complain_of_key(format!(
                    "the endpoint `{}` is a binding by itself; drop this one",
                    binding.name()
                ));
            }
            self.extra_bindings.insert(binding.name().to_owned());
        }
    }
}

const CHARM_USERS: &[(&str, CharmUser)] =
    &[("root", CharmUser::Root), ("sudoer", CharmUser::Sudoer), ("non-root", CharmUser::NonRoot)];

fn check_keys(root: &Field<'_>) {
    for field in root.entries() {
        let name = field.name();
        if KEYS.contains(&name) {
            continue;
        }
        let advice = MOVED
            .iter()
            .find(|(moved, _)| *moved == name)
            .map_or_else(|| hint(name, KEYS.iter().copied()), |(_, advice)| format!("; {advice}"));
        field.complain_of_key(format!("charmcraft knows no such key and refuses the file{advice}"));
    }
    if let Some(kind) = root.get("type") {
        kind.choice(&[("charm", ())]);
    }
}

fn read_name(root: &Field<'_>) -> String {
    let name = required(root, "name", "the charm's name");
    if let Some(field) = root.get("name")
        && field.as_text().is_some()
        && (!is_application(&name) || name.len() > 40)
    {
        field.complain(format!(
            "{name:?} is no charm's name; use up to 40 of a-z, 0-9 and single hyphens, a letter first and one after each hyphen"
        ));
    }
    name
}

fn required(root: &Field<'_>, key: &str, what: &str) -> String {
    if let Some(field) = root.get(key) {
        field.text().unwrap_or_default()
    } else {
        root.complain_of_missing(key, format!("Juju refuses a charm without it; add `{key}: …`, {what}"));
        String::new()
    }
}

/// A text with bounds on its length, in characters.
fn read_between(root: &Field<'_>, key: &str, least: usize, most: usize) -> Option<String> {
    let field = root.get_some(key)?;
    let text = field.text()?;
    let length = text.chars().count();
    if !(least..=most).contains(&length) {
        field
            .complain(format!("charmcraft takes {least} to {most} characters here, not {length}; reword it"));
    }
    Some(text)
}

fn read_map<T>(root: &Field<'_>, key: &str, read: impl Fn(&Field<'_>) -> Option<T>) -> BTreeMap<String, T> {
    root.entries_of(key).iter().filter_map(|field| Some((field.name().to_owned(), read(field)?))).collect()
}

fn read_config(root: &Field<'_>) -> BTreeMap<String, ConfigOption> {
    let Some(config) = root.get_some("config") else { return BTreeMap::new() };
    let is_empty = config.entries().is_empty();
    if config.is_map() && !is_empty && config.get("options").is_none() {
        config.complain_of_key("the options stand one level deeper; put them below `config.options`");
    }
    read_map(&config, "options", ConfigOption::read)
}

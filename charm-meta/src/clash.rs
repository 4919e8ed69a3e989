//! Names that Juju tells apart and Rust does not.

use std::collections::BTreeMap;
use std::fmt;

use crate::metadata::Metadata;
use crate::name::{field_name, type_name};

/// Two of Juju's names that become one of Rust's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What both are: `endpoint`, `option`, ``parameter of the action `rotate` ``…
    pub kind: String,
    /// The one.
    pub a: String,
    /// The other; sorted behind the one.
    pub b: String,
    /// What both become.
    pub rust: String,
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, a, b, rust } = self;
        write!(f, "{kind}: `{a}` and `{b}` would both be `{rust}` in Rust; rename one")
    }
}

impl Metadata {
    /// Every pair of names of one kind that Rust can't tell apart, such as the endpoints `a-b` and `a_b`.
    ///
    /// Endpoints, bindings, containers, storages, resources, devices and actions are compared as types and as
    /// fields, options and parameters as fields only.
    pub fn clashes(&self) -> Vec<Clash> {
        let both: &[fn(&str) -> String] = &[type_name, field_name];
        let field: &[fn(&str) -> String] = &[field_name];
        let mut clashes = Vec::new();
        let mut add = |kind: &str, names: Vec<&String>, rules: &[fn(&str) -> String]| {
            clashes.extend(find(kind, &names, rules));
        };
        add("endpoint", self.endpoints.keys().collect(), both);
        add("extra binding", self.extra_bindings.iter().collect(), both);
        add("container", self.containers.keys().collect(), both);
        add("storage", self.storages.keys().collect(), both);
        add("resource", self.resources.keys().collect(), both);
        add("device", self.devices.keys().collect(), both);
        add("action", self.actions.keys().collect(), both);
        add("option", self.config.keys().collect(), field);
        for (name, action) in &self.actions {
            add(&format!("parameter of the action `{name}`"), action.params.keys().collect(), field);
        }
        clashes
    }
}

/// The names come sorted, so the first to take a Rust name is the lesser of the two.
fn find(kind: &str, names: &[&String], rules: &[fn(&str) -> String]) -> Vec<Clash> {
    let mut clashes = Vec::<Clash>::new();
    for rule in rules {
        let mut taken = BTreeMap::<String, &str>::new();
        for name in names {
            let rust = rule(name);
            if let Some(first) = taken.get(&rust) {
                if !clashes.iter().any(|clash| clash.a == *first && clash.b == **name) {
                    let (a, b) = ((*first).to_owned(), (*name).clone());
                    clashes.push(Clash { kind: kind.to_owned(), a, b, rust });
                }
            } else {
                taken.insert(rust, name);
            }
        }
    }
    clashes
}

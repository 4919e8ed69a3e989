//! Names that Juju tells apart and Rust does not.

use std::collections::BTreeMap;
use std::fmt;

use crate::metadata::Metadata;
use crate::name::{field_name, parameter_type, type_name, variant_name};
use crate::parameter::{Others, ParameterType, Parameters};

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
    /// fields, options and parameters as fields only; what types are made of parameters is compared with actions, and
    /// the values of an `enum` with each other.
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
        let mut types = Types::default();
        for name in self.actions.keys() {
            types.add(type_name(name), format!("action {name}"));
        }
        for (name, action) in &self.actions {
            let parameters = action.parameters();
            if !parameters.is_empty() {
                types.add(parameter_type(name, &[]), format!("all parameters of {name}"));
                types.read(name, &mut Vec::new(), &parameters);
            }
        }
        clashes.extend(types.clashes);
        clashes
    }
}

/// What actions and their parameters become in the module `action`.
#[derive(Default)]
struct Types {
    taken: BTreeMap<String, String>,
    clashes: Vec<Clash>,
}

impl Types {
    fn add(&mut self, rust: String, what: String) {
        match self.taken.get(&rust) {
            // Of two actions it is told already.
            Some(first) if first.starts_with("action ") && what.starts_with("action ") => {}
            Some(first) => {
                let kind = "type in the module `action`".to_owned();
                self.clashes.push(Clash { kind, a: first.clone(), b: what, rust });
            }
            None => {
                self.taken.insert(rust, what);
            }
        }
    }

    fn read<'p>(&mut self, action: &str, path: &mut Vec<&'p str>, parameters: &'p Parameters) {
        let of = if path.is_empty() { String::new() } else { format!("`{}` of ", path.join(".")) };
        let kind = format!("parameter of {of}the action `{action}`");
        let names: Vec<&String> = parameters.declared.iter().map(|parameter| &parameter.name).collect();
        self.clashes.extend(find(&kind, &names, &[field_name]));
        for parameter in &parameters.declared {
            path.push(&parameter.name);
            self.read_type(action, path, &parameter.kind);
            path.pop();
        }
        if let Others::Kept(others) = &parameters.others {
            if let Some(name) = names.iter().find(|name| field_name(name) == OTHERS) {
                let (a, b) = ((*name).clone(), "additionalProperties".to_owned());
                self.clashes.push(Clash { kind, a, b, rust: OTHERS.to_owned() });
            }
            path.push(OTHERS);
            self.read_type(action, path, others);
            path.pop();
        }
    }

    fn read_type<'p>(&mut self, action: &str, path: &mut Vec<&'p str>, kind: &'p ParameterType) {
        let shown = path.join(".");
        if let Some(values) = kind.choice() {
            let values: Vec<&String> = values.iter().collect();
            let kind = format!("value of the parameter `{shown}` of the action `{action}`");
            self.clashes.extend(find(&kind, &values, &[variant_name]));
        }
        if kind.choice().is_some() || kind.object().is_some() {
            self.add(parameter_type(action, path), format!("parameter {shown} of {action}"));
        }
        if let Some(parameters) = kind.object() {
            self.read(action, path, parameters);
        }
    }
}

/// The field for what `additionalProperties` lets through.
const OTHERS: &str = "additional";

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

//! Changes, in words that a reader of the report understands.

use std::collections::BTreeMap;

use charm_testing::model::{Actor, Fact, RelationId, Subject};
use serde::Serialize;

/// The longest value that is shown whole, in characters.
const MAX_VALUE: usize = 400;

/// A change as the report shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Change {
    /// `status`, `databag` and so on, by which the page groups changes.
    pub(super) kind: &'static str,
    /// `operator`, `juju` or `charm`.
    pub(super) by: &'static str,
    /// What has changed: a unit, an option, a databag.
    pub(super) what: String,
    /// Which key of it, for databags and options.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) key: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// The ends of all relations that there ever were: most changes are told when their relation is long gone.
pub(super) type Ends = BTreeMap<RelationId, String>;

impl Change {
    pub(super) fn of(ends: &Ends, by: Actor, fact: &Fact, old: Option<&str>, new: Option<&str>) -> Self {
        let (kind, what, key) = subject(ends, fact);
        let by = match by {
            Actor::Operator => "operator",
            Actor::Juju => "juju",
            Actor::Charm => "charm",
        };
        let [old, new] = [old, new].map(|value| value.map(|value| shortened(value, MAX_VALUE)));
        Self { kind, by, what, key, old, new }
    }
}

/// A text cut to so many characters, saying so.
pub(super) fn shortened(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
    }
}

fn subject(ends: &Ends, fact: &Fact) -> (&'static str, String, String) {
    let plain = |kind, what: String| (kind, what, String::new());
    let relation = |id: RelationId| match ends.get(&id) {
        Some(ends) => format!("relation {id} ({ends})"),
        None => format!("relation {id}"),
    };
    match fact {
        Fact::Application(name) => plain("application", name.clone()),
        Fact::CharmRevision(name) => plain("charm", name.clone()),
        Fact::Relation(id) => plain("relation", relation(*id)),
        Fact::Option(application, key) => ("option", application.clone(), key.clone()),
        Fact::Unit(unit) => plain("unit", unit.to_string()),
        Fact::Leader(name) => plain("leader", name.clone()),
        Fact::UnitStatus(unit) => plain("status", unit.to_string()),
        Fact::ApplicationStatus(name) => plain("status", name.clone()),
        Fact::WorkloadVersion(name) => plain("version", name.clone()),
        Fact::UnitData(id, unit, key) => ("databag", format!("{unit} in {}", relation(*id)), key.clone()),
        Fact::ApplicationData(id, name, key) => {
            ("databag", format!("{name} in {}", relation(*id)), key.clone())
        }
        Fact::Port(unit, range) => plain("port", format!("{range} of {unit}")),
        Fact::Secret(id) => plain("secret", id.to_string()),
        Fact::SecretRevision(id, revision) => plain("secret", format!("{id}, revision {revision}")),
        Fact::Grant(id, subject) => plain("secret", format!("{id} for {}", reader(subject))),
        Fact::Storage(id) => plain("storage", id.to_string()),
        Fact::Action(id) => plain("action", format!("action {id}")),
    }
}

fn reader(subject: &Subject) -> String {
    match subject {
        Subject::Application(name) => name.clone(),
        Subject::Unit(unit) => unit.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_between_characters() {
        assert_eq!(shortened("äöü", 3), "äöü");
        assert_eq!(shortened("äöüß", 3), "äöü… (4 characters)");
    }
}

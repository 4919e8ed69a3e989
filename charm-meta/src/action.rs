//! Actions: what an operator can ask a unit to do.

use serde_json::{Map, Value as Json};

use crate::endpoint::is_reserved;
use crate::field::Field;
use crate::grammar::is_action;
use crate::schema;
use crate::yaml::Value;

/// An action.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Action {
    /// For people.
    pub description: Option<String>,
    /// A short name for people.
    pub title: Option<String>,
    /// The parameters: a JSON schema (draft 4) for each.
    pub params: Map<String, Json>,
    /// The parameters that must be given.
    pub required: Vec<String>,
    /// Whether parameters that are not declared are let through; Juju 3 lets them through if nothing is said.
    pub additional_properties: Option<bool>,
    /// Whether Juju may run it beside other actions of the same machine.
    pub parallel: bool,
    /// Actions of one group never run beside each other on a machine, parallel or not.
    pub execution_group: Option<String>,
    /// Every other key, which is part of the schema of the parameters as a whole: `minProperties`, `anyOf`…
    pub constraints: Map<String, Json>,
}

/// What is not part of the JSON schema as it stands.
const KEYS: &[&str] =
    &["description", "title", "params", "required", "additionalProperties", "parallel", "execution-group"];

impl Action {
    pub(crate) fn read(field: &Field<'_>) -> Self {
        check_name(field);
        let mut action = Self::default();
        // A name alone is an action without parameters.
        if field.is_null() {
            return action;
        }
        refuse_references(field);
        let text = |key| field.get(key).and_then(|text: Field<'_>| text.text());
        action.description = text("description");
        action.title = text("title");
        action.execution_group = text("execution-group");
        if let Some(params) = field.get("params") {
            for param in params.entries() {
                schema::check(&param);
                action.params.insert(param.name().to_owned(), param.node().to_json());
            }
        }
        if let Some(required) = field.get("required") {
            action.required = required.items().iter().filter_map(Field::text).collect();
        }
        if let Some(parallel) = field.get("parallel") {
            match parallel.node().value {
                Value::Bool(value) => action.parallel = value,
                _ => parallel.complain(format!("must be true or false, not {}", parallel.node().describe())),
            }
        }
        if let Some(additional) = field.get("additionalProperties")
            && let Value::Bool(value) = additional.node().value
        {
            action.additional_properties = Some(value);
        }
        action.read_constraints(field);
        action
    }

    fn read_constraints(&mut self, field: &Field<'_>) {
        let known = |name: &str| KEYS.contains(&name) && name != "additionalProperties";
        for constraint in field.entries().iter().filter(|field| !known(field.name())) {
            if !schema::is_keyword(constraint.name()) {
                let hint = crate::suggest::hint(constraint.name(), KEYS.iter().copied());
                if !hint.is_empty() {
                    constraint.complain_of_key(format!("an action has no such key{hint}"));
                }
            }
            schema::check_keyword(constraint);
            if !matches!(constraint.node().value, Value::Bool(_))
                || constraint.name() != "additionalProperties"
            {
                self.constraints.insert(constraint.name().to_owned(), constraint.node().to_json());
            }
        }
    }

    /// The JSON schema (draft 4) that Juju checks the parameters against.
    pub fn schema(&self) -> Json {
        let mut schema = self.constraints.clone();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), Json::Object(self.params.clone()));
        if let Some(title) = &self.title {
            schema.insert("title".to_owned(), title.as_str().into());
        }
        schema
            .insert("description".to_owned(), self.description.as_deref().unwrap_or("No description").into());
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), self.required.clone().into());
        }
        if let Some(additional) = self.additional_properties {
            schema.insert("additionalProperties".to_owned(), additional.into());
        }
        Json::Object(schema)
    }
}

fn check_name(field: &Field<'_>) {
    let name = field.name();
    if !is_action(name) {
        let hint = if is_action(&name.to_lowercase().replace('_', "-")) {
            format!("write `{}`", name.to_lowercase().replace('_', "-"))
        } else {
            "choose another name".to_owned()
        };
        field.complain_of_key(format!(
            "Juju refuses the action `{name}`: only a-z, 0-9 and inner hyphens may stand in its name; {hint}"
        ));
    } else if is_reserved(name) {
        field.complain_of_key(
            "Juju keeps `juju` and names that start with `juju-` for itself; choose another name",
        );
    }
}

/// Juju takes no schema that points elsewhere, wherever in the action the pointer stands.
fn refuse_references(field: &Field<'_>) {
    match &field.node().value {
        Value::Map(_) => {
            for inner in field.entries() {
                if matches!(inner.name(), "$ref" | "$schema") {
                    inner.complain_of_key(format!(
                        "Juju refuses `{}` in an action; write the schema out",
                        inner.name()
                    ));
                }
                refuse_references(&inner);
            }
        }
        Value::List(_) => field.items().iter().for_each(refuse_references),
        _ => {}
    }
}

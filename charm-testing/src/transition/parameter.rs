//! Whether an action is given what its schema lets through.

use charm_meta::Action;
use serde_json::{Map, Value};

use super::consistency::one_of;

/// Everything for which Juju would refuse to run the action, as far as it is looked at here: names, types, `enum`, and
/// what is required, in nested objects and lists too. For other keywords nothing is refused.
pub(crate) fn problems(action: &str, declared: &Action, given: &Map<String, Value>) -> Vec<String> {
    let mut check = Check { action, problems: Vec::new() };
    for (name, value) in given {
        match declared.params.get(name) {
            Some(schema) => check.value(schema, name, value),
            // Juju 3 lets it through where nothing is said, and Juju 4 doesn't.
            None if declared.additional_properties == Some(true) => {}
            None => check.undeclared(name, name, declared.params.keys()),
        }
    }
    for name in declared.required.iter().filter(|name| !given.contains_key(*name)) {
        check.problems.push(format!(
            "the action `{action}` needs the parameter `{name}`: add `.param(\"{name}\", ..)`"
        ));
    }
    check.problems
}

struct Check<'a> {
    action: &'a str,
    problems: Vec<String>,
}

impl Check<'_> {
    fn undeclared<'k>(&mut self, path: &str, name: &str, known: impl Iterator<Item = &'k String> + Clone) {
        let (action, known) = (self.action, one_of(name, known.map(String::as_str)));
        self.problems.push(format!("the action `{action}` has no parameter `{path}`{known}"));
    }

    fn wrong(&mut self, path: &str, value: &Value, expected: &str) {
        let action = self.action;
        self.problems.push(format!(
            "the parameter `{path}` of the action `{action}` is {expected}, and {value} is not"
        ));
    }

    fn value(&mut self, schema: &Value, path: &str, value: &Value) {
        let kinds: Vec<&str> = match schema.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            kind => kind.and_then(Value::as_str).into_iter().collect(),
        };
        if !kinds.is_empty() && !kinds.iter().any(|kind| is_of(kind, value)) {
            return self.wrong(path, value, &format!("of type {}", kinds.join(" or ")));
        }
        if let Some(Value::Array(choices)) = schema.get("enum")
            && !choices.contains(value)
        {
            let choices: Vec<String> = choices.iter().map(Value::to_string).collect();
            return self.wrong(path, value, &format!("one of {}", choices.join(", ")));
        }
        match value {
            Value::Object(given) => self.object(schema, path, given),
            Value::Array(items) => {
                // A list of schemas is one for each place.
                let Some(of_items @ Value::Object(_)) = schema.get("items") else { return };
                for (index, item) in items.iter().enumerate() {
                    self.value(of_items, &format!("{path}[{index}]"), item);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, schema: &Value, path: &str, given: &Map<String, Value>) {
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        for (name, value) in given {
            let path = format!("{path}.{name}");
            match (properties.get(name), schema.get("additionalProperties")) {
                (Some(schema), _) | (None, Some(schema @ Value::Object(_))) => {
                    self.value(schema, &path, value);
                }
                // A pattern may declare it.
                (None, Some(Value::Bool(false))) if schema.get("patternProperties").is_none() => {
                    self.undeclared(&path, name, properties.keys());
                }
                _ => {}
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        for name in required.filter_map(Value::as_str).filter(|name| !given.contains_key(*name)) {
            let action = self.action;
            self.problems.push(format!("the action `{action}` needs the parameter `{path}.{name}`"));
        }
    }
}

fn is_of(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|value| value.fract() == 0.0)
        }
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        // Juju's schemas know no others.
        _ => true,
    }
}

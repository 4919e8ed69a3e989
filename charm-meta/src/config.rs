//! Configuration options.

use std::fmt;

use crate::field::{Field, parse_boolean};
use crate::yaml::Value;

/// The type of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum OptionKind {
    /// Any text.
    String,
    /// A whole number of 64 bits.
    Int,
    /// A number.
    Float,
    /// True or false.
    Boolean,
    /// The URI of a user's secret.
    Secret,
}

/// A value of an option.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ConfigValue {
    /// Of a string, or the URI of a secret.
    String(String),
    /// Of an int.
    Int(i64),
    /// Of a float.
    Float(f64),
    /// Of a boolean.
    Boolean(bool),
}

impl From<&str> for ConfigValue {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for ConfigValue {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<i32> for ConfigValue {
    fn from(value: i32) -> Self {
        Self::Int(value.into())
    }
}

impl From<i64> for ConfigValue {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<f64> for ConfigValue {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<bool> for ConfigValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

/// As `config-get` without `--format` prints it.
impl fmt::Display for ConfigValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(value) => f.write_str(value),
            Self::Int(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Boolean(value) => f.write_str(if *value { "True" } else { "False" }),
        }
    }
}

/// A configuration option.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ConfigOption {
    /// Its type.
    pub kind: OptionKind,
    /// Its value until an operator sets another; without one it is not set at all.
    pub default: Option<ConfigValue>,
    /// For people.
    pub description: Option<String>,
}

const KINDS: &[(&str, OptionKind)] = &[
    ("string", OptionKind::String),
    ("int", OptionKind::Int),
    ("float", OptionKind::Float),
    ("boolean", OptionKind::Boolean),
    ("secret", OptionKind::Secret),
];

impl OptionKind {
    /// Juju's name: `string`, `int`, `float`, `boolean`, `secret`.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Int => "int",
            Self::Float => "float",
            Self::Boolean => "boolean",
            Self::Secret => "secret",
        }
    }
}

impl ConfigOption {
    pub(crate) fn read(field: &Field<'_>) -> Option<Self> {
        check_name(field);
        field.check_slips(&["type", "default", "description"]);
        // No type at all is a string: Juju still takes it so.
        let kind = field.get_some("type").map_or(Some(OptionKind::String), |kind| kind.choice(KINDS))?;
        Some(Self {
            kind,
            default: field.get_some("default").and_then(|default| read_default(&default, kind)),
            description: field.get_some("description").and_then(|text| text.text()),
        })
    }
}

/// The database behind Juju has no place for these names.
fn check_name(field: &Field<'_>) {
    let name = field.name();
    if name.is_empty() || name.starts_with('$') || name.contains('.') {
        field.complain_of_key(
            "an option's name is not empty, does not start with `$` and holds no `.`; choose another",
        );
    }
}

/// The value as Juju would take it. A quoted boolean or whole number is one; a whole number is no float.
fn read_default(field: &Field<'_>, kind: OptionKind) -> Option<ConfigValue> {
    let value = match (kind, &field.node().value) {
        (OptionKind::String, Value::String(text)) => Some(ConfigValue::String(text.clone())),
        (OptionKind::Secret, Value::String(uri)) if uri.is_empty() || uri.starts_with("secret:") => {
            Some(ConfigValue::String(uri.clone()))
        }
        (OptionKind::Int, Value::Int(number)) => Some(ConfigValue::Int(*number)),
        (OptionKind::Int, Value::String(text)) => text.parse().ok().map(ConfigValue::Int),
        (OptionKind::Float, Value::Float(number)) => Some(ConfigValue::Float(*number)),
        (OptionKind::Boolean, Value::Bool(value)) => Some(ConfigValue::Boolean(*value)),
        (OptionKind::Boolean, Value::String(text)) => parse_boolean(text).map(ConfigValue::Boolean),
        _ => None,
    };
    if value.is_none() {
        let advice = match (kind, &field.node().value) {
            (OptionKind::String, Value::Bool(_) | Value::Int(_) | Value::Float(_)) => {
                "; put it in quotes".to_owned()
            }
            (OptionKind::Float, Value::Int(number)) => format!("; write {number}.0"),
            (OptionKind::Secret, _) => "; it is empty or the URI of a secret, `secret:…`".to_owned(),
            _ => "; give a fitting value, or change the type".to_owned(),
        };
        let what = field.node().describe();
        field.complain(format!("the default of an option of type {} may not be {what}{advice}", kind.name()));
    }
    value
}

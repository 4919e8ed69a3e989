//! What hook commands answer, before it is formatted.

use std::collections::BTreeMap;

use crate::model::Moment;

/// A value with the distinctions that Juju's formats make: a list of texts from any other, a map from a record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// A number that Juju's agent has made itself.
    Int(i64),
    /// Numbers of configuration and of actions: they come to Juju's agent as JSON, so they are all floats there.
    Float(f64),
    Text(String),
    /// A text that is no UTF-8: JSON shows what of it is, YAML has it in base64.
    Bytes(Vec<u8>),
    Time(Moment),
    Texts(Vec<String>),
    List(Vec<Value>),
    /// Sorted by key when printed.
    Map(BTreeMap<String, Value>),
    /// Printed in the order given.
    Record(Vec<(&'static str, Value)>),
}

impl Value {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A text, or what ought to be one.
    pub(crate) fn bytes(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(|error| Self::Bytes(error.into_bytes()), Self::Text)
    }

    pub(crate) fn texts<T: ToString>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Texts(texts.into_iter().map(|text| text.to_string()).collect())
    }

    pub(crate) fn map(content: BTreeMap<String, String>) -> Self {
        Self::Map(content.into_iter().map(|(key, value)| (key, Self::Text(value))).collect())
    }

    /// A JSON value as Juju's agent gets it.
    pub(crate) fn from_json(json: &serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(*value),
            serde_json::Value::Number(number) => Self::Float(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Self::text(text),
            serde_json::Value::Array(items) => Self::List(items.iter().map(Self::from_json).collect()),
            serde_json::Value::Object(map) => {
                Self::Map(map.iter().map(|(key, value)| (key.clone(), Self::from_json(value))).collect())
            }
        }
    }
}

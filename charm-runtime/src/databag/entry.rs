//! One entry of a databag: a key, and its value as JSON or as plain text.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::Serialize;
use serde_json::Value;

use crate::error::shape;

/// What a type writes to a databag: a value for each of its keys, `None` for one that is to be absent.
pub type Entries = BTreeMap<String, Option<String>>;

/// What is wrong with one entry of a databag. It names the key and never holds the value, which may be a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryError {
    key: String,
    /// None where the key is absent.
    problem: Option<String>,
}

impl EntryError {
    /// A key that the type needs is absent: the other side has not written it yet.
    pub fn missing(key: impl Into<String>) -> Self {
        Self { key: key.into(), problem: None }
    }

    /// The value can't be read, or not be written. `problem` is shown to operators and must not quote the value.
    pub fn invalid(key: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { key: key.into(), problem: Some(problem.into()) }
    }

    /// The key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether the key is absent, which is no mistake: it may come.
    pub fn is_missing(&self) -> bool {
        self.problem.is_none()
    }

    pub(crate) fn problem(&self) -> &str {
        self.problem.as_deref().unwrap_or("it is not there")
    }
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "databag key `{}`: {}", self.key, self.problem())
    }
}

impl std::error::Error for EntryError {}

/// A value that is JSON: of a field without `raw`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no form in JSON",
    label = "the databag's value would be JSON",
    note = "derive `serde::Serialize` and `serde::Deserialize` for it; or mark the field with `#[databag(raw)]`, which takes `Display` and `FromStr`"
)]
pub trait JsonValue: Sized {
    /// The value. `None` where the key is absent and the type has nothing for that; `null` counts as absent, as Python
    /// charms write what they don't have.
    fn read(entries: &BTreeMap<String, String>, key: &str) -> Result<Option<Self>, EntryError>;

    /// The value in its one form; `None` for what is `null`.
    fn write(&self, key: &str) -> Result<Option<String>, EntryError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> JsonValue for T {
    fn read(entries: &BTreeMap<String, String>, key: &str) -> Result<Option<Self>, EntryError> {
        match entries.get(key).map(String::as_str) {
            None | Some("null") => Ok(serde_json::from_value(Value::Null).ok()),
            Some(text) => match serde_json::from_str(text) {
                Ok(value) => Ok(Some(value)),
                Err(error) => Err(EntryError::invalid(key, shape(&error))),
            },
        }
    }

    fn write(&self, key: &str) -> Result<Option<String>, EntryError> {
        let Ok(value) = serde_json::to_value(self) else {
            let problem = "it has no form in JSON: a map's keys must be strings or numbers, and numbers have at most 64 bits";
            return Err(EntryError::invalid(key, problem));
        };
        // Without an error, `null` is also what becomes of a number that JSON doesn't have.
        if has_null(&value) && T::deserialize(&value).is_err() {
            let problem = "in JSON it is `null`, or holds one, where its type can't be read from it again; NaN and infinity have no form there";
            return Err(EntryError::invalid(key, problem));
        }
        if value.is_null() {
            return Ok(None);
        }
        let mut text = String::new();
        canonical(&mut text, &value);
        Ok(Some(text))
    }
}

/// A value that is plain text: of a field with `raw`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no form as plain text",
    label = "with `raw` the databag's value is plain text",
    note = "implement `Display` and `FromStr` for it; or leave `raw` off, and the value is JSON"
)]
pub trait RawValue: Sized {
    /// The value; `None` where the key is absent.
    fn read(entries: &BTreeMap<String, String>, key: &str) -> Result<Option<Self>, EntryError>;

    /// The value as text. An empty one is none to Juju: that reads back equal only if it is the default.
    fn write(&self, default: Option<&Self>) -> Option<String>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr + fmt::Display> RawValue for T {
    fn read(entries: &BTreeMap<String, String>, key: &str) -> Result<Option<Self>, EntryError> {
        match entries.get(key).map(|text| text.parse()) {
            None => Ok(None),
            Some(Ok(value)) => Ok(Some(value)),
            // What a type's own error says may quote the value.
            Some(Err(_)) => {
                let wanted = std::any::type_name::<T>();
                Err(EntryError::invalid(key, format!("it can't be read as `{wanted}`")))
            }
        }
    }

    fn write(&self, default: Option<&Self>) -> Option<String> {
        let text = self.to_string();
        let is_default = text.is_empty() && default.is_some_and(|default| default.to_string().is_empty());
        (!is_default).then_some(text)
    }
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.iter().any(has_null),
        Value::Object(map) => map.values().any(has_null),
        _ => false,
    }
}

/// Sorted here: whether serde_json's own maps are depends on a feature that any crate of the charm's may turn on.
fn canonical(out: &mut String, value: &Value) {
    match value {
        Value::Array(values) => {
            out.push('[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                canonical(out, value);
            }
            out.push(']');
        }
        Value::Object(map) => {
            let sorted: BTreeMap<&String, &Value> = map.iter().collect();
            out.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&Value::String(key.clone()).to_string());
                out.push(':');
                canonical(out, value);
            }
            out.push('}');
        }
        scalar => out.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn entries(key: &str, value: &str) -> BTreeMap<String, String> {
        [(key.to_owned(), value.to_owned())].into()
    }

    #[test]
    fn a_map_without_order_is_written_in_one_way() {
        let keys: Vec<String> = (0..40).map(|number| format!("k{number:02}")).collect();
        let map: HashMap<&str, Vec<f64>> = keys.iter().map(|key| (key.as_str(), vec![1.5, 1e6])).collect();
        let values: Vec<String> = keys.iter().map(|key| format!("\"{key}\":[1.5,1000000.0]")).collect();
        let map: HashMap<String, Vec<f64>> = map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        assert_eq!(JsonValue::write(&map, "m"), Ok(Some(format!("{{{}}}", values.join(",")))));
    }

    #[test]
    fn null_is_absent_both_ways() {
        assert_eq!(JsonValue::write(&None::<u8>, "k"), Ok(None));
        assert_eq!(<Option<u8> as JsonValue>::read(&BTreeMap::new(), "k"), Ok(Some(None)));
        assert_eq!(<Option<u8> as JsonValue>::read(&entries("k", "null"), "k"), Ok(Some(None)));
        assert_eq!(<u8 as JsonValue>::read(&BTreeMap::new(), "k"), Ok(None));
        assert_eq!(<u8 as JsonValue>::read(&entries("k", "null"), "k"), Ok(None));
    }

    #[test]
    fn what_json_cannot_hold_is_an_error_and_not_an_absent_key() {
        let error = JsonValue::write(&f64::NAN, "load").unwrap_err();
        assert!(error.key() == "load" && error.to_string().contains("NaN"), "{error}");
        // What stands deeper would be written, and nobody could read it.
        for deeper in [vec![vec![1.0], vec![f64::INFINITY]], vec![vec![f64::NAN]]] {
            let error = JsonValue::write(&deeper, "load").unwrap_err();
            assert!(error.key() == "load" && error.to_string().contains("infinity"), "{error}");
        }
        assert_eq!(JsonValue::write(&vec![Some(1), None], "k"), Ok(Some("[1,null]".to_owned())));
        let error = JsonValue::write(&u128::MAX, "big").unwrap_err();
        assert!(error.to_string().contains("64 bits"), "{error}");
        let map: BTreeMap<Vec<u8>, u8> = [(vec![1], 1)].into();
        assert!(JsonValue::write(&map, "map").is_err());
    }

    #[test]
    fn a_wrong_value_is_never_quoted() {
        let secret = entries("k", "\"hunter2\"");
        let errors = [
            <u16 as JsonValue>::read(&secret, "k").unwrap_err(),
            <u16 as RawValue>::read(&secret, "k").unwrap_err(),
        ];
        for error in errors {
            let text = format!("{error} {error:?}");
            assert!(text.contains("`k`") && !text.contains("hunter2"), "{text}");
            assert!(!error.is_missing());
        }
        let cut = <Vec<u16> as JsonValue>::read(&entries("k", "[1,"), "k").unwrap_err();
        assert!(cut.to_string().contains("cut short"), "{cut}");
    }

    #[test]
    fn an_empty_text_stands_for_an_empty_default_only() {
        assert_eq!(RawValue::write(&String::new(), Some(&String::new())), None);
        assert_eq!(RawValue::write(&String::new(), Some(&"x".to_owned())), Some(String::new()));
        assert_eq!(RawValue::write(&String::new(), None), Some(String::new()));
    }
}

//! Values as Juju gives them, in JSON.

use std::any::{Any, TypeId};
use std::fmt;
use std::num::TryFromIntError;

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, Visitor,
};
use serde_json::{Map, Value};

/// What a value is, without saying which: it may be a password.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

/// A whole number of 64 bits. Numbers reach the unit as floating-point ones, so 8000 may come as 8000.0, and beyond
/// ±2^53 Juju has rounded them before anybody here sees them.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let float = value.as_f64()?;
        // The bounds are powers of two, so they are exact, and what lies between them is representable.
        let is_in_range = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&float);
        #[allow(clippy::cast_possible_truncation)] // it is integral
        (is_in_range && float.fract() == 0.0).then_some(float as i64)
    })
}

/// Why a number can't be a `T`: what the error says, but where that is the standard library's, whose words tell an
/// operator nothing.
pub(crate) fn misfit<T: 'static, E: fmt::Display + 'static>(error: &E) -> String {
    if !(error as &dyn Any).is::<TryFromIntError>() {
        return error.to_string();
    }
    macro_rules! range {
        ($($int:ty)*) => {
            $(if TypeId::of::<T>() == TypeId::of::<$int>() {
                return format!("expected a whole number from {} to {}", <$int>::MIN, <$int>::MAX);
            })*
        };
    }
    range!(u8 u16 u32 u64 u128 usize i8 i16 i32 isize);
    "the number is too large or too small".to_owned()
}

/// A text by its name. Read by hand, since what serde derives for a type is several KB of code in every charm.
pub(crate) fn text(entries: &Value, name: &str) -> Result<String, String> {
    optional_text(entries, name)?.ok_or_else(|| unexpected(name))
}

/// The same of one that may be left out, or be null.
pub(crate) fn optional_text(entries: &Value, name: &str) -> Result<Option<String>, String> {
    match entries.as_object().map(|entries| entries.get(name)) {
        Some(None | Some(Value::Null)) => Ok(None),
        Some(Some(Value::String(text))) => Ok(Some(text.clone())),
        _ => Err(unexpected(name)),
    }
}

/// The problem of a value that is not there, or has another form. It isn't quoted: it may be a password.
pub(crate) fn unexpected(name: &str) -> String {
    format!("`{name}` is missing, or of another form")
}

/// Why a set of named values is not what a type of the author's takes.
#[derive(Debug)]
pub(crate) struct Mismatch {
    /// The value it is about, where that is known.
    pub(crate) name: Option<String>,
    /// What was expected; no value is quoted.
    pub(crate) problem: String,
}

/// Reads named values into a type of the author's.
pub(crate) fn from_entries<T: DeserializeOwned>(entries: &Map<String, Value>) -> Result<T, Mismatch> {
    T::deserialize(Entries { rest: entries.iter(), at: None })
}

/// Reads one value into a type of the author's; fails with what was expected.
pub(crate) fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    T::deserialize(with_whole_numbers(value)).map_err(|error| expected(&error.to_string()))
}

/// Floats that are whole as integers: a field of type `u16` takes no 8000.0, and one of type `f64` takes 8000.
fn with_whole_numbers(value: &Value) -> Value {
    match value {
        Value::Number(_) => whole(value).map_or_else(|| value.clone(), Value::from),
        Value::Array(items) => items.iter().map(with_whole_numbers).collect(),
        Value::Object(entries) => {
            entries.iter().map(|(name, value)| (name.clone(), with_whole_numbers(value))).collect()
        }
        _ => value.clone(),
    }
}

/// What was expected, without what was found: serde quotes that, and it may be a password.
fn expected(message: &str) -> String {
    let quotes = ["invalid type: ", "invalid value: ", "unknown variant "];
    match message.rsplit_once(", expected ") {
        Some((found, expected)) if quotes.iter().any(|start| found.starts_with(start)) => {
            format!("expected {expected}")
        }
        _ => message.to_owned(),
    }
}

/// The entries of a map, as serde takes a struct's fields: what is wrong with one names it.
struct Entries<'e> {
    rest: serde_json::map::Iter<'e>,
    at: Option<(&'e String, &'e Value)>,
}

impl<'de> Deserializer<'de> for Entries<'_> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_map(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        self.at = self.rest.next();
        match self.at {
            Some((name, _)) => seed.deserialize(name.as_str().into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let Some((name, value)) = self.at.take() else {
            return Err(de::Error::custom("a value without its name"));
        };
        seed.deserialize(with_whole_numbers(value))
            .map_err(|error| Mismatch { name: Some(name.clone()), problem: expected(&error.to_string()) })
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { name: None, problem: expected(&message.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[test]
    fn whole_numbers_may_come_as_floats() {
        let read = |text: &str| whole(&serde_json::from_str(text).unwrap());
        for (text, number) in [
            ("8000", Some(8000)),
            ("8000.0", Some(8000)),
            ("1e+06", Some(1_000_000)),
            ("-0.0", Some(0)),
            ("9007199254740993", Some(9_007_199_254_740_993)),
            ("9.007199254740992e15", Some(9_007_199_254_740_992)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("-9.223372036854775808e18", Some(i64::MIN)),
            ("9223372036854775807", Some(i64::MAX)),
            ("9223372036854775808", None),
            ("1e+21", None),
            ("0.5", None),
            ("\"8000\"", None),
            ("null", None),
            ("true", None),
        ] {
            assert_eq!(read(text), number, "{text}");
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    struct Settings {
        port: u16,
        ratio: f64,
        log_level: Option<Level>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Level {
        Info,
        Debug,
    }

    fn settings(value: &Value) -> Result<Settings, (Option<String>, String)> {
        from_entries(value.as_object().unwrap()).map_err(|mismatch| (mismatch.name, mismatch.problem))
    }

    #[test]
    fn entries_become_a_struct() {
        let read = settings(&json!({"port": 8000.0, "ratio": 1, "log-level": "debug"}));
        assert_eq!(read, Ok(Settings { port: 8000, ratio: 1.0, log_level: Some(Level::Debug) }));
    }

    #[test]
    fn a_mismatch_names_the_entry_and_quotes_no_value() {
        let about = |name: &str| Some(name.to_owned());
        for (value, name, problem) in [
            (json!({"port": "hunter2"}), about("port"), "expected u16"),
            (json!({"port": 70000}), about("port"), "expected u16"),
            (json!({"port": 1, "ratio": null}), about("ratio"), "expected f64"),
            (json!({"log-level": "hunter2, expected x"}), about("log-level"), "expected `info` or `debug`"),
            (json!({"port": 1}), None, "missing field `ratio`"),
        ] {
            assert_eq!(settings(&value), Err((name, problem.to_owned())), "{value}");
        }
        let (_, problem) = settings(&json!({"colour": "hunter2"})).unwrap_err();
        assert!(problem.starts_with("unknown field `colour`") && !problem.contains("hunter2"), "{problem}");
    }
}

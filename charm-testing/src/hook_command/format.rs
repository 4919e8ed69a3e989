//! `--format`: the three forms in which hook commands answer.

use super::value::Value;
use super::{json, yaml};

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people and shells: texts bare, truth as `True` and `False`, maps as YAML.
    Smart,
    Yaml,
    Json,
    /// A text without a newline, which no flag asks for.
    Bare,
}

impl Format {
    pub(crate) const ALL: &'static [Self] = &[Self::Smart, Self::Yaml, Self::Json];
    pub(crate) const STRUCTURED: &'static [Self] = &[Self::Yaml, Self::Json];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Smart => "smart",
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Bare => "bare",
        }
    }

    /// The output, with its closing newline; nothing at all where Juju prints nothing.
    pub(crate) fn render(self, value: &Value) -> String {
        let text = match self {
            Self::Smart => smart(value),
            Self::Yaml => yaml::render(value),
            Self::Json => json::render(value),
            Self::Bare => return smart(value),
        };
        if text.is_empty() || text.ends_with('\n') && self != Self::Smart { text } else { text + "\n" }
    }
}

fn smart(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Texts(texts) => texts.join("\n"),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        other => {
            let text = yaml::render(other);
            text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn map(pairs: &[(&str, Value)]) -> Value {
        Value::Map(pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    }

    fn texts(pairs: &[(&str, &str)]) -> Value {
        Value::map(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
    }

    /// Each value with its smart, YAML and JSON form, as measured of Juju's own formatters.
    #[test]
    fn every_form_is_juju_s() {
        let strings = texts(&[
            ("a", "1"),
            ("b", "true"),
            ("c", "x: y"),
            ("d", ""),
            ("e", "multi\nline\n"),
            ("f", "<&>"),
            ("g", "é"),
            ("y", "on"),
        ]);
        let strings_yaml =
            "a: \"1\"\nb: \"true\"\nc: 'x: y'\nd: \"\"\ne: |\n  multi\n  line\nf: <&>\ng: é\n\"y\": \"on\"\n";
        let strings_json = "{\"a\":\"1\",\"b\":\"true\",\"c\":\"x: y\",\"d\":\"\",\"e\":\"multi\\nline\\n\",\
                            \"f\":\"\\u003c\\u0026\\u003e\",\"g\":\"é\",\"y\":\"on\"}\n";
        let mixed = map(&[
            ("a", Value::Float(1.0)),
            ("b", Value::Bool(true)),
            ("big", Value::Float(3e6)),
            ("c", Value::Null),
            ("n", texts(&[("k", "v")])),
        ]);
        let mixed_yaml = "a: 1\nb: true\nbig: 3e+06\nc: null\n\"n\":\n  k: v\n";
        let list = Value::List(vec![Value::text("a"), Value::Float(1.0)]);
        for (value, smart, yaml, json) in [
            (Value::Null, "", "", "null\n"),
            (Value::text(""), "", "\"\"\n", "\"\"\n"),
            (Value::text("abc"), "abc\n", "abc\n", "\"abc\"\n"),
            (Value::text("a\nb"), "a\nb\n", "|-\n  a\n  b\n", "\"a\\nb\"\n"),
            (Value::Bool(true), "True\n", "true\n", "true\n"),
            (Value::Float(8000.0), "8000\n", "8000\n", "8000\n"),
            (Value::Float(1e6), "1e+06\n", "1e+06\n", "1000000\n"),
            (Value::Int(8000), "8000\n", "8000\n", "8000\n"),
            (Value::Float(1_234_567.0), "1.234567e+06\n", "1.234567e+06\n", "1234567\n"),
            (Value::Float(1e21), "1e+21\n", "1e+21\n", "1e+21\n"),
            (
                Value::Time(crate::model::Moment::default()),
                "2026-01-01T00:00:00Z\n",
                "2026-01-01T00:00:00Z\n",
                "\"2026-01-01T00:00:00Z\"\n",
            ),
            (Value::Float(1.5), "1.5\n", "1.5\n", "1.5\n"),
            (Value::Texts(vec![]), "", "[]\n", "[]\n"),
            (Value::texts(["a", "b"]), "a\nb\n", "- a\n- b\n", "[\"a\",\"b\"]\n"),
            (list, "- a\n- 1\n", "- a\n- 1\n", "[\"a\",1]\n"),
            (Value::Map(BTreeMap::new()), "{}\n", "{}\n", "{}\n"),
            (strings, strings_yaml, strings_yaml, strings_json),
            (
                mixed,
                mixed_yaml,
                mixed_yaml,
                "{\"a\":1,\"b\":true,\"big\":3000000,\"c\":null,\"n\":{\"k\":\"v\"}}\n",
            ),
        ] {
            assert_eq!(Format::Smart.render(&value), smart, "{value:?}");
            assert_eq!(Format::Yaml.render(&value), yaml, "{value:?}");
            assert_eq!(Format::Json.render(&value), json, "{value:?}");
        }
    }

    #[test]
    fn texts_that_look_like_something_else_are_quoted() {
        for (text, yaml) in [
            ("null", "\"null\"\n"),
            ("~", "\"~\"\n"),
            ("Yes", "\"Yes\"\n"),
            ("0x10", "\"0x10\"\n"),
            ("1_000", "\"1_000\"\n"),
            ("1e3", "1e3\n"),
            ("2020-01-01", "\"2020-01-01\"\n"),
            ("190:20:30", "\"190:20:30\"\n"),
            ("190:20:30.5", "\"190:20:30.5\"\n"),
            ("02:00:00:00:00:01", "\"02:00:00:00:00:01\"\n"),
            ("02:00:60", "02:00:60\n"),
            ("02:00:0a", "02:00:0a\n"),
            ("10.0.0.10", "10.0.0.10\n"),
            ("10.0.0.10/32", "10.0.0.10/32\n"),
            ("hello/0", "hello/0\n"),
            ("-x", "-x\n"),
            ("- x", "'- x'\n"),
            ("it's", "it's\n"),
            ("'quoted'", "'''quoted'''\n"),
            (" padded ", "' padded '\n"),
            ("a #b", "'a #b'\n"),
            ("{a}", "'{a}'\n"),
            ("a\tb", "\"a\\tb\"\n"),
            ("\u{7f}", "\"\\x7F\"\n"),
        ] {
            assert_eq!(Format::Yaml.render(&Value::text(text)), yaml, "{text:?}");
        }
    }

    #[test]
    fn nested_values_are_indented() {
        let inner = Value::Record(vec![("value", Value::text("x")), ("lines", Value::text("a\nb"))]);
        let value = Value::Record(vec![("list", Value::List(vec![inner])), ("none", Value::Texts(vec![]))]);
        assert_eq!(Format::Yaml.render(&value), "list:\n- value: x\n  lines: |-\n    a\n    b\nnone: []\n");
    }

    #[test]
    fn keys_are_sorted_by_number_in_yaml() {
        let value = texts(&[("a10", "x"), ("a2", "x"), ("ab", "x"), ("B", "x")]);
        assert_eq!(Format::Yaml.render(&value), "B: x\na2: x\na10: x\nab: x\n");
        assert_eq!(Format::Json.render(&value), "{\"B\":\"x\",\"a10\":\"x\",\"a2\":\"x\",\"ab\":\"x\"}\n");
    }
}

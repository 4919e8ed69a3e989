//! `--format=json`.

use std::fmt::Write as _;

use super::number;
use super::value::Value;

/// One line of JSON: keys sorted, no spaces, and what is special in HTML escaped.
pub(crate) fn render(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value);
    out
}

fn write(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Float(value) => out.push_str(&number::json(*value)),
        Value::Int(value) => out.push_str(&value.to_string()),
        Value::Text(text) => write_text(out, text),
        Value::Bytes(bytes) => write_bytes(out, bytes),
        Value::Time(moment) => write_text(out, &moment.rfc3339()),
        Value::Texts(texts) => write_list(out, texts, |out, text| write_text(out, text)),
        Value::List(items) => write_list(out, items, write),
        Value::Map(map) => write_object(out, map.iter().map(|(key, value)| (key.as_str(), value))),
        Value::Record(fields) => write_object(out, fields.iter().map(|(key, value)| (*key, value))),
    }
}

fn write_list<T>(out: &mut String, items: &[T], mut item: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (index, each) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        item(out, each);
    }
    out.push(']');
}

fn write_object<'a>(out: &mut String, fields: impl Iterator<Item = (&'a str, &'a Value)>) {
    out.push('{');
    for (index, (key, value)) in fields.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(out, key);
        out.push(':');
        write(out, value);
    }
    out.push('}');
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    write_escaped(out, text);
    out.push('"');
}

/// As Go does: each byte that is no UTF-8 becomes the sign for it.
fn write_bytes(out: &mut String, bytes: &[u8]) {
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        write_escaped(out, chunk.valid());
        out.extend(std::iter::repeat_n("\\ufffd", chunk.invalid().len()));
    }
    out.push('"');
}

fn write_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                // Writing to a String never fails.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

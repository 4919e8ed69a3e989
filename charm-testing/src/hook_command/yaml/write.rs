//! Writing any value.

use std::cmp::Ordering;

use libyaml_safer::{Emitter, Encoding, Event, MappingStyle, ScalarStyle, SequenceStyle};

use super::scalar::{TAG_PREFIX, Type};
use crate::hook_command::number;
use crate::hook_command::value::Value;
use crate::model::encode_base64;

/// How long the lines of base64 are.
const BASE64_LINE: usize = 70;

/// A YAML document; nothing for null.
pub(in crate::hook_command) fn render(value: &Value) -> String {
    if matches!(value, Value::Null) {
        return String::new();
    }
    let mut bytes = Vec::new();
    // Writing to memory can't fail, nor can events that come in this order.
    let _ = emit(value, &mut bytes);
    let mut text = escape_marked(&String::from_utf8_lossy(&bytes));
    // An end of the document that Juju's emitter never marks, and one newline, whatever the last value ends with.
    if text.ends_with("\n...\n") {
        text.truncate(text.len() - "...\n".len());
    }
    text.truncate(text.trim_end_matches('\n').len());
    text.push('\n');
    text
}

fn emit(value: &Value, out: &mut Vec<u8>) -> Result<(), libyaml_safer::Error> {
    let mut emitter = Emitter::new();
    emitter.set_output_string(out);
    emitter.set_unicode(true);
    let mut events = vec![Event::stream_start(Encoding::Utf8), Event::document_start(None, &[], true)];
    collect(value, &mut events);
    events.extend([Event::document_end(true), Event::stream_end()]);
    events.into_iter().try_for_each(|event| emitter.emit(event))?;
    emitter.flush()
}

fn collect(value: &Value, events: &mut Vec<Event>) {
    match value {
        Value::Null => events.push(plain("null")),
        Value::Bool(value) => events.push(plain(if *value { "true" } else { "false" })),
        Value::Float(value) => events.push(plain(&number::general(*value))),
        Value::Int(value) => events.push(plain(&value.to_string())),
        Value::Time(moment) => events.push(plain(&moment.rfc3339())),
        Value::Text(value) => events.push(text(value)),
        Value::Bytes(value) => events.push(binary(value)),
        Value::Texts(texts) => list(texts, events, |item, events| events.push(text(item))),
        Value::List(items) => list(items, events, collect),
        Value::Map(map) => {
            fields_of(sorted(map.iter().map(|(key, value)| (key.as_str(), value))).into_iter(), events);
        }
        Value::Record(fields) => fields_of(fields.iter().map(|(key, value)| (*key, value)), events),
    }
}

fn list<T>(items: &[T], events: &mut Vec<Event>, mut each: impl FnMut(&T, &mut Vec<Event>)) {
    events.push(Event::sequence_start(None, None, true, SequenceStyle::Block));
    for item in items {
        each(item, events);
    }
    events.push(Event::sequence_end());
}

fn fields_of<'a>(fields: impl Iterator<Item = (&'a str, &'a Value)>, events: &mut Vec<Event>) {
    events.push(Event::mapping_start(None, None, true, MappingStyle::Block));
    for (key, value) in fields {
        events.push(text(key));
        collect(value, events);
    }
    events.push(Event::mapping_end());
}

fn plain(text: &str) -> Event {
    Event::scalar(None, None, text, true, true, ScalarStyle::Plain)
}

/// A text, quoted if it would be taken for something else. The emitter quotes what couldn't be read otherwise.
fn text(text: &str) -> Event {
    let is_wide = text.chars().any(|c| c > '\u{ffff}');
    let style = if is_wide {
        ScalarStyle::DoubleQuoted
    } else if text.contains('\n') {
        ScalarStyle::Literal
    } else if Type::of(text) == Type::Text && !is_base_60(text) {
        ScalarStyle::Plain
    } else {
        ScalarStyle::DoubleQuoted
    };
    let marked = if is_wide { mark_wide(text) } else { text.to_owned() };
    Event::scalar(None, None, &marked, true, true, style)
}

/// What stands around the code of a character that is to be escaped. Juju's emitter escapes those that take four bytes,
/// ours has no such setting. With the marks each is as wide as its escape, so that lines break at the same places.
const MARKS: [char; 2] = ['\u{f8fe}', '\u{f8ff}'];

fn mark_wide(text: &str) -> String {
    let [start, end] = MARKS;
    let mark = |c: char| match u32::from(c) {
        code @ 0x1_0000.. => format!("{start}{code:08X}{end}"),
        _ => c.to_string(),
    };
    text.chars().map(mark).collect()
}

/// Puts the escapes in place of what [`mark_wide`] has marked.
fn escape_marked(text: &str) -> String {
    let [start, end] = MARKS;
    let mut escaped = String::new();
    let mut parts = text.split(start);
    escaped.extend(parts.next());
    for part in parts {
        match part.split_once(end) {
            Some((code, rest)) if code.len() == 8 => escaped.extend(["\\U", code, rest]),
            _ => {
                escaped.push(start);
                escaped.push_str(part);
            }
        }
    }
    escaped
}

/// What is no UTF-8, in base64.
fn binary(bytes: &[u8]) -> Event {
    let encoded = encode_base64(bytes);
    let mut lines: Vec<&str> = Vec::new();
    let mut rest = encoded.as_str();
    while rest.len() > BASE64_LINE {
        let (line, after) = rest.split_at(BASE64_LINE);
        lines.push(line);
        rest = after;
    }
    lines.push(rest);
    let (text, style) = match lines.as_slice() {
        [line] => ((*line).to_owned(), ScalarStyle::Plain),
        lines => (lines.join("\n") + "\n", ScalarStyle::Literal),
    };
    Event::scalar(None, Some(&format!("{TAG_PREFIX}binary")), &text, false, false, style)
}

/// `190:20:30` was a number once.
fn is_base_60(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let Some((first, rest)) = unsigned.split_once(':') else { return false };
    let (rest, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let sixtieth = |part: &str| match part.as_bytes() {
        [one] => one.is_ascii_digit(),
        [ten, one] => (b'0'..=b'5').contains(ten) && one.is_ascii_digit(),
        _ => false,
    };
    first.starts_with(|c: char| c.is_ascii_digit())
        && digits(first)
        && digits(fraction)
        && rest.split(':').all(sixtieth)
}

/// Sorts by Juju's order of keys. By insertion, since nothing promises that the order is one: they come sorted by
/// their bytes, which is nearly the same.
fn sorted<'a>(fields: impl Iterator<Item = (&'a str, &'a Value)>) -> Vec<(&'a str, &'a Value)> {
    let mut sorted: Vec<(&str, &Value)> = Vec::new();
    for field in fields {
        let at = sorted.iter().rposition(|(key, _)| key_order(key, field.0) != Ordering::Greater);
        sorted.insert(at.map_or(0, |at| at + 1), field);
    }
    sorted
}

/// The order of keys: letters after everything else, and numbers by their value.
fn key_order(first: &str, second: &str) -> Ordering {
    let (a, b): (Vec<char>, Vec<char>) = (first.chars().collect(), second.chars().collect());
    let Some(at) = a.iter().zip(&b).position(|(a, b)| a != b) else { return a.len().cmp(&b.len()) };
    match (a[at].is_alphabetic(), b[at].is_alphabetic()) {
        (true, true) => return a[at].cmp(&b[at]),
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    // In the middle of a number a zero counts as one of its digits.
    let before = a[..at].iter().rev().take_while(|c| c.is_ascii_digit());
    let within = (a[at] == '0' || b[at] == '0') && before.into_iter().any(|digit| *digit != '0');
    let number = |text: &[char]| {
        let digits = text[at..].iter().map_while(|c| c.to_digit(10));
        digits.fold((u64::from(within), 0), |(sum, length), digit| {
            (sum.saturating_mul(10).saturating_add(u64::from(digit)), length + 1)
        })
    };
    number(&a).cmp(&number(&b)).then_with(|| a[at].cmp(&b[at]))
}

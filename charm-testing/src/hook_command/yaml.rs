//! `--format=yaml`, in the style of the writer that Juju uses (a YAML 1.1 one). Unlike it, this one never folds a long
//! line: what reads the output reads the same text either way.

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::number;
use super::value::Value;
use crate::model::encode_base64;

/// A YAML document; nothing for null.
pub(crate) fn render(value: &Value) -> String {
    if matches!(value, Value::Null) {
        return String::new();
    }
    let mut out = String::new();
    write(&mut out, value, 0);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

/// Writes a value at the place where its parent has left off. `indent` is that of the lines of a collection.
fn write(out: &mut String, value: &Value, indent: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Float(value) => out.push_str(&number::general(*value)),
        Value::Int(value) => out.push_str(&value.to_string()),
        Value::Text(text) => write_text(out, text, indent),
        Value::Bytes(bytes) => {
            out.push_str("!!binary ");
            out.push_str(&encode_base64(bytes));
        }
        Value::Time(moment) => out.push_str(&moment.rfc3339()),
        Value::Texts(texts) => {
            write_list(out, texts.len(), indent, |out, index| write_text(out, &texts[index], indent + 2));
        }
        Value::List(items) => {
            write_list(out, items.len(), indent, |out, index| write(out, &items[index], indent + 2));
        }
        Value::Map(map) => {
            let mut fields: Vec<(&str, &Value)> =
                map.iter().map(|(key, value)| (key.as_str(), value)).collect();
            fields.sort_by(|(first, _), (second, _)| key_order(first, second));
            write_map(out, &fields, indent);
        }
        Value::Record(fields) => {
            let fields: Vec<(&str, &Value)> = fields.iter().map(|(key, value)| (*key, value)).collect();
            write_map(out, &fields, indent);
        }
    }
}

fn write_list(out: &mut String, length: usize, indent: usize, mut item: impl FnMut(&mut String, usize)) {
    if length == 0 {
        return out.push_str("[]");
    }
    for index in 0..length {
        if index > 0 {
            new_line(out, indent);
        }
        out.push_str("- ");
        item(out, index);
    }
}

fn write_map(out: &mut String, fields: &[(&str, &Value)], indent: usize) {
    if fields.is_empty() {
        return out.push_str("{}");
    }
    for (index, (key, value)) in fields.iter().enumerate() {
        if index > 0 {
            new_line(out, indent);
        }
        write_key(out, key);
        out.push(':');
        match value {
            Value::Texts(texts) if !texts.is_empty() => new_line(out, indent),
            Value::List(items) if !items.is_empty() => new_line(out, indent),
            Value::Map(map) if !map.is_empty() => new_line(out, indent + 2),
            Value::Record(fields) if !fields.is_empty() => new_line(out, indent + 2),
            _ => out.push(' '),
        }
        // Lists stand no deeper than the key they belong to.
        let deeper = if matches!(value, Value::Texts(_) | Value::List(_)) { 0 } else { 2 };
        write(out, value, indent + deeper);
    }
}

fn new_line(out: &mut String, indent: usize) {
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out.extend(std::iter::repeat_n(' ', indent));
}

fn write_key(out: &mut String, key: &str) {
    if key.contains('\n') { write_double_quoted(out, key) } else { write_line(out, key) }
}

fn write_text(out: &mut String, text: &str, indent: usize) {
    if text.contains('\n') && block_fits(text) {
        write_block(out, text, indent);
    } else {
        write_line(out, text);
    }
}

/// A text on one line: bare if it can't be taken for something else.
fn write_line(out: &mut String, text: &str) {
    if text.contains('\n') || is_other_type(text) || text.chars().any(|c| !is_printable(c)) {
        write_double_quoted(out, text);
    } else if is_plain(text) {
        out.push_str(text);
    } else {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    }
}

fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && c != '\u{feff}'
}

/// Whether `text` may stand without quotes.
fn is_plain(text: &str) -> bool {
    let starts_like_syntax = text.starts_with(|c| "#,[]{}&*!|>'\"%@`".contains(c))
        || text.starts_with(['-', '?', ':']) && text[1..].chars().next().is_none_or(char::is_whitespace)
        || text.starts_with("---")
        || text.starts_with("...");
    let has_syntax = text.contains(": ") || text.ends_with(':') || text.contains(" #");
    !starts_like_syntax && !has_syntax && text.trim_matches(' ') == text
}

/// Whether a YAML 1.1 reader would take the bare text for something that is no text, or once did.
fn is_other_type(text: &str) -> bool {
    const WORDS: [&str; 14] =
        ["", "~", "null", "true", "false", "y", "n", "yes", "no", "on", "off", ".nan", "<<", "="];
    let lower = text.to_ascii_lowercase();
    let one_case = text == lower || text == text.to_ascii_uppercase() || is_capitalised(text);
    if one_case && WORDS.contains(&lower.as_str()) {
        return true;
    }
    let unsigned = lower.strip_prefix(['+', '-']).unwrap_or(&lower);
    unsigned == ".inf" || is_number(unsigned) || is_base_60(unsigned) || is_date(text)
}

fn is_capitalised(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase)
}

fn is_number(unsigned: &str) -> bool {
    let digits = unsigned.replace('_', "");
    let radix = |prefix: &str, radix: u32| {
        let rest = digits.strip_prefix(prefix);
        rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix)))
    };
    let starts = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let plain = starts && digits.bytes().all(|b| b.is_ascii_digit() || b".e+-".contains(&b));
    radix("0x", 16) || radix("0b", 2) || radix("0o", 8) || (plain && digits.parse::<f64>().is_ok())
}

/// `190:20:30` was a number once.
fn is_base_60(unsigned: &str) -> bool {
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

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits =
        |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|b| b.iter().all(u8::is_ascii_digit));
    digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..6) && text.splitn(3, '-').count() == 3
}

fn write_double_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            '\u{85}' => out.push_str("\\N"),
            '\u{feff}' => out.push_str("\\uFEFF"),
            c if is_printable(c) => out.push(c),
            c => {
                let code = u32::from(c);
                // Writing to a String never fails.
                let _ =
                    if code < 0x100 { write!(out, "\\x{code:02X}") } else { write!(out, "\\u{code:04X}") };
            }
        }
    }
    out.push('"');
}

/// Whether the text survives as a literal block.
fn block_fits(text: &str) -> bool {
    let plain = text.chars().all(|c| is_printable(c) || c == '\n' || c == '\t');
    plain && !text.starts_with([' ', '\n', '\t']) && text.split('\n').all(|line| !line.ends_with([' ', '\t']))
}

fn write_block(out: &mut String, text: &str, indent: usize) {
    let indent = indent.max(2);
    let body = text.strip_suffix('\n');
    let chomping = match body {
        None => "-",
        Some(body) if body.ends_with('\n') => "+",
        Some(_) => "",
    };
    out.push('|');
    out.push_str(chomping);
    for line in body.unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
    }
    // The reader of a kept newline must find it.
    if chomping == "+" {
        out.push('\n');
    }
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
    let number = |text: &[char]| {
        let digits = text[at..].iter().take_while(|c| c.is_ascii_digit());
        digits.fold(0u64, |sum, digit| {
            sum.saturating_mul(10).saturating_add(u64::from(digit.to_digit(10).unwrap_or(0)))
        })
    };
    number(&a).cmp(&number(&b)).then_with(|| a[at].cmp(&b[at]))
}

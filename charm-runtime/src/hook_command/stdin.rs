//! Maps on a command's standard input.
//!
//! `relation-set --file -` and `state-set --file -` read YAML with Juju's own reader, which takes JSON but for a few
//! things. Measured with that reader (`juju/yaml` v2.0.0), character by character: control characters, U+FFFE and
//! U+FFFF are refused raw and taken escaped; raw line breaks, U+0085 among them, silently become blanks; pairs of
//! escaped surrogates and `\/` are refused; `null` is read as empty, which deletes. And a key that takes more than
//! 1024 characters as it is written, quotes and escapes counted, is not found to be one, unless it is marked as a key
//! by `? `.

use std::collections::BTreeMap;

use crate::error::Error;

/// How long a key may be as it is written, in characters, without a mark that it is one.
const LONGEST_UNMARKED_KEY: usize = 1000;

/// Whether Juju takes this key; the reason if not.
#[track_caller]
pub(super) fn check_key(what: &str, key: &str) -> Result<(), Error> {
    if key.is_empty() {
        return Err(Error::invalid(what, "a key is empty; Juju takes none"));
    }
    Ok(())
}

/// The map in a form that Juju's YAML reader understands as the same map.
///
/// JSON, unless a key is very long: then each key is marked as one, on a line of its own.
#[track_caller]
pub(super) fn map(what: &str, entries: &BTreeMap<String, String>) -> Result<Vec<u8>, Error> {
    let mut written = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        check_key(what, key)?;
        written.push((string(key), string(value)));
    }
    let is_json = written.iter().all(|(key, _)| key.chars().count() <= LONGEST_UNMARKED_KEY);
    let text = if is_json {
        let pairs: Vec<String> = written.iter().map(|(key, value)| format!("{key}:{value}")).collect();
        format!("{{{}}}", pairs.join(","))
    } else {
        let pairs: Vec<String> = written.iter().map(|(key, value)| format!("? {key}\n: {value}\n")).collect();
        pairs.concat()
    };
    Ok(text.into_bytes())
}

/// The values of a map that was written here.
pub(super) fn values(written: &[u8]) -> Vec<String> {
    if let Ok(map) = serde_json::from_slice::<BTreeMap<String, String>>(written) {
        return map.into_values().collect();
    }
    let lines = written.split(|byte| *byte == b'\n');
    lines.filter_map(|line| serde_json::from_slice(line.strip_prefix(b": ")?).ok()).collect()
}

/// A text in double quotes, as both JSON and YAML read it.
fn string(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Beside the characters that YAML's reader refuses: those that other readers fold (U+2028, U+2029), and
            // the byte order mark, which one may take for such.
            '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                // Writing to a String can't fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(entries: &[(&str, &str)]) -> String {
        let entries = entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        String::from_utf8(map("bag", &entries).unwrap()).unwrap()
    }

    #[test]
    fn what_yaml_refuses_is_escaped_and_nothing_else() {
        let text = write(&[("a", "x\u{7f}\u{85}\u{9f}\u{2028}/😀é\n\"\\"), ("b", ""), ("c", " null ")]);
        assert_eq!(text, r#"{"a":"x\u007f\u0085\u009f\u2028/😀é\n\"\\","b":"","c":" null "}"#);
        assert_eq!(write(&[]), "{}");
    }

    #[test]
    fn every_string_reads_back_as_itself() {
        let all: String = (0..0x11_0000u32).filter_map(char::from_u32).collect();
        let entries: BTreeMap<_, _> = [("k".to_owned(), all)].into();
        let back: BTreeMap<String, String> = serde_json::from_slice(&map("bag", &entries).unwrap()).unwrap();
        assert_eq!(back, entries);
    }

    #[test]
    fn long_keys_are_marked_and_their_escapes_count() {
        let longest = "é".repeat(998);
        assert_eq!(write(&[(&longest, "v")]), format!("{{\"{longest}\":\"v\"}}"));
        let long = "é".repeat(999);
        assert_eq!(
            write(&[(&long, "v"), ("a", "\n")]),
            format!("? \"a\"\n: \"\\n\"\n? \"{long}\"\n: \"v\"\n")
        );
        let escaped = "\u{85}".repeat(167);
        assert!(write(&[(&escaped, "v")]).starts_with("? \"\\u0085"));
    }

    #[test]
    fn the_values_are_found_again_in_either_form() {
        for key in ["a".to_owned(), "a".repeat(2000)] {
            let entries = [(key, "x\n: \"y\"\u{85}".to_owned()), ("b".to_owned(), "z".to_owned())].into();
            assert_eq!(values(&map("bag", &entries).unwrap()), ["x\n: \"y\"\u{85}", "z"]);
        }
        assert!(values(b"\xff\n: \xff").is_empty());
    }

    #[test]
    fn an_empty_key_is_refused() {
        let entries = [(String::new(), "v".to_owned())].into();
        assert!(map("bag", &entries).unwrap_err().to_string().contains("empty"));
    }
}

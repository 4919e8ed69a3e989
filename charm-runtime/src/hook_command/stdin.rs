//! Maps on a command's standard input.
//!
//! `relation-set --file -` and `state-set --file -` read YAML with Juju's own reader, which takes JSON but for
//! a few characters (measured with yaml.v2, `--file -` of Juju 3.6): U+007F and U+0080–U+009F are refused raw
//! (U+0085 silently becomes a blank) and taken escaped; escaped surrogate pairs and `\/` are refused and never
//! written by serde_json; `null` would delete; a key of 1024 bytes or more is not read at all.

use std::collections::BTreeMap;

use crate::error::Error;

/// The longest key, in bytes, that Juju's reader takes in this form.
const LONGEST_KEY: usize = 1000;

/// Whether Juju's reader takes this key; the reason if not.
#[track_caller]
pub(super) fn check_key(what: &str, key: &str) -> Result<(), Error> {
    if key.is_empty() {
        return Err(Error::invalid(what, "a key is empty"));
    }
    if key.len() > LONGEST_KEY {
        let shown: String = key.chars().take(40).collect();
        let length = key.len();
        let problem =
            format!("the key `{shown}…` has {length} bytes; Juju reads keys of up to {LONGEST_KEY}");
        return Err(Error::invalid(what, problem));
    }
    Ok(())
}

/// The map in the subset of JSON that Juju's YAML reader understands as the same map.
#[track_caller]
pub(super) fn map(what: &str, entries: &BTreeMap<String, String>) -> Result<Vec<u8>, Error> {
    let mut out = String::from("{");
    for (key, value) in entries {
        check_key(what, key)?;
        if out.len() > 1 {
            out.push(',');
        }
        string(&mut out, key);
        out.push(':');
        string(&mut out, value);
    }
    out.push('}');
    Ok(out.into_bytes())
}

fn string(out: &mut String, text: &str) {
    use std::fmt::Write as _;
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Beside the characters that YAML's reader refuses: those it folds (U+2028, U+2029) and the
            // byte order mark, which it may take for one.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_yaml_refuses_is_escaped_and_nothing_else() {
        let entries = [("a".to_owned(), "x\u{7f}\u{85}\u{9f}\u{2028}/😀é\n\"\\".to_owned())].into();
        let text = String::from_utf8(map("bag", &entries).unwrap()).unwrap();
        assert_eq!(text, r#"{"a":"x\u007f\u0085\u009f\u2028/😀é\n\"\\"}"#);
    }

    #[test]
    fn every_string_reads_back_as_itself() {
        let all: String = (0..0x1_1000u32).filter_map(char::from_u32).collect();
        let entries: BTreeMap<_, _> = [("k".to_owned(), all)].into();
        let back: BTreeMap<String, String> = serde_json::from_slice(&map("bag", &entries).unwrap()).unwrap();
        assert_eq!(back, entries);
    }

    #[test]
    fn keys_that_cannot_be_read_are_refused() {
        let long = [("k".repeat(1001), String::new())].into();
        assert!(map("bag", &long).unwrap_err().to_string().contains("1001 bytes"));
        let empty = [(String::new(), "v".to_owned())].into();
        assert!(map("bag", &empty).is_err());
    }
}

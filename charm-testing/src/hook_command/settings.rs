//! `key=value` arguments and the YAML maps that `--file` reads.
//!
//! The YAML is read as Juju's own reader would: a map of texts, each value as it is spelled (`1.50` stays `1.50`), null
//! as the empty text. What that reader refuses is refused here too, so that a charm which writes JSON that is not
//! quite YAML 1.1 fails on a laptop already.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use granit_parser::{Event, Parser, ScalarStyle};

use super::{Call, Failure};

/// Parses `key=value` arguments. Surrounding white space is lost, and no key may come twice.
pub(crate) fn from_args(args: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let mut settings = BTreeMap::new();
    for arg in args {
        let pair = arg.split_once('=').filter(|(key, _)| !key.is_empty());
        let (key, value) =
            pair.ok_or_else(|| Failure::usage(format!("expected \"key=value\", got {arg:?}")))?;
        match settings.entry(key.trim().to_owned()) {
            Entry::Vacant(entry) => entry.insert(value.trim().to_owned()),
            Entry::Occupied(entry) => {
                return Err(Failure::usage(format!("key {:?} specified more than once", entry.key())));
            }
        };
    }
    Ok(settings)
}

/// Reads the settings in a file, or with `-` those on stdin.
pub(crate) fn from_file(call: &Call<'_>, file: &str) -> Result<BTreeMap<String, String>, Failure> {
    let bytes = if file == "-" {
        call.stdin.ok_or(Failure::NeedsStdin)?.to_vec()
    } else {
        let path = call.dir.join(file);
        std::fs::read(&path).map_err(|error| Failure::run(super::open_error(&path, &error)))?
    };
    let text = String::from_utf8(bytes).map_err(|_| Failure::run("yaml: invalid leading UTF-8 octet"))?;
    parse(&text).map_err(|error| Failure::run(format!("yaml: {error}")))
}

pub(crate) fn parse(text: &str) -> Result<BTreeMap<String, String>, String> {
    if text.chars().any(is_control) {
        return Err("control characters are not allowed".to_owned());
    }
    // A line break in YAML 1.1, none for a reader of YAML 1.2.
    let text = text.replace('\u{85}', "\n");
    check_flow(&text)?;
    let mut reader = Reader { parser: Parser::new_from_str(&text), anchors: BTreeMap::new() };
    reader.settings()
}

/// What may not stand in YAML 1.1 as it is.
fn is_control(c: char) -> bool {
    let printable =
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
    !printable
}

struct Reader<'a> {
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    anchors: BTreeMap<usize, String>,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<(Event<'_>, usize), String> {
        loop {
            let Some(next) = self.parser.next() else { return Ok((Event::StreamEnd, 0)) };
            let (event, span) = next.map_err(|error| in_words(&error))?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                event => return Ok((event, span.start.line())),
            }
        }
    }

    fn settings(&mut self) -> Result<BTreeMap<String, String>, String> {
        let mut settings = BTreeMap::new();
        match self.next()? {
            (Event::StreamEnd | Event::DocumentEnd, _) => return Ok(settings),
            (Event::Scalar(text, style, ..), _) if is_null(&text, style) => return Ok(settings),
            (Event::MappingStart(..), _) => {}
            (event, line) => return Err(unmarshal_errors(&[mismatch(line, &event, "map[string]string")])),
        }
        // Juju's reader names all values of the wrong kind, not just the first.
        let mut mismatches = Vec::new();
        while let Some(key) = self.text()? {
            let value = self.text()?.unwrap_or(Text::Known(String::new()));
            match (key, value) {
                (Text::Known(key), Text::Known(value)) => {
                    settings.insert(key, value);
                }
                (key, value) => mismatches.extend([key, value].into_iter().filter_map(Text::mismatch)),
            }
        }
        if mismatches.is_empty() { Ok(settings) } else { Err(unmarshal_errors(&mismatches)) }
    }

    /// The next text, or what stands in its place; nothing at the end of the map.
    fn text(&mut self) -> Result<Option<Text>, String> {
        let (text, anchor) = match self.next()? {
            (Event::MappingEnd, _) => return Ok(None),
            (Event::Scalar(text, style, anchor, _), _) => {
                (if is_null(&text, style) { String::new() } else { text.into_owned() }, anchor)
            }
            (Event::Alias(anchor), line) => {
                let known = self.anchors.get(&anchor).cloned();
                return Ok(Some(Text::Known(known.ok_or_else(|| format!("line {line}: unknown anchor"))?)));
            }
            (event, line) => {
                let mismatch = mismatch(line, &event, "string");
                self.skip()?;
                return Ok(Some(Text::Other(mismatch)));
            }
        };
        if anchor != 0 {
            self.anchors.insert(anchor, text.clone());
        }
        Ok(Some(Text::Known(text)))
    }

    /// Passes over the rest of a list or a map that has begun.
    fn skip(&mut self) -> Result<(), String> {
        let mut depth = 1usize;
        while depth > 0 {
            match self.next()?.0 {
                Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
                Event::SequenceEnd | Event::MappingEnd => depth -= 1,
                Event::StreamEnd => break,
                _ => {}
            }
        }
        Ok(())
    }
}

/// A key or a value.
enum Text {
    Known(String),
    /// It is none: what Juju's reader says of it.
    Other(String),
}

impl Text {
    fn mismatch(self) -> Option<String> {
        match self {
            Self::Known(_) => None,
            Self::Other(mismatch) => Some(mismatch),
        }
    }
}

fn mismatch(line: usize, event: &Event<'_>, wanted: &str) -> String {
    let found = match event {
        Event::SequenceStart(..) => "!!seq",
        Event::MappingStart(..) => "!!map",
        _ => "!!str",
    };
    format!("line {line}: cannot unmarshal {found} into {wanted}")
}

fn unmarshal_errors(mismatches: &[String]) -> String {
    format!("unmarshal errors:\n  {}", mismatches.join("\n  "))
}

fn is_null(text: &str, style: ScalarStyle) -> bool {
    style == ScalarStyle::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// The parser's complaint, in the words of Juju's reader where that has its own.
fn in_words(error: &granit_parser::ScanError) -> String {
    format!("line {}: {}", error.marker().line(), error.info())
}

/// What a reader of YAML 1.1 refuses in JSON although a reader of YAML 1.2 takes it: surrogate pairs, `\/`, and keys
/// in braces that take more than 1024 characters as they are written, unless `?` marks them.
fn check_flow(text: &str) -> Result<(), String> {
    let mut depth = 0usize;
    let mut bytes = text.bytes().enumerate().peekable();
    let mut at_scalar_start = true;
    while let Some((at, byte)) = bytes.next() {
        let starts = std::mem::replace(
            &mut at_scalar_start,
            matches!(byte, b'{' | b'[' | b',' | b':' | b'\n' | b'-' | b'?' | b' '),
        );
        match byte {
            b'{' if starts || depth > 0 => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'"' if starts => {
                let mut end = at;
                while let Some((at, byte)) = bytes.next() {
                    end = at;
                    match byte {
                        b'"' => break,
                        b'\\' => check_escape(&text[at + 1..])?,
                        _ => continue,
                    }
                    // What is escaped ends nothing.
                    bytes.next();
                }
                let is_key = text[end + 1..].trim_start_matches(' ').starts_with(':');
                let is_marked = text[..at].trim_end_matches(' ').ends_with('?');
                let is_long = text[at..=end].chars().count() > 1024;
                if depth > 0 && is_key && !is_marked && is_long {
                    return Err("did not find expected ',' or '}'".to_owned());
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_escape(escaped: &str) -> Result<(), String> {
    if escaped.starts_with('/') {
        return Err("found unknown escape character".to_owned());
    }
    let code = escaped.strip_prefix('u').and_then(|rest| rest.get(..4));
    let code = code.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    if code.is_some_and(|code| (0xd800..0xe000).contains(&code)) {
        return Err("found invalid Unicode character escape code".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Result<Vec<(String, String)>, String> {
        Ok(parse(text)?.into_iter().collect())
    }

    fn one(key: &str, value: &str) -> Vec<(String, String)> {
        vec![(key.to_owned(), value.to_owned())]
    }

    #[test]
    fn values_are_taken_as_spelled() {
        for (text, value) in [
            ("{\"a\": \"b\"}", "b"),
            ("{\"a\":\"b\"}", "b"),
            ("{\"a\": \"😀\"}", "😀"),
            ("{\"a\":\"x\\u007fy\"}", "x\u{7f}y"),
            ("{\"a\":\"x\u{feff}y\"}", "x\u{feff}y"),
            ("{\"a\":\"\\u0000\"}", "\0"),
            ("{\"a\":\"x\u{2028}y\"}", "x\u{2028}y"),
            ("{\"a\":\"x\\u2028y\"}", "x\u{2028}y"),
            ("{\"a\":\"x\\ny\\tz\"}", "x\ny\tz"),
            ("{\"a\":\"b\\u0001\"}", "b\u{1}"),
            ("{\"a\":\"x\u{85}y\"}", "x y"),
            ("a: 1", "1"),
            ("a: true", "true"),
            ("a: null", ""),
            ("a: ~", ""),
            ("a: \"null\"", "null"),
            ("a: 1.50", "1.50"),
            ("a: 0x10", "0x10"),
            ("a: 1_000", "1_000"),
            ("a: on", "on"),
            ("a: 2020-01-01", "2020-01-01"),
            ("a: b\na: c", "c"),
            ("a: |\n  two\n  lines\n", "two\nlines\n"),
            ("a: 'it''s'", "it's"),
            ("{\"a\":\"\"}", ""),
        ] {
            assert_eq!(pairs(text), Ok(one("a", value)), "{text:?}");
        }
        assert_eq!(pairs("1: x"), Ok(one("1", "x")));
        assert_eq!(pairs(""), Ok(vec![]));
    }

    #[test]
    fn what_juju_refuses_is_refused() {
        for (text, error) in [
            ("{\"a\": \"\\ud83d\\ude00\"}", "found invalid Unicode character escape code"),
            ("{\"a\":\"x\\/y\"}", "found unknown escape character"),
            ("{\"a\":\"x\u{7f}y\"}", "control characters are not allowed"),
            ("{\"a\":\"x\u{90}y\"}", "control characters are not allowed"),
            ("a: [1]", "unmarshal errors:\n  line 1: cannot unmarshal !!seq into string"),
            (
                "a: [1, [2]]\nb: c\nd: {e: f}",
                "unmarshal errors:\n  line 1: cannot unmarshal !!seq into string\n  line 3: cannot unmarshal !!map into string",
            ),
            ("- a", "unmarshal errors:\n  line 1: cannot unmarshal !!seq into map[string]string"),
        ] {
            assert_eq!(pairs(text), Err(error.to_owned()), "{text:?}");
        }
        for broken in ["{", "a: [", "a: \"", "\t", "{\"a\": \"\\", "}{", "a: *b", "&", "%", "? ? ?"] {
            // Whatever it is, it ends, and without a panic.
            let _ = pairs(broken);
        }
    }

    #[test]
    fn a_key_in_braces_has_a_limit() {
        let json = |length: usize| format!("{{\"{}\":\"v\"}}", "k".repeat(length));
        let refused = Err("did not find expected ',' or '}'".to_owned());
        assert!(pairs(&json(1022)).is_ok());
        assert_eq!(pairs(&json(1023)), refused);
        // Characters as they are written.
        assert!(pairs(&format!("{{\"{}\":\"v\"}}", "é".repeat(1022))).is_ok());
        assert_eq!(pairs(&format!("{{\"{}\":\"v\"}}", "\\u0085".repeat(300))), refused);
        let marked = format!("{{? \"{}\" : \"v\"}}", "k".repeat(2000));
        assert_eq!(pairs(&marked), Ok(one(&"k".repeat(2000), "v")));
        let block = format!("? {}\n: v\n", "k".repeat(2000));
        assert_eq!(pairs(&block), Ok(one(&"k".repeat(2000), "v")));
    }

    #[test]
    fn arguments_are_trimmed_and_unique() {
        let args = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            from_args(&args).map_err(Failure::message)
        };
        let trimmed = BTreeMap::from([("a".to_owned(), "b=c".to_owned()), ("d".to_owned(), String::new())]);
        assert_eq!(args(&[" a = b=c ", "d="]), Ok(trimmed));
        assert_eq!(args(&["x"]), Err("expected \"key=value\", got \"x\"".to_owned()));
        assert_eq!(args(&["a=1", "a=2"]), Err("key \"a\" specified more than once".to_owned()));
    }
}

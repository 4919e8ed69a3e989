//! Reading a map of texts.
//!
//! Each value is taken as it is spelled (`1.50` stays `1.50`), null as the empty text. What Juju's reader refuses is
//! refused in its words, so that a charm which writes JSON that is not quite YAML 1.1 fails on a laptop already.

use std::collections::{BTreeMap, BTreeSet};

use libyaml_safer::{ErrorKind, EventData, Mark, Parser, ScalarStyle};

use super::scalar::{TAG_PREFIX, Type};
use crate::model::decode_base64;

/// What ends a line.
const BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
/// How many characters a key in braces may take as it is written.
const MAX_KEY: usize = 1024;
/// How deep lists and maps may be nested. Juju's reader has no limit and slows down beyond measure instead.
const MAX_DEPTH: usize = 1000;
/// How many nodes more than the document has may be visited by way of aliases.
const MAX_REPEATED: usize = 1_000_000;

/// Reads the first document in `bytes`. The error is what Juju's reader says.
pub(in crate::hook_command) fn map_of_texts(bytes: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let document = match Document::parse(bytes) {
        Ok(document) => document,
        Err(error) => return json_with_wide_keys(bytes, &error).ok_or_else(|| format!("yaml: {error}")),
    };
    let mut decoder = Decoder {
        document: &document,
        visits: document.nodes.len() + MAX_REPEATED,
        open_aliases: BTreeSet::new(),
        mismatches: Vec::new(),
    };
    let mut texts = BTreeMap::new();
    if !document.nodes.is_empty() {
        decoder.map(0, 0, &mut texts).map_err(|error| format!("yaml: {error}"))?;
    }
    match decoder.mismatches.as_slice() {
        [] => Ok(texts),
        mismatches => Err(format!("yaml: unmarshal errors:\n  {}", mismatches.join("\n  "))),
    }
}

/// What our parser refuses because of a long key in braces although Juju's doesn't: that one counts characters, ours
/// bytes. JSON is all that comes with such keys, and with none of what is JSON and no YAML.
fn json_with_wide_keys(bytes: &[u8], error: &str) -> Option<BTreeMap<String, String>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_meant = error.ends_with("did not find expected ',' or '}'") && !text.is_ascii();
    let texts: BTreeMap<String, String> = is_meant.then(|| serde_json::from_str(text).ok())??;
    let written = |key: &String| serde_json::to_string(key).map_or(usize::MAX, |key| key.chars().count());
    let fits = texts.keys().all(|key| written(key) <= MAX_KEY);
    let is_yaml = !["\\/", "\\ud", "\\uD"].iter().any(|escape| text.contains(escape));
    (fits && is_yaml && !text.contains(is_control)).then_some(texts)
}

/// The text at `field` of each entry of the map at `section`; entries without one are left out.
pub(in crate::hook_command) fn text_of_each(
    bytes: &[u8],
    section: &str,
    field: &str,
) -> Result<BTreeMap<String, String>, String> {
    let document = Document::parse(bytes).map_err(|error| format!("yaml: {error}"))?;
    let entries = document.fields(0).find(|(name, _)| *name == section).map(|(_, entries)| entries);
    let mut texts = BTreeMap::new();
    for (name, entry) in entries.into_iter().flat_map(|entries| document.fields(entries)) {
        let found = document.fields(entry).find(|(name, _)| *name == field);
        if let Some(Kind::Scalar(text, _)) = found.map(|(_, index)| &document.nodes[index].kind) {
            texts.insert(name.to_owned(), text.clone());
        }
    }
    Ok(texts)
}

/// A node by its place in the document. Held in one list: a tree of boxes could be too deep to be dropped.
struct Node {
    kind: Kind,
    /// Empty if there is none.
    tag: String,
    /// Counted from 1.
    line: u64,
}

enum Kind {
    /// A text, and whether it is bare.
    Scalar(String, bool),
    List(Vec<usize>),
    /// Keys and values in turn.
    Map(Vec<usize>),
    /// The name of an anchor and the node it stood at.
    Alias(String, usize),
}

/// The nodes of a document, the outermost first.
struct Document {
    nodes: Vec<Node>,
    anchors: BTreeMap<String, usize>,
}

impl Document {
    /// The keys of a map that are texts, with their values' nodes; nothing if there is no map.
    fn fields(&self, index: usize) -> impl Iterator<Item = (&str, usize)> {
        let children = match self.nodes.get(index).map(|node| &node.kind) {
            Some(Kind::Map(children)) => children.as_slice(),
            _ => &[],
        };
        children.chunks_exact(2).filter_map(|pair| match &self.nodes[pair[0]].kind {
            Kind::Scalar(key, _) => Some((key.as_str(), pair[1])),
            _ => None,
        })
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let mut document = Self { nodes: Vec::new(), anchors: BTreeMap::new() };
        // The parser panics where a block ends without a line end: it gets one, and what that adds is taken away again.
        let text = utf8(bytes)?;
        let unfinished = !text.ends_with(BREAKS);
        let text = if unfinished { format!("{text}\n") } else { text.to_owned() };
        let mut input = text.as_bytes();
        let end = input.len() as u64;
        let mut parser = Parser::new();
        parser.set_input_string(&mut input);
        let mut open: Vec<usize> = Vec::new();
        loop {
            let event = parser.parse().map_err(|error| in_words(&error, unfinished))?;
            let line = event.start_mark.line + 1;
            let (kind, tag, anchor) = match event.data {
                EventData::DocumentStart { version_directive: Some(version), .. } if version.minor != 1 => {
                    return Err(located(event.start_mark.line, false, "found incompatible YAML document"));
                }
                EventData::StreamStart { .. } | EventData::DocumentStart { .. } => continue,
                EventData::StreamEnd | EventData::DocumentEnd { .. } => return Ok(document),
                EventData::SequenceEnd | EventData::MappingEnd => {
                    open.pop();
                    continue;
                }
                EventData::Alias { anchor } => {
                    let known = document.anchors.get(&anchor);
                    let known = *known.ok_or_else(|| format!("unknown anchor '{anchor}' referenced"))?;
                    (Kind::Alias(anchor, known), None, None)
                }
                EventData::Scalar { anchor, tag, mut value, plain_implicit, style, .. } => {
                    let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                    if unfinished && is_block && event.end_mark.index == end && value.ends_with('\n') {
                        value.pop();
                    }
                    if style == ScalarStyle::DoubleQuoted {
                        check_escapes(&text, event.start_mark, event.end_mark)?;
                    }
                    (Kind::Scalar(value, plain_implicit), tag, anchor)
                }
                EventData::SequenceStart { anchor, tag, .. } => (Kind::List(Vec::new()), tag, anchor),
                EventData::MappingStart { anchor, tag, .. } => (Kind::Map(Vec::new()), tag, anchor),
            };
            let index = document.nodes.len();
            if let Some(anchor) = anchor {
                document.anchors.insert(anchor, index);
            }
            let opens = matches!(kind, Kind::List(_) | Kind::Map(_));
            if let Some(Kind::List(children) | Kind::Map(children)) =
                open.last().and_then(|open| document.nodes.get_mut(*open)).map(|node| &mut node.kind)
            {
                children.push(index);
            }
            document.nodes.push(Node { kind, tag: tag.unwrap_or_default(), line });
            if opens {
                open.push(index);
                if open.len() > MAX_DEPTH {
                    return Err(format!("exceeded max depth of {MAX_DEPTH}"));
                }
            }
        }
    }
}

/// The bytes as text, or what Juju's reader says of the first that is none. It takes UTF-16 too, which no charm sends.
fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        let first = rest.first().copied().unwrap_or_default();
        let what = match error.error_len() {
            _ if String::from_utf8_lossy(valid).chars().any(is_control) => {
                "control characters are not allowed"
            }
            None => "incomplete UTF-8 octet sequence",
            Some(_) if (0xc0..0xf8).contains(&first) => "invalid trailing UTF-8 octet",
            Some(_) => "invalid leading UTF-8 octet",
        };
        what.to_owned()
    })
}

/// What may not stand in YAML 1.1 as it is.
fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}

/// `\/` is an escape for our parser and none for Juju's.
fn check_escapes(text: &str, start: Mark, end: Mark) -> Result<(), String> {
    let index = |mark: Mark| usize::try_from(mark.index).unwrap_or(usize::MAX);
    let written = text.get(index(start)..index(end)).unwrap_or_default();
    let mut chars = written.bytes().enumerate();
    while let Some((_, byte)) = chars.next() {
        if byte == b'\\'
            && let Some((at, b'/')) = chars.next()
        {
            let breaks = written[..at].matches('\n').count() as u64;
            return Err(located(start.line + breaks, true, "found unknown escape character"));
        }
    }
    Ok(())
}

/// The parser's complaint as Juju's reader passes it on. A text that is `unfinished` has got a line too many.
fn in_words(error: &libyaml_safer::Error, unfinished: bool) -> String {
    let mark = error.problem_mark().filter(|mark| mark.line > 0).or_else(|| error.context_mark());
    let surplus = u64::from(unfinished && error.problem() == "found unexpected end of stream");
    let line = mark.map_or(0, |mark| mark.line.saturating_sub(surplus));
    located(line, error.kind() == ErrorKind::Scanner, error.problem())
}

/// With a line, unless it is the first. Only the scanner's lines are counted from 1.
fn located(line: u64, by_scanner: bool, problem: &str) -> String {
    match line {
        0 => problem.to_owned(),
        line if by_scanner => format!("line {}: {problem}", line + 1),
        line => format!("line {line}: {problem}"),
    }
}

struct Decoder<'a> {
    document: &'a Document,
    /// How many nodes may still be visited.
    visits: usize,
    open_aliases: BTreeSet<usize>,
    /// Values of the wrong kind. Juju's reader names them all, not just the first.
    mismatches: Vec<String>,
}

impl<'a> Decoder<'a> {
    fn visit(&mut self, index: usize) -> Result<&'a Node, String> {
        let left = self.visits.checked_sub(1);
        self.visits = left.ok_or("document contains excessive aliasing")?;
        self.document.nodes.get(index).ok_or_else(|| "unknown problem parsing YAML content".to_owned())
    }

    fn mismatch(&mut self, node: &Node, tag: &str, wanted: &str) {
        let tag = if node.tag.is_empty() { tag } else { &node.tag };
        let tag = tag.strip_prefix(TAG_PREFIX).map_or_else(|| tag.to_owned(), |tag| format!("!!{tag}"));
        let value = match &node.kind {
            _ if matches!(tag.as_str(), "!!seq" | "!!map") => String::new(),
            Kind::Scalar(value, _) if value.len() > 10 => {
                format!(" `{}...`", String::from_utf8_lossy(&value.as_bytes()[..7]))
            }
            Kind::Scalar(value, _) => format!(" `{value}`"),
            _ => " ``".to_owned(),
        };
        self.mismatches.push(format!("line {}: cannot unmarshal {tag}{value} into {wanted}", node.line));
    }

    /// Lays the map at `index` over `texts`.
    fn map(
        &mut self,
        index: usize,
        depth: usize,
        texts: &mut BTreeMap<String, String>,
    ) -> Result<(), String> {
        const WANTED: &str = "map[string]string";
        let node = self.visit(index)?;
        if depth > MAX_DEPTH {
            return Err(format!("exceeded max depth of {MAX_DEPTH}"));
        }
        let children = match &node.kind {
            Kind::Alias(name, target) => {
                self.open_alias(index, name)?;
                self.map(*target, depth + 1, texts)?;
                self.open_aliases.remove(&index);
                return Ok(());
            }
            Kind::Scalar(value, bare) => {
                match resolve(node, value, *bare)? {
                    Scalar::Null => texts.clear(),
                    Scalar::Text(tag, _) => self.mismatch(node, &tag, WANTED),
                }
                return Ok(());
            }
            Kind::List(_) => {
                self.mismatch(node, "!!seq", WANTED);
                return Ok(());
            }
            Kind::Map(children) => children,
        };
        for pair in children.chunks_exact(2) {
            if self.is_merge(pair[0]) {
                self.merge(pair[1], depth + 1, texts)?;
                continue;
            }
            let Some(key) = self.text(pair[0])? else { continue };
            if let Some(value) = self.text(pair[1])? {
                texts.insert(key, value);
            }
        }
        Ok(())
    }

    fn is_merge(&self, index: usize) -> bool {
        let node = self.document.nodes.get(index);
        node.is_some_and(|node| match &node.kind {
            Kind::Scalar(value, bare) => {
                value == "<<" && (*bare || node.tag.strip_prefix(TAG_PREFIX) == Some("merge"))
            }
            _ => false,
        })
    }

    /// Takes in the map, or the list of maps, that stands behind `<<`.
    fn merge(
        &mut self,
        index: usize,
        depth: usize,
        texts: &mut BTreeMap<String, String>,
    ) -> Result<(), String> {
        let node = self.visit(index)?;
        match &node.kind {
            Kind::List(maps) => {
                // The first of them wins.
                for map in maps.iter().rev() {
                    self.check_map(*map)?;
                    self.map(*map, depth, texts)?;
                }
                Ok(())
            }
            _ => {
                self.check_map(index)?;
                self.map(index, depth, texts)
            }
        }
    }

    /// Whether a node is a map or stands for one. An alias is looked up by its name: the last of that name counts.
    fn check_map(&self, index: usize) -> Result<(), String> {
        let node = self.document.nodes.get(index).map(|node| match &node.kind {
            Kind::Alias(name, target) => {
                let last = self.document.anchors.get(name).copied().unwrap_or(*target);
                self.document.nodes.get(last).map(|node| &node.kind)
            }
            kind => Some(kind),
        });
        match node.flatten() {
            Some(Kind::Map(_)) => Ok(()),
            _ => Err("map merge requires map or sequence of maps as the value".to_owned()),
        }
    }

    /// The text at `index`; none if it is something else, which is then noted.
    fn text(&mut self, index: usize) -> Result<Option<String>, String> {
        const WANTED: &str = "string";
        let node = self.visit(index)?;
        match &node.kind {
            Kind::Alias(name, target) => {
                self.open_alias(index, name)?;
                let text = self.text(*target)?;
                self.open_aliases.remove(&index);
                Ok(text)
            }
            Kind::Scalar(value, bare) => Ok(Some(match resolve(node, value, *bare)? {
                Scalar::Null => String::new(),
                Scalar::Text(_, text) => text,
            })),
            Kind::List(_) => {
                self.mismatch(node, "!!seq", WANTED);
                Ok(None)
            }
            Kind::Map(_) => {
                self.mismatch(node, "!!map", WANTED);
                Ok(None)
            }
        }
    }

    fn open_alias(&mut self, index: usize, name: &str) -> Result<(), String> {
        let unused = self.open_aliases.insert(index);
        if unused { Ok(()) } else { Err(format!("anchor '{name}' value contains itself")) }
    }
}

/// What a scalar means.
enum Scalar {
    Null,
    /// Its tag, and the text that it stands for.
    Text(String, String),
}

fn resolve(node: &Node, value: &str, bare: bool) -> Result<Scalar, String> {
    let text = |tag: &str| Scalar::Text(tag.to_owned(), value.to_owned());
    if node.tag.is_empty() && !bare {
        return Ok(text("!!str"));
    }
    if node.tag.strip_prefix(TAG_PREFIX) == Some("binary") {
        let bytes = decode_base64(&value.replace(['\r', '\n'], ""))
            .map_err(|_| "!!binary value contains invalid base64 data")?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Ok(Scalar::Text(node.tag.clone(), text));
    }
    let wanted = if node.tag.is_empty() { None } else { Some(Type::from_tag(&node.tag)) };
    let found = match wanted {
        None | Some(Some(Type::Timestamp)) => Type::of(value),
        Some(Some(Type::Text)) => Type::Text,
        Some(Some(_)) => Type::of_timeless(value),
        // A tag of which nothing is known.
        Some(None) => return Ok(text(&node.tag)),
    };
    match wanted.flatten() {
        Some(Type::Float) if found == Type::Int => {}
        Some(wanted) if wanted != found => {
            let (found, wanted) = (found.short_tag(), wanted.short_tag());
            return Err(format!("cannot decode {found} `{value}` as a {wanted}"));
        }
        _ => {}
    }
    Ok(if found == Type::Null { Scalar::Null } else { text(found.short_tag()) })
}

//! A YAML text as a tree that knows where everything stands.

use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{Event, Marker, Options, Parser, ScalarStyle, ScanError, Tag};
use serde_json::Value as Json;

use crate::problem::{Position, Problem};
use crate::scalar;

/// How many values a text may come to when its aliases are written out: a hundred times what a large charm
/// needs, and reached in milliseconds by an alias bomb.
const MOST_NODES: usize = 100_000;

/// How deep values may lie in one another, aliases written out. Everything here walks trees by recursion.
const DEEPEST: usize = 100;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: Position,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One key of a map with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key as it is written, whatever its type.
    pub(crate) key: String,
    pub(crate) at: Position,
    /// Whether the key is a string; `on:`, `1:` and the like are not, unless quoted.
    pub(crate) is_string: bool,
    pub(crate) value: Node,
}

impl Node {
    /// Reads a text of one document. An empty one is a null.
    ///
    /// A text that is no YAML gives one problem; duplicate keys are all reported.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::new(text);
        match reader.document() {
            Ok(node) if reader.problems.is_empty() => Ok(node),
            Ok(_) => Err(reader.problems),
            Err(problem) => {
                reader.problems.push(problem);
                Err(reader.problems)
            }
        }
    }

    /// The same value without places. Keys are strings in JSON, so they become what they are written as.
    pub(crate) fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::from(*value),
            Value::Int(value) => Json::from(*value),
            Value::Float(value) => Json::from(*value),
            Value::String(value) => Json::from(value.as_str()),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect()
            }
        }
    }

    /// What stands here, in the words of a complaint.
    pub(crate) fn describe(&self) -> String {
        match &self.value {
            Value::Null => "nothing".to_owned(),
            Value::Bool(value) => format!("the boolean {value}"),
            Value::Int(value) => format!("the number {value}"),
            Value::Float(value) => format!("the number {value:?}"),
            Value::String(value) => format!("the text {value:?}"),
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
        }
    }
}

/// A finished subtree that an alias can stand for.
struct Anchored {
    node: Node,
    size: usize,
    height: usize,
}

struct Reader<'a> {
    text: &'a str,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    anchors: BTreeMap<usize, Anchored>,
    nodes: usize,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let mut options = Options::default();
        // Another crate of the build may have switched comments on.
        options.set_emit_comments(false);
        Self {
            text,
            parser: Parser::new_from_str_with_options(text, options),
            anchors: BTreeMap::new(),
            nodes: 0,
            problems: Vec::new(),
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Position), Problem> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, position(span.start))),
            Some(Err(error)) => Err(self.broken(&error)),
            None => Ok((Event::StreamEnd, Position::START)),
        }
    }

    /// What breaks off at the end of the text is told at the end of its last line: there is no line behind it
    /// to show.
    fn broken(&self, error: &ScanError) -> Problem {
        let mut at = position(*error.marker());
        if let Some((number, last)) = self.text.lines().enumerate().last()
            && at.line > number + 1
        {
            at = Position { line: number + 1, column: last.chars().count() + 1 };
        }
        Problem::new(at, "", format!("this is no YAML: {}", error.info()))
    }

    fn document(&mut self) -> Result<Node, Problem> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::StreamEnd, _) => return Ok(Node { at: Position::START, value: Value::Null }),
                (event, at) => {
                    let node = self.node(event, at, 0)?.node;
                    return self.end_of_document().map(|()| node);
                }
            }
        }
    }

    fn end_of_document(&mut self) -> Result<(), Problem> {
        loop {
            match self.next()? {
                (Event::StreamEnd, _) => return Ok(()),
                (Event::DocumentStart(..), at) => {
                    return Err(Problem::new(
                        at,
                        "",
                        "a second document starts here; keep one document in a file",
                    ));
                }
                _ => {}
            }
        }
    }

    /// Reads what `event` starts. `depth` is the number of collections around it.
    fn node(&mut self, event: Event<'a>, at: Position, depth: usize) -> Result<Anchored, Problem> {
        let (anchor, anchored) = match event {
            Event::Alias(id) => {
                let Some(Anchored { node, size, height }) = self.anchors.get(&id) else {
                    return Err(Problem::new(
                        at,
                        "",
                        "an alias may not stand inside of what it names; write it out",
                    ));
                };
                let (size, height) = (*size, *height);
                // What is wrong with an alias's value is wrong where it is used.
                let node = Node { at, value: node.value.clone() };
                self.count(size, at)?;
                (0, Anchored { node, size, height })
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.count(1, at)?;
                let value = scalar_value(&text, style, tag.as_deref());
                (anchor, Anchored { node: Node { at, value }, size: 1, height: 0 })
            }
            Event::SequenceStart(_, anchor, _) => (anchor, self.list(at, depth)?),
            Event::MappingStart(_, anchor, _) => (anchor, self.map(at, depth)?),
            _ => return Err(Problem::new(at, "", "a value is expected here")),
        };
        if depth + anchored.height > DEEPEST {
            return Err(too_deep(at));
        }
        if anchor != 0 {
            let Anchored { node, size, height } = &anchored;
            let copy = Anchored { node: node.clone(), size: *size, height: *height };
            self.count(copy.size, at)?;
            self.anchors.insert(anchor, copy);
        }
        Ok(anchored)
    }

    /// Counts every value in memory, the copies that aliases and anchors make too.
    fn count(&mut self, nodes: usize, at: Position) -> Result<(), Problem> {
        self.nodes += nodes;
        if self.nodes <= MOST_NODES {
            return Ok(());
        }
        let message = format!(
            "the file comes to more than {MOST_NODES} values with its aliases written out; use fewer aliases"
        );
        Err(Problem::new(at, "", message))
    }

    fn list(&mut self, at: Position, depth: usize) -> Result<Anchored, Problem> {
        self.collection(at, depth)?;
        let (mut items, mut size, mut height) = (Vec::new(), 1, 0);
        loop {
            let (event, item_at) = self.next()?;
            if event == Event::SequenceEnd {
                return Ok(Anchored { node: Node { at, value: Value::List(items) }, size, height });
            }
            let item = self.node(event, item_at, depth + 1)?;
            size += item.size;
            height = height.max(item.height + 1);
            items.push(item.node);
        }
    }

    /// Refuses one level too many before its values are read: the reader itself goes down by recursion.
    fn collection(&mut self, at: Position, depth: usize) -> Result<(), Problem> {
        if depth >= DEEPEST { Err(too_deep(at)) } else { self.count(1, at) }
    }

    fn map(&mut self, at: Position, depth: usize) -> Result<Anchored, Problem> {
        self.collection(at, depth)?;
        let (mut entries, mut merged, mut size, mut height) = (Vec::<Entry>::new(), Vec::new(), 1, 0);
        let mut keys = BTreeSet::new();
        loop {
            let (event, key_at) = self.next()?;
            if event == Event::MappingEnd {
                break;
            }
            let is_merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, _) if text == "<<");
            let key = self.node(event, key_at, depth + 1)?.node;
            let (event, value_at) = self.next()?;
            let value = self.node(event, value_at, depth + 1)?;
            size += value.size;
            height = height.max(value.height + 1);
            if is_merge {
                merged.push(value.node);
                continue;
            }
            let Some((key, is_string)) = key_text(&key.value) else {
                return Err(Problem::new(key_at, "", "a key must be a text, not a list or a map"));
            };
            if keys.insert(key.clone()) {
                entries.push(Entry { key, at: key_at, is_string, value: value.node });
            } else {
                let message = format!("the key `{key}` stands twice in one map; keep one of the two");
                self.problems.push(Problem::new(key_at, key, message));
            }
        }
        for node in merged {
            merge(node, &mut entries, &mut keys)?;
        }
        Ok(Anchored { node: Node { at, value: Value::Map(entries) }, size, height })
    }
}

/// Takes over the entries of a merged map (`<<`): what stands in the map itself wins, then what was merged
/// first.
fn merge(from: Node, entries: &mut Vec<Entry>, keys: &mut BTreeSet<String>) -> Result<(), Problem> {
    let at = from.at;
    let maps = if let Value::List(items) = from.value { items } else { vec![from] };
    for map in maps {
        let Value::Map(others) = map.value else {
            return Err(Problem::new(at, "<<", "only a map, or a list of maps, can be merged in"));
        };
        entries.extend(others.into_iter().filter(|entry| keys.insert(entry.key.clone())));
    }
    Ok(())
}

fn too_deep(at: Position) -> Problem {
    Problem::new(at, "", format!("values lie more than {DEEPEST} deep in one another; flatten them"))
}

/// The value of a scalar: only a plain one without a tag is anything but a text.
fn scalar_value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    match tag.and_then(Tag::core_suffix) {
        Some("str") => Value::String(text.to_owned()),
        None if style != ScalarStyle::Plain => Value::String(text.to_owned()),
        _ => scalar::resolve(text),
    }
}

/// A key as text, and whether it is one.
fn key_text(key: &Value) -> Option<(String, bool)> {
    match key {
        Value::String(text) => Some((text.clone(), true)),
        Value::Null => Some(("null".to_owned(), false)),
        Value::Bool(value) => Some((value.to_string(), false)),
        Value::Int(value) => Some((value.to_string(), false)),
        Value::Float(value) => Some((value.to_string(), false)),
        Value::List(_) | Value::Map(_) => None,
    }
}

fn position(marker: Marker) -> Position {
    Position { line: marker.line().max(1), column: marker.col() + 1 }
}

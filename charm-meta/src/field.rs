//! Reading a tree key by key, with every complaint noted where it belongs.

use std::cell::RefCell;

use crate::problem::{Position, Problem};
use crate::suggest::hint;
use crate::yaml::{Entry, Node, Value};

/// The complaints so far. Readers share it, so that one mistake does not hide the next.
#[derive(Debug, Default)]
pub(crate) struct Report(RefCell<Vec<Problem>>);

impl Report {
    pub(crate) fn add(&self, problem: Problem) {
        self.0.borrow_mut().push(problem);
    }

    /// What was read, if nothing was wrong with it; else the complaints from top to bottom, each once.
    pub(crate) fn finish<T>(self, read: Option<T>) -> Result<T, Vec<Problem>> {
        let mut problems = self.0.into_inner();
        problems.sort_by(|a, b| (a.line, a.column, &a.path).cmp(&(b.line, b.column, &b.path)));
        problems.dedup();
        match read {
            Some(value) if problems.is_empty() => Ok(value),
            _ => Err(problems),
        }
    }
}

/// A value in a file, with the keys that lead to it.
#[derive(Clone)]
pub(crate) struct Field<'a> {
    node: &'a Node,
    /// Where its key stands; for an item of a list, the item itself.
    key_at: Position,
    /// Its key; for an item of a list, its number.
    name: String,
    path: String,
    report: &'a Report,
}

impl<'a> Field<'a> {
    pub(crate) fn root(node: &'a Node, report: &'a Report) -> Self {
        Self { node, key_at: node.at, name: String::new(), path: String::new(), report }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn node(&self) -> &'a Node {
        self.node
    }

    /// Notes a complaint about the value. A value that is not written has no place, so that its key stands
    /// for it.
    pub(crate) fn complain(&self, message: impl Into<String>) {
        let at = if self.is_null() { self.key_at } else { self.node.at };
        self.report.add(Problem::new(at, self.path.as_str(), message));
    }

    /// Notes a complaint about the key, or about something that is missing below it.
    pub(crate) fn complain_of_key(&self, message: impl Into<String>) {
        self.report.add(Problem::new(self.key_at, self.path.as_str(), message));
    }

    /// Notes that `key` is missing here.
    pub(crate) fn complain_of_missing(&self, key: &str, message: impl Into<String>) {
        self.report.add(Problem::new(self.key_at, self.below(key), message));
    }

    fn below(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn expected(&self, what: &str) {
        let advice = match &self.node.value {
            Value::Bool(_) | Value::Int(_) | Value::Float(_) if what == "a text" => "; put it in quotes",
            Value::Null => "; give one, or drop the key",
            _ => "",
        };
        self.complain(format!("must be {what}, not {}{advice}", self.node.describe()));
    }

    /// The value below a key, a null too.
    pub(crate) fn get(&self, key: &str) -> Option<Field<'a>> {
        let Value::Map(entries) = &self.node.value else { return None };
        entries.iter().find(|entry| entry.key == key).map(|entry| self.child(entry))
    }

    fn child(&self, entry: &'a Entry) -> Field<'a> {
        Field {
            node: &entry.value,
            key_at: entry.at,
            name: entry.key.clone(),
            path: self.below(&entry.key),
            report: self.report,
        }
    }

    /// The value below a key where a null is as good as no key at all.
    pub(crate) fn get_some(&self, key: &str) -> Option<Field<'a>> {
        self.get(key).filter(|field| !field.is_null())
    }

    /// The value below a key that must be there; complains if it is not.
    pub(crate) fn require(&self, key: &str, message: &str) -> Option<Field<'a>> {
        let field = self.get(key);
        if field.is_none() {
            if self.is_map() {
                self.complain_of_missing(key, message);
            } else {
                self.expected("a map");
            }
        }
        field
    }

    /// The value below a key, or this one if there is none: the place for a complaint about the key.
    pub(crate) fn nearest(&self, key: &str) -> Field<'a> {
        self.get(key).unwrap_or_else(|| self.clone())
    }

    /// Whether there is a `name` below `key`, right or wrong.
    pub(crate) fn declares(&self, key: &str, name: &str) -> bool {
        self.get(key).is_some_and(|map| map.get(name).is_some())
    }

    pub(crate) fn is_null(&self) -> bool {
        self.node.value == Value::Null
    }

    /// The entries of a map; complains if it is none, and of keys that are no strings.
    pub(crate) fn entries(&self) -> Vec<Field<'a>> {
        let Value::Map(entries) = &self.node.value else {
            self.expected("a map");
            return Vec::new();
        };
        let mut fields = Vec::with_capacity(entries.len());
        for entry in entries {
            let field = self.child(entry);
            if entry.is_string {
                fields.push(field);
            } else {
                field.complain_of_key("this key is no text for YAML, and Juju refuses it; put it in quotes");
            }
        }
        fields
    }

    /// The items of a list; complains if it is none.
    pub(crate) fn items(&self) -> Vec<Field<'a>> {
        let Value::List(items) = &self.node.value else {
            self.expected("a list");
            return Vec::new();
        };
        let item = |(index, node): (usize, &'a Node)| Field {
            node,
            key_at: node.at,
            name: index.to_string(),
            path: format!("{}[{index}]", self.path),
            report: self.report,
        };
        items.iter().enumerate().map(item).collect()
    }

    /// The entries below `key`, if there are any.
    pub(crate) fn entries_of(&self, key: &str) -> Vec<Field<'a>> {
        self.get_some(key).map(|map| map.entries()).unwrap_or_default()
    }

    /// The items below `key`, if there are any.
    pub(crate) fn items_of(&self, key: &str) -> Vec<Field<'a>> {
        self.get_some(key).map(|list| list.items()).unwrap_or_default()
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.node.value, Value::Map(_))
    }

    /// The text, complaining if it is none.
    pub(crate) fn text(&self) -> Option<String> {
        let text = self.as_text().map(ToOwned::to_owned);
        if text.is_none() {
            self.expected("a text");
        }
        text
    }

    /// The text, complaining with `message` if it is empty.
    pub(crate) fn filled(&self, message: &str) -> Option<String> {
        let text = self.text()?;
        if text.is_empty() {
            self.complain(message);
            return None;
        }
        Some(text)
    }

    /// The text, if it is one.
    pub(crate) fn as_text(&self) -> Option<&'a str> {
        if let Value::String(text) = &self.node.value { Some(text) } else { None }
    }

    /// The boolean, complaining if it is none. Juju takes quoted ones too.
    pub(crate) fn boolean(&self) -> Option<bool> {
        let value = match &self.node.value {
            Value::Bool(value) => Some(*value),
            Value::String(text) => parse_boolean(text),
            _ => None,
        };
        if value.is_none() {
            self.expected("true or false");
        }
        value
    }

    /// The whole number, complaining if it is none. Juju takes quoted ones too.
    pub(crate) fn whole(&self) -> Option<i64> {
        let value = match &self.node.value {
            Value::Int(value) => Some(*value),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        if value.is_none() {
            self.expected("a whole number");
        }
        value
    }

    /// Complains of keys that look like a slip of one of the `known`. Others are left alone: Juju ignores
    /// them.
    pub(crate) fn check_slips(&self, known: &[&str]) {
        for field in self.entries() {
            if known.contains(&field.name()) {
                continue;
            }
            let hint = hint(field.name(), known.iter().copied());
            if !hint.is_empty() {
                field.complain_of_key(format!("Juju knows no such key here and would ignore it{hint}"));
            }
        }
    }

    /// The one of `known` that this text names, complaining if it names none.
    pub(crate) fn choice<T: Copy>(&self, known: &[(&str, T)]) -> Option<T> {
        let text = self.text()?;
        let found = known.iter().find(|(name, _)| *name == text);
        if found.is_none() {
            let names: Vec<String> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
            let hint = hint(&text, known.iter().map(|(name, _)| *name));
            self.complain(format!("must be one of {}, not {text:?}{hint}", names.join(", ")));
        }
        found.map(|(_, value)| *value)
    }
}

/// A boolean as Go reads it from text, which is what Juju does with a quoted one.
pub(crate) fn parse_boolean(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

//! What is wrong with a file, and where.

use std::fmt;

/// A place in a text. Both numbers start at 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Position {
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

/// One complaint about a file: what is wrong, where, and what to do.
///
/// It displays as `12:5: requires.db.scope: …`; put the file's name and a colon before it and editors jump
/// there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The keys that lead to the place, such as `requires.db.interface`; empty for the file as a whole.
    pub path: String,
    /// One sentence: what is wrong, and what to do.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(at: Position, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { line: at.line, column: at.column, path: path.into(), message: message.into() }
    }

    /// The line of `text` that this is about, with its neighbours and a caret under the column.
    ///
    /// Empty if `text` has no such line, so it is not the text that was parsed.
    pub fn excerpt(&self, text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        if self.line == 0 || self.line > lines.len() {
            return String::new();
        }
        let first = self.line.saturating_sub(1).max(1);
        let last = (self.line + 1).min(lines.len());
        let width = last.to_string().len();
        let mut excerpt = String::new();
        for number in first..=last {
            let line = lines[number - 1];
            excerpt.push_str(format!("{number:>width$} | {line}").trim_end());
            excerpt.push('\n');
            if number == self.line {
                // Tabs before the caret are kept, so that it stands under its column however wide a tab is
                // shown.
                let lead: String = line
                    .chars()
                    .chain(std::iter::repeat(' '))
                    .take(self.column.saturating_sub(1).min(line.chars().count()))
                    .map(|c| if c == '\t' { '\t' } else { ' ' })
                    .collect();
                excerpt.extend([&" ".repeat(width), " | ", &lead, "^\n"]);
            }
        }
        excerpt
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: usize, column: usize) -> Problem {
        Problem::new(Position { line, column }, "a.b", "is wrong")
    }

    #[test]
    fn displays_place_path_and_message() {
        assert_eq!(at(12, 5).to_string(), "12:5: a.b: is wrong");
        assert_eq!(Problem::new(Position::START, "", "is empty").to_string(), "1:1: is empty");
    }

    #[test]
    fn excerpt_shows_the_neighbours_and_a_caret() {
        let text = "one\ntwo: 2\nthree\nfour\n";
        assert_eq!(at(2, 6).excerpt(text), "1 | one\n2 | two: 2\n  |      ^\n3 | three\n");
        assert_eq!(at(1, 1).excerpt(text), "1 | one\n  | ^\n2 | two: 2\n");
        assert_eq!(at(4, 99).excerpt(text), "3 | three\n4 | four\n  |     ^\n");
        assert_eq!(at(9, 1).excerpt(text), "");
    }
}

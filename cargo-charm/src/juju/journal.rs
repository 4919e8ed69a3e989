//! The log of a model, kept in a file of bounded size.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use charm_testing::model::LogLine;
use serde::{Deserialize, Serialize};

/// How large the file grows before it is put aside. The one put aside before it is then dropped.
const MAX_SIZE: u64 = 8 << 20;

/// A line of the log with its time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Milliseconds of Unix time.
    pub(crate) time: u64,
    #[serde(flatten)]
    pub(crate) line: LogLine,
}

/// The log of one model.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: Option<File>,
}

impl Journal {
    pub(crate) fn of(directory: &Path) -> Self {
        Self { path: directory.join("log"), file: None }
    }

    /// Adds a line. A log that can't be written keeps no hook from running.
    pub(crate) fn write(&mut self, line: &LogLine) {
        let entry = Entry { time: super::time::unix_milliseconds(), line: line.clone() };
        if let Ok(mut text) = serde_json::to_string(&entry) {
            text.push('\n');
            let _ = self.open().and_then(|file| file.write_all(text.as_bytes()));
        }
    }

    fn open(&mut self) -> io::Result<&mut File> {
        if self.path.metadata().is_ok_and(|about| about.len() > MAX_SIZE) {
            fs::rename(&self.path, self.aside())?;
            self.file = None;
        }
        let file = match self.file.take() {
            Some(file) => file,
            None => OpenOptions::new().append(true).create(true).mode(0o600).open(&self.path)?,
        };
        Ok(self.file.insert(file))
    }

    fn aside(&self) -> PathBuf {
        self.path.with_extension("1")
    }

    /// All lines, oldest first.
    pub(crate) fn read(&self) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for path in [self.aside(), self.path.clone()] {
            match File::open(&path) {
                // A last line that a kill has cut short is none.
                Ok(file) => entries.extend(
                    BufReader::new(file).split(b'\n').map_while(Result::ok).filter_map(|line| parse(&line)),
                ),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
            }
        }
        Ok(entries)
    }
}

fn parse(line: &[u8]) -> Option<Entry> {
    serde_json::from_slice(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use charm_testing::model::{Level, UnitName};

    fn line(message: &str) -> LogLine {
        LogLine {
            unit: UnitName::new("hello", 0),
            level: Level::Info,
            module: "unit.hello/0.juju-log".to_owned(),
            message: message.to_owned(),
        }
    }

    #[test]
    fn a_line_cut_short_is_passed_over() {
        let place = tempfile::tempdir().unwrap();
        let mut journal = Journal::of(place.path());
        assert!(journal.read().unwrap().is_empty());
        journal.write(&line("one\ntwo"));
        let mut file = OpenOptions::new().append(true).open(place.path().join("log")).unwrap();
        file.write_all(b"{\"time\":12\n").unwrap();
        Journal::of(place.path()).write(&line("three"));
        let read = journal.read().unwrap();
        let messages: Vec<&str> = read.iter().map(|entry| entry.line.message.as_str()).collect();
        assert_eq!(messages, ["one\ntwo", "three"]);
    }

    #[test]
    fn the_log_never_grows_beyond_two_files() {
        let place = tempfile::tempdir().unwrap();
        let mut journal = Journal::of(place.path());
        let long = line(&"x".repeat(usize::try_from(MAX_SIZE / 3).unwrap()));
        for _ in 0..20 {
            journal.write(&long);
        }
        let size: u64 =
            fs::read_dir(place.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
        assert!(size < 3 * MAX_SIZE, "{size}");
        assert!(journal.read().unwrap().len() >= 3);
    }
}

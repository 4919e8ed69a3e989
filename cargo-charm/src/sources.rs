//! The files that a charm is made of, and whether they have changed.
//!
//! They are looked at again and again, a few times a second: that works on every file system, needs no limit raised,
//! and a charm has few files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

/// How often files are looked at. A change counts when they have stayed the same for that long: an editor or a
/// checkout writes more than one.
const INTERVAL: Duration = Duration::from_millis(200);

/// Directories in which tools keep what they make.
const MADE: [&str; 4] = ["target", "venv", "node_modules", "__pycache__"];

/// By what a change of a file is known.
type Stamp = (Option<SystemTime>, u64);

/// Files with what they looked like.
pub(crate) type Stamps = BTreeMap<PathBuf, Stamp>;

/// Places to watch, and what they looked like last.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    directories: Vec<PathBuf>,
    files: Vec<PathBuf>,
    /// A file that is written while it is watched, and of no interest.
    except: Option<PathBuf>,
    seen: Stamps,
}

impl Sources {
    /// Watches all files below `directories`, without hidden ones and what is made, and `files`. What has changed is
    /// told against how they are now.
    pub(crate) fn new(directories: Vec<PathBuf>, files: Vec<PathBuf>, except: Option<&Path>) -> Self {
        // Compared by name: the file need not be there yet.
        let except = except.and_then(|file| std::path::absolute(file).ok());
        let mut sources = Self { directories, files, except, ..Self::default() };
        sources.seen = sources.look();
        sources
    }

    /// Waits until files have changed and stay as they are; returns them. None once `stop` is raised.
    pub(crate) fn wait(&mut self, stop: &AtomicBool) -> Option<Vec<PathBuf>> {
        let mut changed = Vec::new();
        while !stop.load(Ordering::Acquire) {
            let now = self.look();
            if now == self.seen && !changed.is_empty() {
                return Some(changed);
            }
            for path in now.keys().chain(self.seen.keys()) {
                if now.get(path) != self.seen.get(path) && !changed.contains(path) {
                    changed.push(path.clone());
                }
            }
            self.seen = now;
            std::thread::sleep(INTERVAL);
        }
        None
    }

    /// Watches `files` instead of those before, after a build that has read them. What has changed since the last look
    /// counts as changed, but for what the build itself has written.
    pub(crate) fn set_files(&mut self, files: Vec<PathBuf>) {
        for lock in self.directories.iter().map(|directory| directory.join("Cargo.lock")) {
            if let Some(stamp) = stamp(&lock) {
                self.seen.insert(lock, stamp);
            }
        }
        for file in files.iter().filter(|file| !self.files.contains(file)) {
            if let Some(stamp) = stamp(file) {
                self.seen.entry(file.clone()).or_insert(stamp);
            }
        }
        self.files = files;
    }

    fn look(&self) -> Stamps {
        let mut found = stamps(&self.directories, &self.files);
        if let Some(except) = &self.except {
            found.retain(|path, _| std::path::absolute(path).ok().as_ref() != Some(except));
        }
        found
    }
}

/// How all files below `directories`, without hidden ones and what is made, and `files` look now.
pub(crate) fn stamps(directories: &[PathBuf], files: &[PathBuf]) -> Stamps {
    let mut found = Stamps::new();
    for directory in directories {
        walk(directory, &mut found);
    }
    found.extend(files.iter().filter_map(|file| Some((file.clone(), stamp(file)?))));
    found
}

fn stamp(file: &Path) -> Option<Stamp> {
    let about = fs::metadata(file).ok()?;
    Some((about.modified().ok(), about.len()))
}

fn walk(directory: &Path, found: &mut Stamps) {
    // What can't be read now is looked for again soon.
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Editors keep their copies beside the file.
        if name.starts_with('.') || name.ends_with('~') || MADE.contains(&name.as_ref()) {
            continue;
        }
        let (path, Ok(kind)) = (entry.path(), entry.file_type()) else { continue };
        if kind.is_dir() {
            walk(&path, found);
        } else if let Some(stamp) = stamp(&path).filter(|_| path.is_file()) {
            found.insert(path, stamp);
        }
    }
}

/// The sources of an executable that cargo has built, those of other packages on this machine among them: cargo writes
/// them beside it, as a rule for make.
pub(crate) fn of_executable(executable: &Path) -> Vec<PathBuf> {
    let rule = fs::read_to_string(executable.with_extension("d")).unwrap_or_default();
    parse_rule(&rule)
}

fn parse_rule(rule: &str) -> Vec<PathBuf> {
    let Some((_, sources)) = rule.lines().find_map(|line| line.split_once(": ")) else { return Vec::new() };
    let mut paths = Vec::new();
    let mut path = String::new();
    let mut chars = sources.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&' ') => path.extend(chars.next()),
            ' ' => paths.push(std::mem::take(&mut path)),
            c => path.push(c),
        }
    }
    paths.push(path);
    paths.into_iter().filter(|path| !path.is_empty()).map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_names_its_sources() {
        let paths = parse_rule("/t/hello: /a/src/lib.rs /a\\ b/main.rs\n");
        assert_eq!(paths, [PathBuf::from("/a/src/lib.rs"), PathBuf::from("/a b/main.rs")]);
        assert_eq!(parse_rule(""), Vec::<PathBuf>::new());
    }

    #[test]
    fn what_is_written_changed_or_removed_is_told_and_what_is_made_is_not() {
        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        for name in ["src", "target", ".git"] {
            fs::create_dir(at(name)).unwrap();
        }
        for name in ["src/a", "gone", "target/made", ".git/index"] {
            fs::write(at(name), "1").unwrap();
        }
        let mut sources = Sources::new(vec![place.path().to_owned()], Vec::new(), Some(&at("report.html")));
        for name in ["target/made", ".git/index", "report.html", "src/a~", "src/a", "src/new"] {
            fs::write(at(name), "22").unwrap();
        }
        fs::remove_file(at("gone")).unwrap();
        let mut changed = sources.wait(&AtomicBool::new(false)).unwrap();
        changed.sort();
        assert_eq!(changed, [at("gone"), at("src/a"), at("src/new")]);
        assert_eq!(sources.wait(&AtomicBool::new(true)), None);
    }
}
